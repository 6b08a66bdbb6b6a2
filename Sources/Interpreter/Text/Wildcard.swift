/// Wildcards: `*` stands for any text, everything else for itself (`order.*`).
public struct Wildcard: Sendable {
  /// What stands before the first star.
  private let first: [UInt8]
  private let middle: [TextSearch]
  /// What stands behind the last star; nil without a star.
  private let last: [UInt8]?

  public init(_ pattern: String) {
    let parts = pattern.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
    first = parts.first.map { Array($0) } ?? []
    middle = parts.dropFirst().dropLast().map { TextSearch($0) }
    last = parts.count > 1 ? parts.last.map { Array($0) } : nil
  }

  /// Each part is looked for once, from the left: in time that grows with both lengths added up.
  public func matches(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    guard rest.starts(with: first) else { return false }
    guard let last else { return rest.count == first.count }
    rest = rest.dropFirst(first.count)
    for part in middle {
      guard let offset = part.first(in: rest) else { return false }
      rest = rest.dropFirst(offset + part.length)
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}
