/// Undoes what editors, chats and web pages make of plain characters.
enum Typography {
  /// The text with each of some characters replaced; nil when it is no UTF-8 or has none of them.
  static func replaced(_ body: [UInt8], _ replacements: [Unicode.Scalar: String]) -> [UInt8]? {
    guard let text = String(validating: body, as: UTF8.self) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(body.count)
    var hasChanged = false
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        result.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if let replacement = replacements[scalar] {
        result += replacement.utf8
        hasChanged = true
      } else {
        result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    return hasChanged ? result : nil
  }

  /// Spaces of other widths, and those that do not break.
  static let spaces = pairs("\u{A0}\u{202F}\u{2007}\u{2002}\u{2003}\u{2009}\u{200A}\u{3000}", " ")
  /// Characters that are not to be seen.
  static let invisible = pairs("\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{AD}\u{200E}\u{200F}", "")
  static let doubleQuotes = pairs("\u{201C}\u{201D}\u{201E}\u{201F}\u{AB}\u{BB}\u{2033}\u{FF02}", "\"")
  static let singleQuotes = pairs("\u{2018}\u{2019}\u{201A}\u{201B}\u{2032}", "'")
  static let dashes = pairs("\u{2010}\u{2011}\u{2013}\u{2014}\u{2212}", "-")
  static let doubleDashes = pairs("\u{2013}\u{2014}", "--")
  static let ellipsis = pairs("\u{2026}", "...")

  private static func pairs(_ scalars: String, _ replacement: String) -> [Unicode.Scalar: String] {
    Dictionary(uniqueKeysWithValues: scalars.unicodeScalars.map { ($0, replacement) })
  }

  /// What an editor may have set otherwise, all at once, the likeliest first.
  static let sets: [(names: String, replacements: [Unicode.Scalar: String])] = {
    let (quotes, apostrophes) = (("double quotes", doubleQuotes), ("single quotes", singleQuotes))
    let (dots, dash, dashPair, gaps) = (
      ("dots", ellipsis), ("dashes", dashes), ("dashes (two for one)", doubleDashes), ("spaces", spaces)
    )
    let lists = [
      [quotes], [quotes, apostrophes], [quotes, apostrophes, dots], [quotes, apostrophes, dots, dash],
      [quotes, apostrophes, dots, dashPair], [apostrophes], [dash], [dashPair], [dots], [quotes, apostrophes, gaps],
      [quotes, apostrophes, gaps, dots, dash],
    ]
    return lists.map { list in
      (list.map(\.0).joined(separator: ", "), list.reduce(into: [:]) { all, one in all.merge(one.1) { $1 } })
    }
  }()

  /// The text without the links that chats make of addresses: `<mailto:a@b.c|a@b.c>`, `<https://a.b>`.
  static func withoutLinks(_ body: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    var position = 0
    while let start = body[position...].firstIndex(of: UInt8(ascii: "<")) {
      result += body[position..<start]
      let window = body[(start + 1)...].prefix(256)
      guard ["mailto:", "tel:", "http://", "https://"].contains(where: { window.starts(with: $0.utf8) }),
        let end = window.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 <= 0x20 }), body[end] == UInt8(ascii: ">")
      else {
        result.append(body[start])
        position = start + 1
        continue
      }
      let link = body[start + 1..<end]
      result += link.firstIndex(of: UInt8(ascii: "|")).map { link[($0 + 1)...] } ?? link
      position = end + 1
    }
    result += body[position...]
    return result.count < body.count ? result : nil
  }
}
