import Basics

/// The characters that a valid JSON string's text means, each with where it is spelled.
struct JSONStringCharacters {
  struct Character {
    /// U+FFFD for half of a surrogate pair.
    let scalar: Unicode.Scalar
    /// Whether it is spelled with an escape.
    let isEscaped: Bool
    /// The half of a surrogate pair that the escape means, if it means no character.
    let loneSurrogate: UInt16?
    let range: Range<Int>
  }

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

  mutating func next() -> Character? {
    guard position < text.endIndex else { return nil }
    let start = position
    guard text[start] == UInt8(ascii: "\\") else {
      let scalar = plain()
      position = min(position, text.endIndex)
      return Character(scalar: scalar, isEscaped: false, loneSurrogate: nil, range: start..<position)
    }
    // Almost all are simple, and reading those is many times faster.
    if let (scalar, length) = simpleEscape(at: start) {
      position += length
      return Character(scalar: scalar, isEscaped: true, loneSurrogate: nil, range: start..<position)
    }
    let escape = JSONEscape(in: text, at: start)
    position = min(position + (escape?.length ?? 1), text.endIndex)
    return Character(
      scalar: escape?.scalar ?? "\\", isEscaped: escape != nil, loneSurrogate: escape?.loneSurrogate,
      range: start..<position)
  }

  /// The escape at an index that means a character by itself; nil for half of a surrogate pair.
  private func simpleEscape(at start: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard start + 1 < text.endIndex else { return nil }
    switch text[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return (Unicode.Scalar(text[start + 1]), 2)
    case UInt8(ascii: "n"): return ("\n", 2)
    case UInt8(ascii: "r"): return ("\r", 2)
    case UInt8(ascii: "t"): return ("\t", 2)
    case UInt8(ascii: "u") where start + 6 <= text.endIndex:
      var value: UInt32 = 0
      for index in start + 2..<start + 6 {
        guard let digit = Hex.value(of: text[index]) else { return nil }
        value = value << 4 | UInt32(digit)
      }
      return Unicode.Scalar(value).map { ($0, 6) }
    default: return nil
    }
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

  /// A byte of the text; the text was validated, so that none is asked for behind its end.
  private func byte(_ index: Int) -> UInt8 { index < text.endIndex ? text[index] : 0 }

  /// What a string's text between its quotes means, in UTF-8 that also has lone halves of surrogate pairs.
  static func meaning(of text: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var characters = JSONStringCharacters(text)
    while !characters.isAtEnd {
      bytes += text[characters.skip { $0 != UInt8(ascii: "\\") }]
      guard let character = characters.next() else { break }
      if let unit = character.loneSurrogate {
        bytes += [0xED, 0x80 | UInt8(unit >> 6 & 0x3F), 0x80 | UInt8(unit & 0x3F)]
      } else if character.scalar.isASCII {
        bytes.append(UInt8(truncatingIfNeeded: character.scalar.value))
      } else {
        bytes += UTF8.encode(character.scalar) ?? UTF8.encodedReplacementCharacter
      }
    }
    return bytes
  }
}
