import Testing

@testable import MittrShell

@Suite("Keys from a terminal")
struct KeyDecoderTests {
  static let keys: [(bytes: String, keys: [Key])] = [
    ("a", [.character("a")]), ("é", [.character("é")]), ("漢😀", [.character("漢"), .character("😀")]),
    ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{1B}[Z", [.backTab]), ("\u{7F}", [.backspace]),
    ("\u{8}", [.backspace]), ("\u{3}", [.control("c")]), ("\u{1A}", [.control("z")]),
    ("\u{1B}[A", [.up]), ("\u{1B}OA", [.up]), ("\u{1B}[B", [.down]), ("\u{1B}[C", [.right]), ("\u{1B}[D", [.left]),
    ("\u{1B}[H", [.home]), ("\u{1B}[1~", [.home]), ("\u{1B}OF", [.end]), ("\u{1B}[8~", [.end]),
    ("\u{1B}[5~", [.pageUp]), ("\u{1B}[6~", [.pageDown]), ("\u{1B}[3~", [.delete]),
    // With modifiers.
    ("\u{1B}[1;5A", [.up]), ("\u{1B}[5;2~", [.pageUp]),
    // Escape and another key, typed quickly.
    ("\u{1B}q", [.escape, .character("q")]), ("\u{1B}\u{1B}[A", [.escape, .up]),
    // What no key of ours sends.
    ("\u{1B}[11~x", [.character("x")]), ("\u{1B}[[Ax", [.character("x")]), ("\u{1B}[?1;2cx", [.character("x")]),
    ("\u{1B}[1\u{3}", [.control("c")]), ("\u{85}x", [.character("x")]), ("\u{202E}x", [.character("x")]),
    ("\u{1B}[200~a\nq\u{1B}[Ar\u{1B}[201~j", [.paste("a\nq\u{1B}[Ar"), .character("j")]),
  ]

  @Test("are told whole", arguments: keys)
  func whole(bytes: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.take(bytes.utf8) == keys)
    #expect(!decoder.isWaiting)
  }

  @Test("are told byte by byte", arguments: keys)
  func split(bytes: String, keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(bytes.utf8.flatMap { decoder.take([$0]) } == keys)
  }

  @Test("A lone Escape is a key once nothing follows; half a sequence is nothing but that")
  func escape() {
    var decoder = KeyDecoder()
    #expect(decoder.take([0x1B]).isEmpty)
    #expect(decoder.isWaiting)
    #expect(decoder.pause() == [.escape])
    #expect(!decoder.isWaiting)
    #expect(decoder.take("\u{1B}[1;".utf8).isEmpty)
    #expect(decoder.pause() == [.escape])
    #expect(decoder.take("a".utf8) == [.character("a")])
    #expect(decoder.pause().isEmpty)
  }

  @Test("What is no UTF-8 is passed over, and so is half a character at the end")
  func broken() {
    var decoder = KeyDecoder()
    #expect(decoder.take([0xFF, 0xC3, 0x61, 0xE6, 0xBC]) == [.character("a")])
    #expect(decoder.pause().isEmpty)
    #expect(decoder.take("b".utf8) == [.character("b")])
  }

  @Test("A sequence without an end and a paste without one are bounded")
  func bounded() {
    var decoder = KeyDecoder()
    #expect(decoder.take("\u{1B}[".utf8).isEmpty)
    #expect(decoder.take(repeatElement(UInt8(ascii: "1"), count: 100)).allSatisfy { $0 == .character("1") })
    #expect(decoder.take("\u{1B}[200~".utf8).isEmpty)
    #expect(decoder.take(repeatElement(UInt8(ascii: "x"), count: 100_000)).isEmpty)
    guard case .paste(let text)? = decoder.take("\u{1B}[201~".utf8).first else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == 64 << 10)
  }
}
