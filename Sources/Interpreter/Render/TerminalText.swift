/// Text from outside, made safe to show, and measured in terminal columns.
public enum TerminalText {
  /// So many marks without a width of their own may follow each other. Real writing has fewer; a flood of them would be
  /// drawn over the lines above and below.
  private static let markLimit = 5

  /// The text with every character escaped that could move the cursor, start a control sequence or reorder the line:
  /// C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls and other invisible formatting, and
  /// combining marks without a character before them or from the sixth in a row on.
  /// `\n`, `\r`, `\t` and `\e` are written so, the others as `\u{…}`.
  public static func escaped(_ text: String) -> String { escaping(text, escape) }

  /// The same for text of several lines that we wrote ourselves: line feeds stay.
  public static func escapedLines(_ text: String) -> String { escaping(text) { $0 == "\n" ? "\n" : escape($0) } }

  /// As `escapedLines`, in JSON's notation: for JSON whose line breaks are ours.
  static func escapedJSON(_ text: String) -> String { escaping(text) { $0 == "\n" ? "\n" : escapeInJSON($0) } }

  private static func escaping(_ text: String, _ escape: (Unicode.Scalar) -> String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    // A mark at the beginning would be drawn over what stands before the text.
    var marks = markLimit
    for scalar in text.unicodeScalars {
      let isUnsafe = isUnsafe(scalar)
      marks = scalar == "\n" ? markLimit : isUnsafe || width(scalar) > 0 ? 0 : marks + 1
      if isUnsafe || marks > markLimit { result += escape(scalar) } else { result.unicodeScalars.append(scalar) }
    }
    return result
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: false
    case 0..<0x20, 0x7F..<0xA0: true
    case 0xAD: true
    case ..<0x300: false
    // Joiners are part of how words and emoji are written. The others of these are drawn.
    case 0x200C, 0x200D, 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD: false
    // Blanks that look like nothing, tags, and selectors of which there are hundreds.
    case 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0xE0000...0xE0FFF: true
    // No characters at all.
    case 0xFDD0...0xFDEF: true
    case let value where value & 0xFFFE == 0xFFFE: true
    default:
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
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

  private static func escapeInJSON(_ scalar: Unicode.Scalar) -> String {
    UTF16.encode(scalar)?.map { unit in
      let digits = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined() ?? ""
  }
}

/// Widths as the C library's `wcwidth` tells them, character by character, since that is what terminals go by.
extension TerminalText {
  /// The number of columns that the text takes; it must hold no control characters.
  public static func width(_ text: String) -> Int {
    var width = 0
    for byte in text.utf8 {
      if byte >= 0x80 { return text.unicodeScalars.reduce(0) { $0 + self.width($1) } }
      width += 1
    }
    return width
  }

  /// The longest beginning that fits into `width` columns.
  public static func prefix(_ text: String, width limit: Int) -> String {
    var used = 0
    let scalars = text.unicodeScalars.prefix { scalar in
      used += width(scalar)
      return used <= limit
    }
    return String(scalars)
  }

  /// The longest end that fits into `width` columns.
  public static func suffix(_ text: String, width limit: Int) -> String {
    var used = 0
    let scalars = text.unicodeScalars.suffix(
      text.unicodeScalars.reversed().prefix { scalar in
        used += width(scalar)
        return used <= limit
      }.count)
    // A mark whose base is cut off has nothing to stand on.
    return String(scalars.drop { width($0) == 0 })
  }

  /// The text cut to `width` columns, the last of them an ellipsis when something was cut.
  public static func fitted(_ text: String, width limit: Int) -> String {
    guard width(text) > limit else { return text }
    return limit < 1 ? "" : prefix(text, width: limit - 1) + "…"
  }

  /// The text without what only some terminals take into account, so that columns stand straight in all of them: they
  /// disagree on how wide joined emoji, emoji with a skin tone, and selected presentations are. Safe text only.
  static func aligned(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 >= 0xE2 }) else { return text }
    var scalars = String.UnicodeScalarView()
    var last: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0xFE00...0xFE0F: continue
      case 0x200D where last.properties.isEmoji: continue
      case 0x1F3FB...0x1F3FF where last.properties.isEmojiModifierBase: continue
      default:
        scalars.append(scalar)
        last = scalar
      }
    }
    return String(scalars)
  }

  static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case ..<0x300: return 1
    // The vowels and finals of Hangul, and joiners.
    case 0x1160...0x11FF, 0xD7B0...0xD7FF, 0x200C, 0x200D: return 0
    // A flag is made of two of these.
    case 0x1F1E6...0x1F1FF: return 1
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return isWide(scalar) ? 2 : 1
    }
  }

  /// East Asian Wide and Fullwidth (Unicode Standard Annex 11), by block, and what is an emoji by default.
  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x303F: false
    case 0x1100...0x115F, 0x2329, 0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4DC0...0x4DFF,
      0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
      0x20000...0x3FFFD:
      true
    default: scalar.properties.isEmojiPresentation
    }
  }
}
