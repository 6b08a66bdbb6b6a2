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
  /// The UTF-8 bytes that a string's text between its quotes means.
  func meaning(of text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var bytes: [UInt8] = []
    var scalars = JSONStringScalars(text)
    while let (scalar, _) = scalars.next() { bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter }
    return bytes
  }

  /// Appends a string's text between its quotes in this style.
  func write(_ text: Slice<UnsafeBufferPointer<UInt8>>, to target: inout [UInt8]) {
    var scalars = JSONStringScalars(text)
    while !scalars.isAtEnd {
      target += text[scalars.skip(while: { !mayChange($0) })]
      guard let (scalar, spelling) = scalars.next() else { return }
      switch self.spelling(of: scalar) {
      case .kept: target += text[spelling]
      case .plain where text[spelling.lowerBound] != UInt8(ascii: "\\"): target += text[spelling]
      case .plain: target += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      case .escaped where scalar == "/": target += #"\/"#.utf8
      case .escaped: writeEscape(scalar, to: &target)
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

  private func spelling(of scalar: Unicode.Scalar) -> Spelling {
    switch scalar {
    case "/": slashes
    case "<", ">", "&": markup
    case "\u{2028}", "\u{2029}": markup == .escaped && nonASCII == .plain ? .escaped : nonASCII
    case "\u{80}"...: nonASCII
    case "\"", "\\", "\u{0}"..."\u{1F}": isCanonical ? .escaped : .kept
    default: isCanonical ? .plain : .kept
    }
  }

  private func writeEscape(_ scalar: Unicode.Scalar, to target: inout [UInt8]) {
    switch scalar {
    case "\"", "\\": target += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: scalar.value)]
    case "\u{8}": target += #"\b"#.utf8
    case "\t": target += #"\t"#.utf8
    case "\n": target += #"\n"#.utf8
    case "\u{C}": target += #"\f"#.utf8
    case "\r": target += #"\r"#.utf8
    default:
      let digits = isUppercase ? Hexadecimal.uppercaseDigits : Hexadecimal.lowercaseDigits
      for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
        target += #"\u"#.utf8
        for shift in [12, 8, 4, 0] { target.append(digits[Int(unit >> shift & 0xF)]) }
      }
    }
  }
}

/// The characters that a valid JSON string's text means, each with where it is spelled.
struct JSONStringScalars {
  private let text: Slice<UnsafeBufferPointer<UInt8>>
  private var position: Int

  init(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    self.text = text
    position = text.startIndex
  }

  var isAtEnd: Bool { position >= text.endIndex }

  /// Passes over bytes that are characters of their own, and returns where they are.
  @inline(__always)
  mutating func skip(while isPlain: (UInt8) -> Bool) -> Range<Int> {
    let start = position
    while position < text.endIndex, isPlain(text[position]) { position += 1 }
    return start..<position
  }

  mutating func next() -> (Unicode.Scalar, spelling: Range<Int>)? {
    guard position < text.endIndex else { return nil }
    let start = position
    let scalar = text[start] == UInt8(ascii: "\\") ? escape() : plain()
    position = min(position, text.endIndex)
    return (scalar, start..<position)
  }

  private mutating func plain() -> Unicode.Scalar {
    let first = text[position]
    guard first >= 0x80 else {
      position += 1
      return Unicode.Scalar(first)
    }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    var value = UInt32(first) & (0x7F >> UInt32(length))
    for offset in 1..<length { value = value << 6 | UInt32(byte(position + offset) & 0x3F) }
    position += length
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private mutating func escape() -> Unicode.Scalar {
    let letter = byte(position + 1)
    guard letter == UInt8(ascii: "u") else {
      position += 2
      switch letter {
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{C}"
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "t"): return "\t"
      default: return Unicode.Scalar(letter)
      }
    }
    let high = unit(at: position + 2)
    position += 6
    guard 0xD800..<0xDC00 ~= high else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
    let low = unit(at: position + 2)
    position += 6
    return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low &- 0xDC00) & 0x3FF) ?? "\u{FFFD}"
  }

  private func unit(at index: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 4 | UInt32(Hexadecimal.value(of: byte(index + $1)) ?? 0) }
  }

  /// A byte of the text; the text was validated, so that none is asked for behind its end.
  private func byte(_ index: Int) -> UInt8 { index < text.endIndex ? text[index] : 0 }
}
