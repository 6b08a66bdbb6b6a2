import OrderedJSON

/// The beginning of a word that is being typed, and how it is written.
struct PartialWord {
  enum Style {
    case bare
    /// `"…`.
    case quoted
    /// `'…`.
    case raw
  }

  /// Where it stands, its quote included.
  var range: Range<Int>
  let style: Style
  /// What it means so far.
  let typed: String

  init(_ range: Range<Int>, style: Style, typed: String) {
    self.range = range
    self.style = style
    self.typed = typed
  }

  /// What is written up to the cursor: a bare word, or a string whose closing quote is missing.
  init(from start: Int, _ location: CursorLocation) {
    let range = start..<location.cursor
    switch location.bytes[range].first {
    case UInt8(ascii: "'")?:
      self.init(range, style: .raw, typed: location.text(start + 1..<range.upperBound))
    case UInt8(ascii: "\"")?:
      let text = location.text(start + 1..<range.upperBound)
      // The end of an unfinished escape is left out.
      let decoded = [0, 1, 2, 3, 4, 5].lazy.compactMap { count in
        (try? JSONValue(parsing: "\"\(text.dropLast(count))\""))?.stringValue
      }.first
      self.init(range, style: .quoted, typed: decoded ?? text)
    default: self.init(range, style: .bare, typed: location.text(range))
    }
  }
}
