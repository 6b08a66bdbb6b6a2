/// A piece of a source text: the UTF-8 offsets where it starts and where it ends, exclusive.
///
/// Lines and columns are computed by `SourceText`, and only when a person is shown the place.
public struct SourceSpan: Sendable, Hashable {
  public let start: Int
  public let end: Int

  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  public var isEmpty: Bool { start == end }

  /// The smallest span that covers both.
  public func union(_ other: SourceSpan) -> SourceSpan {
    SourceSpan(min(start, other.start), max(end, other.end))
  }
}
