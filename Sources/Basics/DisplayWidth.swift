/// Text measured in terminal columns.
///
/// Widths are as the C library's `wcwidth` tells them, character by character, since that is what terminals go by.
package enum DisplayWidth {
  /// The number of columns that the text takes; it must hold no control characters.
  package static func width(_ text: String) -> Int {
    var width = 0
    for byte in text.utf8 {
      if byte >= 0x80 { return text.unicodeScalars.reduce(0) { $0 + self.width($1) } }
      width += 1
    }
    return width
  }

  /// The longest beginning that fits into `width` columns.
  package static func prefix(_ text: String, width limit: Int) -> String {
    var used = 0
    let scalars = text.unicodeScalars.prefix { scalar in
      used += width(scalar)
      return used <= limit
    }
    return String(scalars)
  }

  /// The longest end that fits into `width` columns.
  package static func suffix(_ text: String, width limit: Int) -> String {
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
  package static func fitted(_ text: String, width limit: Int) -> String {
    guard width(text) > limit else { return text }
    return limit < 1 ? "" : prefix(text, width: limit - 1) + "…"
  }

  /// The same cut at its front, for what is told by its end, such as a URL.
  package static func fittedEnd(_ text: String, width limit: Int) -> String {
    guard width(text) > limit else { return text }
    return limit < 1 ? "" : "…" + suffix(text, width: limit - 1)
  }

  /// The text without what only some terminals take into account, so that columns stand straight in all of them: they
  /// disagree on how wide joined emoji, emoji with a skin tone, and selected presentations are. Safe text only.
  package static func aligned(_ text: String) -> String {
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

  package static func width(_ scalar: Unicode.Scalar) -> Int {
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
