import Basics

/// What stands before the line being typed. A space always follows it.
public struct Prompt: Sendable, Equatable {
  /// Plain text, of which up to 200 characters are drawn, without control characters and white space at its end.
  public var text: String
  /// The Select Graphic Rendition parameter of its colour, such as 32 for green, or `nil` for none. Terminals that
  /// cannot move their cursor, such as `TERM=dumb`, get no colour.
  public var colour: UInt8?

  public init(_ text: String, colour: UInt8? = nil) {
    self.text = text
    self.colour = colour
  }

  /// Stands before every further line of a statement.
  static let continuation = Prompt("…")

  /// The text as it is drawn, its closing space apart.
  var visibleText: String {
    var text = SafeText.removingUnsafe(String(scalars: self.text.unicodeScalars.prefix(200)))
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  /// The prompt in libedit's notation, where `marker` encloses what takes no room. libedit attaches such a part to the
  /// character that follows, so there must be one after the last: the closing space.
  func notation(marker: Character, inColour: Bool) -> String {
    let text = visibleText
    guard inColour, let colour, !text.isEmpty else { return text + " " }
    return "\(marker)\u{1B}[\(colour)m\(marker)\(text)\(marker)\u{1B}[0m\(marker) "
  }
}
