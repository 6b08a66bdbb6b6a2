import Basics
import Interpreter
import TestSupport
import Testing

@Suite("Text for a terminal")
struct TerminalTextTests {
  @Test(
    "Widths are those that terminals go by",
    arguments: [
      ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("🚀", 2), ("👩‍👩‍👧", 6), ("🇩🇪", 2), ("👍🏽", 4), ("❤️", 1), ("한", 2),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("", 0),
    ])
  func widths(text: String, width: Int) { #expect(DisplayWidth.width(text) == width) }

  @Test("Every character that is shown as it is has the width that the C library gives it")
  func cLibrary() {
    var wrong: [String] = []
    // AHOM CONSONANT SIGN MEDIAL RA, which newer versions of Unicode take for a mark with a width.
    let changed = UInt32(0x1171E)
    for value in UInt32(0x20)...0x10FFFF where value != changed {
      guard let scalar = Unicode.Scalar(value), let known = CharacterWidth.known(scalar) else { continue }
      let text = "x" + String(scalar)
      // What is escaped is plain ASCII then.
      guard SafeText.escaped(text) == text, DisplayWidth.width(text) != 1 + known else { continue }
      wrong.append(String(value, radix: 16))
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(40))")
  }

  @Test("What could move the cursor, start a sequence, reorder the line or hide is escaped")
  func escaping() {
    #expect(SafeText.escaped("a\u{1B}[2Jb\r\n\t\0") == #"a\e[2Jb\r\n\t\u{0}"#)
    #expect(SafeText.escaped("\u{9B}1m\u{202E}x\u{2066}\u{AD}") == #"\u{9b}1m\u{202e}x\u{2066}\u{ad}"#)
    #expect(Unicode.Scalar(0xFFFF as UInt16).map { SafeText.escaped(String($0)) } == #"\u{ffff}"#)
    #expect(SafeText.escaped("\u{E0041}\u{3164}\u{1D173}") == #"\u{e0041}\u{3164}\u{1d173}"#)
    #expect(SafeText.escaped("é 日本 👩‍👩‍👧 नमस्ते می‌خواهم") == "é 日本 👩‍👩‍👧 नमस्ते می‌خواهم")
    #expect(SafeText.escapedLines("a\nb\u{7}") == "a\nb\\u{7}")
  }

  @Test("Marks beyond the fifth in a row are escaped: they would be drawn over other lines")
  func floods() {
    let mark = "\u{301}"
    #expect(SafeText.escaped("a" + String(repeating: mark, count: 5)) == "a" + String(repeating: mark, count: 5))
    let flooded = SafeText.escaped("a" + String(repeating: mark, count: 1000) + "b\u{301}")
    #expect(
      flooded == "a" + String(repeating: mark, count: 5) + String(repeating: #"\u{301}"#, count: 995) + "b\u{301}")
    #expect(SafeText.escaped("\u{301}a") == #"\u{301}a"#, "it would be drawn over what stands before")
    #expect(SafeText.escapedLines("a\n\u{200D}") == "a\n" + #"\u{200d}"#)
  }

  @Test("A text is cut between characters, and marks stay with their bases")
  func cutting() {
    #expect(DisplayWidth.prefix("e\u{301}e\u{301}x", width: 2) == "e\u{301}e\u{301}")
    #expect(DisplayWidth.suffix("e\u{301}x", width: 1) == "x")
    #expect(DisplayWidth.suffix("ae\u{301}x", width: 2) == "e\u{301}x")
    #expect(DisplayWidth.fitted("日本語", width: 4) == "日…")
    #expect(DisplayWidth.fitted("日本語", width: 6) == "日本語")
    #expect(DisplayWidth.fitted("abc", width: 0) == "")
  }
}
