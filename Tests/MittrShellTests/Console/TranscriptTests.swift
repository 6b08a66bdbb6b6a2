import Interpreter
import ShellCommands
import TestSupport
import Testing

@testable import MittrShell

@Suite("A log of what is typed and shown")
struct TranscriptTests {
  private let file = MemoryDurableFile([])
  private let transcript: Transcript

  init() {
    var options = RenderingOptions(isTerminal: true)
    options =
      Session(
        registry: .shell,
        host: StreamHost(output: MemorySink(), errors: MemorySink(), files: MemoryFiles(files: [:])) { 0 },
        options: SessionOptions(rendering: options)
      ).rendering
    options.learn(["hunter2-hunter2"])
    options.reveal(["hunter2-hunter2"])
    transcript = Transcript(options)
  }

  private var text: String {
    get throws { String(decoding: try file.read(at: 0, count: file.size), as: UTF8.self) }
  }

  @Test("has neither colours nor controls nor secrets, those included that are shown or come in pieces")
  func plain() throws {
    transcript.begin(file, path: "log.txt")
    transcript.note(typed: "endpoints create --secret whsec_abcdef", behind: "mittr sandbox>")
    for piece in [
      "\u{1B}[1;32mgreen\u{1B}[0m \u{1B}]0;title\u{7}x\u{8}\r\n", "whs", "ec_01", "23 hunter2-hun", "ter2\n",
    ] {
      transcript.note(Array(piece.utf8))
    }
    #expect(transcript.flush() == nil)
    let written = try text
    #expect(written == "mittr sandbox> endpoints create --secret …\ngreen x\\u{8}\nwhsec_… …\n")
  }

  @Test("begins with log FILE, and ends with log --off")
  func bounds() throws {
    transcript.note(Array("before\n".utf8))
    #expect(transcript.path == nil)
    transcript.begin(file, path: "log.txt")
    #expect(transcript.path == "log.txt")
    transcript.note(Array("within\n".utf8))
    try transcript.end()
    transcript.note(Array("behind\n".utf8))
    #expect(transcript.flush() == nil && transcript.path == nil)
    #expect(try text == "within\n")
  }

  @Test("ends with a failure when the disk is full, and holds little back meanwhile")
  func fullDisk() throws {
    let small = MemoryDurableFile([], room: 100)
    transcript.begin(small, path: "log.txt")
    for _ in 0..<10_000 { transcript.note(Array("0123456789\n".utf8)) }
    let failure = try #require(transcript.flush())
    #expect(failure.help == "the log ends here; log FILE begins another")
    #expect(transcript.path == nil && transcript.flush() == nil)
  }

  @Test("sequences of a terminal that are cut off are left out as well")
  func sequences() {
    for (raw, plain) in [
      ("a\u{1B}", "a"), ("a\u{1B}[", "a"), ("a\u{1B}[1", "a"), ("a\u{1B}]0;b", "a"), ("a\u{1B}]0;b\u{1B}\\c", "ac"),
      ("a\u{1B}7b", "ab"), ("\u{1B}[?2004hx", "x"), ("", ""), ("é\u{1B}[0m", "é"),
    ] {
      #expect(String(decoding: TerminalSequences.removed(from: Array(raw.utf8)[...]), as: UTF8.self) == plain)
    }
  }
}
