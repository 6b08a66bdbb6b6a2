import Basics

/// The characters that a valid JSON string's text means, each with where it is spelled.
struct JSONStringCharacters {
  struct Character {
    /// U+FFFD for half of a surrogate pair.
    let scalar: Unicode.Scalar
    /// The escape that it is spelled with, if it is.
    let escape: JSONEscape?
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
    let escape = text[start] == UInt8(ascii: "\\") ? JSONEscape(in: text, at: start) : nil
    let scalar = escape?.scalar ?? plain()
    if let escape { position += escape.length }
    position = min(position, text.endIndex)
    return Character(scalar: scalar, escape: escape, range: start..<position)
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
}
