import Basics
import Testing

@Suite("Text that comes from outside")
struct TextDecoderTests {
  static let texts = ["", "a", "é🚀日本\n", "\u{FEFF}", "\u{FFFD}x", String(repeating: "🚀a", count: 300)]

  @Test("A byte order mark is passed over, once, and UTF-16 is recoded by it", arguments: texts)
  func marks(text: String) {
    let utf8 = Array(text.utf8)
    #expect(TextDecoder.decoded([0xEF, 0xBB, 0xBF] + utf8) == utf8)
    #expect(TextDecoder.decoded([0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == utf8)
    #expect(TextDecoder.decoded([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == utf8)
    #expect(("\u{FEFF}" + text).withoutByteOrderMark == text)
  }

  @Test(
    "All other bytes stay as they are",
    arguments: [
      [], [0xEF], [0xEF, 0xBB], [0xEF, 0xBB, 0x61], [0xFF], [0xFE], [0xFF, 0x61], [0x61, 0xEF, 0xBB, 0xBF], [0],
    ]
      as [[UInt8]])
  func unmarked(bytes: [UInt8]) { #expect(TextDecoder.decoded(bytes) == bytes) }

  @Test(
    "What is no character in UTF-16 is U+FFFD",
    arguments: [
      ([0xFF, 0xFE, 0x61], "\u{FFFD}"), ([0xFE, 0xFF, 0xD8, 0x3D], "\u{FFFD}"),
      ([0xFE, 0xFF, 0xD8, 0x3D, 0, 0x61], "\u{FFFD}a"),
      ([0xFE, 0xFF, 0, 0x61, 0xDE, 0x80], "a\u{FFFD}"),
    ] as [([UInt8], String)])
  func notUTF16(bytes: [UInt8], text: String) { #expect(TextDecoder.decoded(bytes) == Array(text.utf8)) }

  @Test("UTF-16 without a mark is told by its NUL bytes, unless the text is UTF-8 for certain")
  func unmarkedUTF16() {
    let text = "[{\"é🚀\": 1}]"
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let little = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(TextDecoder.decoded(big) == Array(text.utf8))
    #expect(TextDecoder.decoded(little) == Array(text.utf8))
    for bytes in [[0x61, 0], [0x61, 0, 0x62], [0, 0x61, 0x62, 0], [0, 0, 0, 0]] as [[UInt8]] {
      #expect(TextDecoder.decoded(bytes) == bytes)
    }
    for bytes in [big, little, [0xFF, 0xFE, 0x61, 0]] {
      var decoder = TextDecoder(isUTF8: true)
      #expect(decoder.decode(bytes) + decoder.finish() == bytes)
    }
    var decoder = TextDecoder(isUTF8: true)
    #expect(decoder.decode([0xEF, 0xBB, 0xBF, 0x61]) == [0x61])
  }

  @Test("Whatever pieces a text comes in, it is the same text", arguments: 1...5)
  func pieces(size: Int) {
    for mark in [[0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF], [], [0x61, 0, 0x62, 0]] as [[UInt8]] {
      let bytes = mark + (0..<200).map { UInt8($0 % 7 == 0 ? 0xD8 : $0) } + [0xD8]
      var decoder = TextDecoder()
      var text: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        text += decoder.decode(Array(bytes[start..<min(bytes.count, start + size)]))
      }
      #expect(text + decoder.finish() == TextDecoder.decoded(bytes))
      #expect(decoder.markLength == (mark.count == 4 ? 0 : mark.count))
    }
  }
}
