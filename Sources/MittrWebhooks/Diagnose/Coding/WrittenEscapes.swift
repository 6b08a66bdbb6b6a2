import Basics

/// Undoes backslash escapes that were written out, as a log, a program's source or a shell shows a text.
enum WrittenEscapes {
  /// What a backslash and what follows it stand for.
  enum Style {
    /// `\n`, `\t`, `\"`, `\\`, `\/`, `\uXXXX`, `\xXX`, `\0` and octal digits: JSON, JavaScript, Python, C and Ruby.
    case characters
    /// As `characters`, where `\xXX` and octal digits are bytes: Python's bytes, C and shells.
    case bytes
    /// The character itself: PHP's `addslashes`, shells, Markdown.
    case slashes
    /// Only `\"`.
    case quotes
    /// Only `\\`.
    case doubled
  }

  static func undone(_ text: ArraySlice<UInt8>, _ style: Style) -> [UInt8] {
    if style == .doubled { return undoubled(text, UInt8(ascii: "\\")) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      position += 1
      guard byte == UInt8(ascii: "\\"), position < text.endIndex else {
        result.append(byte)
        continue
      }
      let letter = text[position]
      switch style {
      case .quotes:
        if letter != UInt8(ascii: "\"") { result.append(byte) }
        result.append(letter)
        position += 1
      case .doubled, .slashes:
        result.append(letter == UInt8(ascii: "0") ? 0 : letter)
        position += 1
      case .characters, .bytes:
        position += 1
        append(letter, of: text, at: &position, areBytes: style == .bytes, to: &result)
      }
    }
    return result
  }

  /// The text with each pair of one byte made one, as in CSV, SQL and YAML.
  static func undoubled(_ text: ArraySlice<UInt8>, _ byte: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var isSecond = false
    for next in text {
      isSecond = next == byte && !isSecond && result.last == byte && !result.isEmpty
      if !isSecond { result.append(next) }
    }
    return result
  }

  /// The text of a literal whose pieces stand on lines of their own, with or without a `+` between them.
  static func joined(_ text: ArraySlice<UInt8>, _ quote: UInt8) -> [UInt8] {
    guard text.contains(0x0A) else { return Array(text) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      if byte == quote {
        let gap = text[(position + 1)...].prefix { BodyFeatures.isBlank($0) || $0 == UInt8(ascii: "+") }
        if gap.contains(0x0A), gap.endIndex < text.endIndex, text[gap.endIndex] == quote {
          position = gap.endIndex + 1
          continue
        }
      }
      result.append(byte)
      position += 1
    }
    return result
  }

  private static let controls: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "a"): 0x07, UInt8(ascii: "e"): 0x1B,
  ]

  private static func append(
    _ letter: UInt8, of text: ArraySlice<UInt8>, at position: inout Int, areBytes: Bool, to result: inout [UInt8]
  ) {
    if let control = controls[letter] { return result.append(control) }
    switch letter {
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = letter == UInt8(ascii: "u") ? 4 : 8
      guard var value = number(in: text, from: position, digits: count, radix: 16) else {
        return braced(letter, of: text, at: &position, to: &result)
      }
      position += count
      if 0xD800..<0xDC00 ~= value, text[position...].starts(with: [UInt8(ascii: "\\"), letter]),
        let low = number(in: text, from: position + 2, digits: 4, radix: 16), 0xDC00..<0xE000 ~= low
      {
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        position += 6
      }
      append(scalar: value, to: &result)
    case UInt8(ascii: "x"):
      guard let value = number(in: text, from: position, digits: 2, radix: 16) else { return result.append(letter) }
      position += 2
      if areBytes { result.append(UInt8(truncatingIfNeeded: value)) } else { append(scalar: value, to: &result) }
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      guard let value = number(in: text, from: position - 1, digits: 3, radix: 8) else {
        return result.append(letter == UInt8(ascii: "0") ? 0 : letter)
      }
      position += 2
      if areBytes { result.append(UInt8(truncatingIfNeeded: value)) } else { append(scalar: value, to: &result) }
    case 0x0A: break
    default: result.append(letter)
    }
  }

  /// `\u{…}`, as Swift, Rust and JavaScript write it.
  private static func braced(
    _ letter: UInt8, of text: ArraySlice<UInt8>, at position: inout Int, to result: inout [UInt8]
  ) {
    guard text[position...].first == UInt8(ascii: "{"),
      let end = text[position...].prefix(10).firstIndex(of: UInt8(ascii: "}")), end > position + 1,
      let value = number(in: text, from: position + 1, digits: end - position - 1, radix: 16)
    else { return result.append(letter) }
    position = end + 1
    append(scalar: value, to: &result)
  }

  private static func append(scalar value: Int, to result: inout [UInt8]) {
    result += UTF8.encode(Unicode.Scalar(UInt32(value)) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter
  }

  private static func number(in text: ArraySlice<UInt8>, from start: Int, digits count: Int, radix: Int) -> Int? {
    guard start + count <= text.endIndex else { return nil }
    var value = 0
    for byte in text[start..<start + count] {
      guard let digit = Hex.value(of: byte), digit < radix else { return nil }
      value = value * radix + Int(digit)
    }
    return value
  }
}

/// Undoes percent-encoding (RFC 3986) and quoted-printable (RFC 2045), which differ in their mark.
enum MarkedHexadecimal {
  /// The bytes with each `%XX` undone, and `+` as a space where that is asked for; nil when there is no such thing.
  static func percentDecoded(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
    decoded(text, mark: UInt8(ascii: "%"), plusIsSpace: plusIsSpace, breaksAreSoft: false)
  }

  static func quotedPrintableDecoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    decoded(text, mark: UInt8(ascii: "="), plusIsSpace: false, breaksAreSoft: true)
  }

  private static func decoded(
    _ text: ArraySlice<UInt8>, mark: UInt8, plusIsSpace: Bool, breaksAreSoft: Bool
  ) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var hasChanged = false
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "+"), plusIsSpace {
        result.append(0x20)
        hasChanged = true
      } else if byte == mark, position + 1 < text.endIndex, let high = Hex.value(of: text[position]),
        let low = Hex.value(of: text[position + 1])
      {
        result.append(high << 4 | low)
        position += 2
        hasChanged = true
      } else if byte == mark, breaksAreSoft, let end = endOfBreak(text, position) {
        position = end
        hasChanged = true
      } else {
        result.append(byte)
      }
    }
    return hasChanged ? result : nil
  }

  private static func endOfBreak(_ text: ArraySlice<UInt8>, _ position: Int) -> Int? {
    if text[position...].starts(with: [0x0D, 0x0A]) { return position + 2 }
    return text[position...].first == 0x0A ? position + 1 : nil
  }
}
