import Basics

/// How a program spells the characters of JSON strings that may be spelled in more than one way.
struct JSONStringStyle: Hashable {
  enum Spelling: Hashable {
    /// As it came.
    case kept
    case plain
    case escaped
  }

  var slashes: Spelling
  var nonASCII: Spelling
  /// `<`, `>` and `&`, which Go and others escape, and with them the two line separators of Unicode.
  var markup: Spelling
  /// Whether all else is spelled in the one shortest way rather than kept as it came.
  var isCanonical = true
  /// Whether the letters in `\u` escapes are uppercase.
  var isUppercase = false

  /// Nothing escaped that need not be: `JSON.stringify`.
  static let plain = JSONStringStyle(slashes: .plain, nonASCII: .plain, markup: .plain)
  /// Python's `json.dumps`.
  static let ascii = JSONStringStyle(slashes: .plain, nonASCII: .escaped, markup: .plain)
  /// PHP's `json_encode`.
  static let php = JSONStringStyle(slashes: .escaped, nonASCII: .escaped, markup: .plain)
  /// Go's `json.Marshal`.
  static let go = JSONStringStyle(slashes: .plain, nonASCII: .plain, markup: .escaped)
  /// Foundation's `JSONEncoder`.
  static let foundation = JSONStringStyle(slashes: .escaped, nonASCII: .plain, markup: .plain)

  /// Every combination.
  static let whole: [JSONStringStyle] = {
    var styles = [plain, ascii, php, go, foundation]
    for isUppercase in [false, true] {
      for markup in [Spelling.plain, .escaped] {
        for nonASCII in [Spelling.plain, .escaped] {
          for slashes in [Spelling.plain, .escaped] {
            styles.append(
              JSONStringStyle(slashes: slashes, nonASCII: nonASCII, markup: markup, isUppercase: isUppercase))
          }
        }
      }
    }
    return styles
  }()

  /// One kind of characters spelled otherwise and all else left alone, as a search and replace does it.
  static let single: [JSONStringStyle] = {
    let kept = JSONStringStyle(slashes: .kept, nonASCII: .kept, markup: .kept, isCanonical: false)
    var styles: [JSONStringStyle] = []
    for spelling in [Spelling.escaped, .plain] {
      for part in [\JSONStringStyle.slashes, \.nonASCII, \.markup] as [WritableKeyPath<Self, Spelling>] {
        var style = kept
        style[keyPath: part] = spelling
        styles.append(style)
        style.isUppercase = true
        if spelling == .escaped, part != \.slashes { styles.append(style) }
      }
    }
    return styles
  }()

  /// What differs from the plainest spelling, to follow "the same JSON": empty for that one.
  var phrases: [String] {
    var phrases: [String] = []
    switch slashes {
    case .escaped: phrases.append("with / escaped")
    case .plain where !isCanonical: phrases.append("with / not escaped")
    case .plain, .kept: break
    }
    switch nonASCII {
    case .escaped: phrases.append("with non-ASCII characters escaped")
    case .plain where !isCanonical: phrases.append("with non-ASCII characters not escaped")
    case .plain, .kept: break
    }
    switch markup {
    case .escaped: phrases.append("with <, > and & escaped")
    case .plain where !isCanonical: phrases.append("with <, > and & not escaped")
    case .plain, .kept: break
    }
    return phrases
  }
}

extension JSONStringStyle {
  /// What a string's text between its quotes means, in UTF-8 that also has lone halves of surrogate pairs.
  static func meaning(of text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var bytes: [UInt8] = []
    var characters = JSONStringCharacters(text)
    while let character = characters.next() {
      bytes += character.escape?.exactBytes ?? Array(text[character.range])
    }
    return bytes
  }

  /// Appends a string's text between its quotes in this style.
  func write(_ text: Slice<UnsafeBufferPointer<UInt8>>, to target: inout [UInt8]) {
    var characters = JSONStringCharacters(text)
    while !characters.isAtEnd {
      target += text[characters.skip(while: { !mayChange($0) })]
      guard let character = characters.next() else { return }
      switch self.spelling(of: character) {
      case .kept: target += text[character.range]
      case .plain where character.escape == nil: target += text[character.range]
      case .plain: target += UTF8.encode(character.scalar) ?? UTF8.encodedReplacementCharacter
      case .escaped where character.scalar == "/": target += #"\/"#.utf8
      case .escaped: writeEscape(character, to: &target)
      }
    }
  }

  /// Whether a string with this byte may be spelled in more than one way.
  @inline(__always)
  static func hasSpellings(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), 0x80...: true
    default: false
    }
  }

  /// Whether a character that begins with this byte may come out in another spelling.
  @inline(__always)
  private func mayChange(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"): true
    case UInt8(ascii: "/"): slashes == .escaped
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): markup == .escaped
    case 0x80...: nonASCII == .escaped || markup == .escaped
    default: false
    }
  }

  /// Whether a text with these features comes out in another spelling.
  func mayChange(_ features: JSONTokens.Features) -> Bool {
    features.contains(.escapes) || slashes == .escaped && features.contains(.slashes)
      || nonASCII == .escaped && features.contains(.nonASCII)
      || markup == .escaped && !features.isDisjoint(with: [.markup, .nonASCII])
  }

  /// Half of a surrogate pair can only be escaped.
  private func spelling(of character: JSONStringCharacters.Character) -> Spelling {
    guard character.escape?.loneSurrogate == nil else { return isCanonical ? .escaped : .kept }
    return spelling(of: character.scalar)
  }

  func spelling(of scalar: Unicode.Scalar) -> Spelling {
    switch scalar {
    case "/": slashes
    case "<", ">", "&": markup
    case "\u{2028}", "\u{2029}": markup == .escaped && nonASCII == .plain ? .escaped : nonASCII
    case "\u{80}"...: nonASCII
    case "\"", "\\", "\u{0}"..."\u{1F}": isCanonical ? .escaped : .kept
    default: isCanonical ? .plain : .kept
    }
  }

  /// How many bytes a character's escape takes.
  static func escapeSize(of scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "/", "\"", "\\", "\u{8}", "\t", "\n", "\u{C}", "\r": 2
    default: UTF16.width(scalar) * 6
    }
  }

  private func writeEscape(_ character: JSONStringCharacters.Character, to target: inout [UInt8]) {
    if let unit = character.escape?.loneSurrogate { return writeUnit(unit, to: &target) }
    let scalar = character.scalar
    switch scalar {
    case "\"", "\\": target += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
    case "\u{8}": target += #"\b"#.utf8
    case "\t": target += #"\t"#.utf8
    case "\n": target += #"\n"#.utf8
    case "\u{C}": target += #"\f"#.utf8
    case "\r": target += #"\r"#.utf8
    default:
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter { writeUnit(unit, to: &target) }
    }
  }

  private func writeUnit(_ unit: UInt16, to target: inout [UInt8]) {
    let digits = isUppercase ? Hexadecimal.uppercaseDigits : Hexadecimal.lowercaseDigits
    target += #"\u"#.utf8
    for shift in [12, 8, 4, 0] { target.append(digits[Int(unit >> shift & 0xF)]) }
  }
}
