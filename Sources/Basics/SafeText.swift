/// Text from outside, made safe to show: the one function between it and a terminal, and the one set of characters.
package enum SafeText {
  /// So many marks without a width of their own may follow each other. Real writing has fewer; a flood of them would be
  /// drawn over the lines above and below.
  private static let markLimit = 5

  /// The text with every character escaped that could move the cursor, start a control sequence or reorder the line:
  /// C0 and C1 controls, DEL, line and paragraph separators, bidirectional controls and other invisible formatting, and
  /// combining marks without a character before them or from the sixth in a row on.
  /// `\n`, `\r`, `\t` and `\e` are written so, the others as `\u{…}`.
  package static func escaped(_ text: String) -> String { escaping(text, escape) }

  /// The same for text of several lines that we wrote ourselves: line feeds stay.
  package static func escapedLines(_ text: String) -> String { escaping(text) { $0 == "\n" ? "\n" : escape($0) } }

  /// As `escapedLines`, in JSON's notation: for JSON whose line breaks are ours.
  package static func escapedJSON(_ text: String) -> String { escaping(text) { $0 == "\n" ? "\n" : escapeInJSON($0) } }

  private static func escaping(_ text: String, _ escape: (Unicode.Scalar) -> String) -> String {
    if isPlain(text) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    classify(text) { scalar, isSafe in
      if isSafe { result.unicodeScalars.append(scalar) } else { result += escape(scalar) }
    }
    return result
  }

  private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } }

  /// Gives each character of a text, and whether it may be shown as it is where it stands.
  private static func classify(_ text: String, _ body: (Unicode.Scalar, _ isSafe: Bool) -> Void) {
    // A mark at the beginning would be drawn over what stands before the text.
    var marks = markLimit
    for scalar in text.unicodeScalars {
      let isUnsafe = isUnsafe(scalar)
      marks = scalar == "\n" ? markLimit : isUnsafe || DisplayWidth.width(scalar) > 0 ? 0 : marks + 1
      body(scalar, !isUnsafe && marks <= markLimit)
    }
  }

  /// Whether the character is never shown as it is. Line feeds and tabs are such characters too.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
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
    UTF16.encode(scalar)?.map { "\\u" + Hex.text($0) }.joined() ?? ""
  }

  /// `escapedLines` with tabs left as they are: for what a terminal shows above the line that is being typed.
  package static func escapedNotice(_ text: String) -> String {
    escaping(text) { $0 == "\n" || $0 == "\t" ? String($0) : escape($0) }
  }

  /// Text without what would be escaped: for a prompt and for a line that is typed, where an escape would only be noise.
  /// - Parameter kept: characters that stay nevertheless, such as line feeds.
  package static func removingUnsafe(_ text: String, keeping kept: [Unicode.Scalar] = []) -> String {
    if isPlain(text) { return text }
    var scalars = String.UnicodeScalarView()
    classify(text) { scalar, isSafe in
      if isSafe || kept.contains(scalar) { scalars.append(scalar) }
    }
    return String(scalars)
  }

  /// The beginning of `escaped`, made from so many characters of the text at most, with an ellipsis when there are more.
  package static func escaped(_ text: String, limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: max(0, limit), limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return escaped(text) }
    return escaped(String(scalars[..<end])) + "…"
  }
}
