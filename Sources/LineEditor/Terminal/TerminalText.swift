import CLibedit

/// Text on its way to the terminal: without anything a terminal would obey, and measured in columns.
enum TerminalText {
  /// Whether a terminal may act on it: the C0 and C1 controls, and what reorders the text around it.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F: true
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  static func withoutControls(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { !isControl($0) }))
  }

  /// The text with every control character written out as `\u{1B}` is in Swift, line breaks included.
  static func oneLine(_ text: String) -> String { escaped(text, except: []) }

  /// Like `oneLine`, but lines stay lines and tabs stay tabs.
  static func lines(_ text: String) -> String { escaped(text, except: ["\n", "\t"]) }

  private static func escaped(_ text: String, except kept: [Unicode.Scalar]) -> String {
    guard text.unicodeScalars.contains(where: { isControl($0) && !kept.contains($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar), !kept.contains(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Columns that a text without control characters takes.
  static func width(of text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
  }

  /// The C library's opinion, which is also libedit's.
  static func width(of scalar: Unicode.Scalar) -> Int { max(0, Int(editline_width(wchar_t(bitPattern: scalar.value)))) }

  /// The text, or as much of it as fits with an ellipsis at its end.
  static func cut(_ text: String, to columns: Int) -> String {
    guard width(of: text) > columns else { return text }
    var result = ""
    var used = 0
    for character in text {
      let width = width(of: String(character))
      guard used + width < columns else { break }
      result.append(character)
      used += width
    }
    return result + "…"
  }
}
