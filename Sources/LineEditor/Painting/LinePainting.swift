/// How a line looks while it is typed, besides its characters.
public struct LinePainting: Sendable, Equatable {
  /// A part of the text in a style of its own.
  public struct Span: Sendable, Equatable {
    /// UTF-8 offsets into the text. What lies outside of it is passed over, and so is a part of a character.
    public var range: Range<Int>
    public var style: TextStyle

    public init(_ range: Range<Int>, _ style: TextStyle) {
      self.range = range
      self.style = style
    }
  }

  /// In any order; of two that overlap the later one counts.
  public var spans: [Span]
  /// The only way to go on from the cursor, suggested where no entry of the history is: plain text that would be
  /// inserted there.
  public var continuation: String?
  /// What may follow, shown in a row below the line; cut to the window.
  public var hint: String?

  public init(spans: [Span] = [], continuation: String? = nil, hint: String? = nil) {
    self.spans = spans
    self.continuation = continuation
    self.hint = hint
  }
}
