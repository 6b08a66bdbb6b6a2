import Basics
import TestSupport
import Testing

@testable import LineEditor

@Suite("Text on its way in and out")
struct TextTests {
  @Test("what a terminal would obey is written out")
  func controls() {
    #expect(SafeText.escaped("a\u{1B}[2J\n\u{9B}\u{7F}\u{202E}é") == #"a\e[2J\n\u{9b}\u{7f}\u{202e}é"#)
    #expect(SafeText.escapedNotice("a\n\tb\r") == "a\n\tb\\r")
    #expect(SafeText.removingUnsafe("a\u{7}b\nc") == "abc")
  }

  @Test("a prompt is drawn without controls, in its colour where the terminal has any, and ends in a space")
  func prompt() {
    let prompt = Prompt("mit\u{1B}tr> ", colour: 32)
    #expect(prompt.notation(marker: "|", inColour: true) == "|\u{1B}[32m|mittr>|\u{1B}[0m| ")
    #expect(prompt.notation(marker: "|", inColour: false) == "mittr> ")
    #expect(Prompt("", colour: 1).notation(marker: "|", inColour: true) == " ")
  }

  @Test("bytes become characters one by one, and what is no UTF-8 is dropped")
  func keyboard() {
    var keyboard = Keyboard(descriptor: -1)
    let bytes: [UInt8] = Array("aé日🚀".utf8) + [0xC3, 0x62, 0x80, 0xF8, 0x63, 0xC2, 0x85, 0xED, 0xA0, 0x80, 0x64]
    let scalars = bytes.compactMap { keyboard.character(completedBy: $0) }
    #expect(String(String.UnicodeScalarView(scalars)) == "aé日🚀bcd")
  }

  @Test(
    "a paste ends at its closing sequence alone",
    arguments: [
      ("a\u{1B}[201~", "a", true), ("a\u{1B}[20\u{1B}[201~", "a[20", true), ("a\u{1B}\u{1B}[201~", "a", true),
      ("a\u{1B}[201", "a[201", false), ("a\r\nb\rc\nd\n\n\u{1B}[201~", "a\nb\nc\nd", true), ("\u{1B}[201~", "", true),
    ])
  func paste(bytes: String, text: String, isComplete: Bool) {
    var paste = PastedText()
    for byte in bytes.utf8 { paste.append(byte) }
    #expect(paste.text == text)
    #expect(paste.isComplete == isComplete)
  }

  @Test("the walk through the history starts anew from what it is given, and ends at both ends")
  func walk() {
    var walk = HistoryWalk(entries: ["ab", "b", "ac", "ab"], line: "a!", beforeCursor: "a")
    #expect([walk.older(), walk.older(), walk.older(), walk.older()] == ["ab", "ac", "ab", nil])
    #expect([walk.newer(), walk.newer(), walk.newer(), walk.newer()] == ["ac", "ab", "a!", nil])
  }

  @Test("files are no terminals and have no window")
  func terminals() {
    #expect(!isTerminal(-1))
    #expect(TerminalSize(fileDescriptor: -1) == nil)
  }
}
