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

  /// A string whose closing quote is missing.
  init(unfinished token: Token, _ place: CursorPlace) {
    let range = Int(token.start)..<token.end
    let text = place.text(range.lowerBound + 1..<range.upperBound)
    let isRaw = place.bytes[range.lowerBound] == UInt8(ascii: "'")
    // The end of an unfinished escape is left out.
    let decoded = [0, 1, 2, 3, 4, 5].lazy.compactMap { count in
      (try? JSONValue(parsing: "\"\(text.dropLast(count))\""))?.stringValue
    }.first
    self.init(range, style: isRaw ? .raw : .quoted, typed: isRaw ? text : decoded ?? text)
  }

  /// A whole string; nil for any other token.
  init?(closed token: Token, _ place: CursorPlace) {
    let range = Int(token.start)..<token.end
    switch token.kind {
    case .rawString:
      self.init(range, style: .raw, typed: place.text(range.lowerBound + 1..<range.upperBound - 1))
    case .string:
      guard case .string(let text, _)? = try? JSONValue(parsing: place.text(range)) else { return nil }
      self.init(range, style: .quoted, typed: text)
    default: return nil
    }
  }
}
