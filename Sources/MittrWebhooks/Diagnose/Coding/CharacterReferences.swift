import Basics

/// Undoes the character references of HTML and XML.
enum CharacterReferences {
  /// The bytes with every reference undone; nil when there is none.
  /// - onlyMarkup: whether only what markup itself needs is undone: `&quot;`, `&amp;`, `&lt;`, `&gt;`, `&apos;` and numbers
  ///   for these.
  static func undone(_ text: [UInt8], onlyMarkup: Bool = false) -> [UInt8]? {
    text.withUnsafeBufferPointer { text -> [UInt8]? in
      guard let base = text.baseAddress else { return nil }
      var result: [UInt8] = []
      /// How far it is copied, and how far it is looked at.
      var (copied, position) = (0, 0)
      while let found = memchr(base + position, Int32(UInt8(ascii: "&")), text.count - position) {
        let start = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        position = start + 1
        guard let (scalar, end) = reference(text, at: start + 1), !onlyMarkup || isMarkup(scalar) else { continue }
        if copied == 0 { result.reserveCapacity(text.count) }
        result.append(contentsOf: text[copied..<start])
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        (copied, position) = (end, end)
      }
      guard copied > 0 else { return nil }
      result.append(contentsOf: text[copied...])
      return result
    }
  }

  private static func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\"", "&", "<", ">", "'": true
    default: false
    }
  }

  /// No name is longer, and no number of a character is, its `#` and `x` included.
  private static let (longestName, longestNumber) = (8, 10)

  /// What the name or number stands for that begins somewhere, and where it ends, its semicolon included.
  private static func reference(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    guard start < text.count else { return nil }
    if text[start] == UInt8(ascii: "#") { return number(text, at: start + 1) }
    var key: UInt64 = 0
    for end in start..<min(text.count, start + longestName + 1) {
      if text[end] == UInt8(ascii: ";") {
        return names[key].flatMap(Unicode.Scalar.init).map { ($0, end + 1) }
      }
      key = key << 8 | UInt64(text[end])
    }
    return nil
  }

  private static func number(
    _ text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (scalar: Unicode.Scalar, end: Int)? {
    guard start < text.count else { return nil }
    let isHexadecimal = text[start] | 0x20 == UInt8(ascii: "x")
    let first = isHexadecimal ? start + 1 : start
    var value: UInt32 = 0
    for end in first..<min(text.count, max(first, start + longestNumber)) {
      if text[end] == UInt8(ascii: ";") {
        return end == first ? nil : Unicode.Scalar(value).map { ($0, end + 1) }
      }
      guard let digit = Hex.value(of: text[end]), isHexadecimal || digit < 10, value < 0x11_0000 else { return nil }
      value = value * (isHexadecimal ? 16 : 10) + UInt32(digit)
    }
    return nil
  }

  /// By the bytes of the name, the last one lowest.
  private static let names: [UInt64: UInt32] = {
    func key(_ name: some StringProtocol) -> UInt64 { name.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
    var names = Dictionary(uniqueKeysWithValues: others.map { (key($0.key), $0.value) })
    for (place, name) in latin.split(whereSeparator: { $0 == " " || $0 == "\n" }).enumerated() {
      names[key(name)] = 0xA0 + UInt32(place)
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
