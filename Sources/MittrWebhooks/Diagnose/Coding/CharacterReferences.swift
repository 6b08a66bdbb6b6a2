import Basics

/// Undoes the character references of HTML and XML.
enum CharacterReferences {
  /// The bytes with every reference undone; nil when there is none.
  /// - onlyMarkup: whether only what markup itself needs is undone: `&quot;`, `&amp;`, `&lt;`, `&gt;`, `&apos;` and numbers
  ///   for these.
  static func undone(_ text: [UInt8], onlyMarkup: Bool = false) -> [UInt8]? {
    guard var next = text.firstIndex(of: UInt8(ascii: "&")) else { return nil }
    var result = Array(text[..<next])
    result.reserveCapacity(text.count)
    var hasChanged = false
    while next < text.count {
      let window = text[next...].prefix(longest)
      if text[next] == UInt8(ascii: "&"), let end = window.firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(text[next + 1..<end]), !onlyMarkup || "\"&<>'".unicodeScalars.contains(scalar)
      {
        result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        next = end + 1
        hasChanged = true
      } else {
        result.append(text[next])
        next += 1
      }
    }
    return hasChanged ? result : nil
  }

  /// No reference is longer.
  private static let longest = 12

  private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    if name.first == UInt8(ascii: "#") {
      let isHexadecimal = name.dropFirst().first.map { $0 | 0x20 == UInt8(ascii: "x") } == true
      let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
      guard digits.utf8.first.map({ Hex.value(of: $0) != nil }) == true else { return nil }
      return UInt32(digits, radix: isHexadecimal ? 16 : 10).flatMap(Unicode.Scalar.init)
    }
    return names[String(decoding: name, as: UTF8.self)].flatMap(Unicode.Scalar.init)
  }

  private static let names: [String: UInt32] = {
    var names = others
    for (place, name) in latin.split(whereSeparator: { $0 == " " || $0 == "\n" }).enumerated() {
      names[String(name)] = 0xA0 + UInt32(place)
    }
    return names
  }()

  /// The names of U+00A0 to U+00FF, in order.
  private static let latin = """
    nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3
    acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml
    Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde
    Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig
    ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide
    oslash ugrave uacute ucirc uuml yacute thorn yuml
    """

  private static let others: [String: UInt32] = [
    "quot": 0x22, "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "euro": 0x20AC, "ndash": 0x2013, "mdash": 0x2014,
    "lsquo": 0x2018, "rsquo": 0x2019, "sbquo": 0x201A, "ldquo": 0x201C, "rdquo": 0x201D, "bdquo": 0x201E,
    "hellip": 0x2026, "bull": 0x2022, "trade": 0x2122, "lsaquo": 0x2039, "rsaquo": 0x203A, "dagger": 0x2020,
    "Dagger": 0x2021, "permil": 0x2030, "prime": 0x2032, "Prime": 0x2033, "OElig": 0x152, "oelig": 0x153,
    "Scaron": 0x160, "scaron": 0x161, "Yuml": 0x178, "fnof": 0x192, "circ": 0x2C6, "tilde": 0x2DC, "ensp": 0x2002,
    "emsp": 0x2003, "thinsp": 0x2009, "zwnj": 0x200C, "zwj": 0x200D, "lrm": 0x200E, "rlm": 0x200F, "minus": 0x2212,
    "larr": 0x2190, "rarr": 0x2192, "infin": 0x221E, "ne": 0x2260, "le": 0x2264, "ge": 0x2265, "apos": 0x27,
  ]
}
