import CLibedit

/// How wide libedit thinks text is.
enum TerminalText {
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
