import Testing

@testable import MittrWebhooks

@Suite("Backslash escapes")
struct BackslashEscapeTests {
  @Test(
    "each language's escapes are read",
    arguments: [
      (#"n"#, "\n"), (#"""#, "\""), (#"/"#, "/"), (#"x41"#, "A"), (#"x7"#, "\u{7}"), (#"101"#, "A"), (#"0"#, "\0"),
      (#"u0041"#, "A"), (#"ud83d\ude80"#, "🚀"), (#"u{1F680}"#, "🚀"), (#"U0001F680"#, "🚀"), (#"ud83d"#, "\u{FFFD}"),
      (#"ud83d\n"#, "\u{FFFD}\n"), ("\r\n", ""), ("\n", ""),
    ])
  func read(written: String, meant: String) {
    let text = Array(("a\\" + written + "b").utf8)
    // Digits of one escape end where they must.
    let expected = meant == "\u{7}" ? Array("a\u{7B}".utf8) : Array(("a" + meant + "b").utf8)
    #expect(EscapedText.unescaped(text[...]) == expected)
    #expect(WrittenEscapes.undone(text[...], .characters) == expected)
  }

  @Test("numbers are bytes or characters; what is no escape is kept, or loses its backslash")
  func styles() {
    let text = Array(#"\xE9\351\q\u12"#.utf8)
    #expect(EscapedText.unescaped(text[...]) == [0xE9, 0xE9] + Array(#"\q\u12"#.utf8))
    #expect(WrittenEscapes.undone(text[...], .bytes) == [0xE9, 0xE9] + Array("qu12".utf8))
    #expect(WrittenEscapes.undone(text[...], .characters) == Array("ééqu12".utf8))
  }

  @Test("any bytes behind a backslash are taken within bounds, and never make the text longer")
  func anyBytes() {
    var random = RandomBytes(state: 7)
    for _ in 0..<2000 {
      let text = random.bytes(upTo: 12).flatMap { [UInt8(ascii: "\\"), $0] }
      for style in [WrittenEscapes.Style.characters, .bytes] {
        #expect(WrittenEscapes.undone(text[...], style).count <= text.count * 3 / 2)
      }
      #expect(EscapedText.unescaped(text[...]).count <= text.count * 3 / 2)
    }
  }
}
