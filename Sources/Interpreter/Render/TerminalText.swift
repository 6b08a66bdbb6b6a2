/// Text from outside, made safe to show, and measured in terminal columns.
public enum TerminalText {
  /// The text with every character escaped that could move the cursor, start a control sequence or reorder the line:
  /// C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls and other invisible formatting.
  /// `\n`, `\r`, `\t` and `\e` are written so, the others as `\u{…}`.
  public static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar) { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  /// The same for text of several lines that we wrote ourselves: line feeds stay.
  public static func escapedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { escaped(String($0)) }.joined(separator: "\n")
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: false
    case 0..<0x20, 0x7F..<0xA0: true
    case 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xE0000...0xE0FFF: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": #"\n"#
    case "\r": #"\r"#
    case "\t": #"\t"#
    case "\u{1B}": #"\e"#
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  /// The number of columns that the text takes; it must hold no control characters.
  public static func width(_ text: String) -> Int {
    var width = 0
    for byte in text.utf8 {
      if byte >= 0x80 { return text.reduce(0) { $0 + self.width($1) } }
      width += 1
    }
    return width
  }

  /// The longest beginning that fits into `width` columns.
  public static func prefix(_ text: String, width limit: Int) -> String {
    var used = 0
    return String(
      text.prefix { character in
        used += width(character)
        return used <= limit
      })
  }

  /// The longest end that fits into `width` columns.
  public static func suffix(_ text: String, width limit: Int) -> String {
    var used = 0
    return String(
      text.reversed().prefix { character in
        used += width(character)
        return used <= limit
      }.reversed())
  }

  /// The text cut to `width` columns, the last of them an ellipsis when something was cut.
  public static func fitted(_ text: String, width limit: Int) -> String {
    guard width(text) > limit else { return text }
    return limit < 1 ? "" : prefix(text, width: limit - 1) + "…"
  }

  /// A character is as wide as its widest scalar; an emoji presentation selector makes it two columns wide.
  private static func width(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }
      width = max(width, self.width(scalar))
    }
    return width
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if scalar.value == 0x200C || scalar.value == 0x200D { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  /// East Asian Wide and Fullwidth (Unicode Standard Annex 11), by block, and what is an emoji by default.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFD:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }
}
