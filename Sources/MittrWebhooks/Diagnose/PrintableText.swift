/// Text from outside, made safe to print.
enum PrintableText {
  /// The text with controls, and what reorders or hides text, as `\u{…}`, cut short after so many characters.
  static func escaped(_ text: String, limit: Int) -> String {
    var printable = ""
    var count = 0
    for scalar in text.unicodeScalars {
      guard count < limit else { return printable + "…" }
      count += 1
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
        printable += "\\u{\(String(scalar.value, radix: 16))}"
      default: printable.unicodeScalars.append(scalar)
      }
    }
    return printable
  }
}
