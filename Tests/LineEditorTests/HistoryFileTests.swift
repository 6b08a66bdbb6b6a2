import Basics
import TestSupport
import Testing

@testable import LineEditor

@Suite("The history file")
struct HistoryFileTests {
  @Test(
    "a text is the same after writing and reading",
    arguments: ["a", "", "a\n\tb", "\"\\/", "é日本🚀\u{1}\u{7F}", "\u{2028}"])
  func roundTrip(text: String) {
    #expect(JSONString.decode(JSONString.encode(text)[...]) == text)
    #expect(!JSONString.encode(text).contains(UInt8(ascii: "\n")))
  }

  @Test("escapes are read as RFC 8259 says")
  func escapes() {
    let text = #""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE80""#
    #expect(JSONString.decode(Array(text.utf8)[...]) == "\"\\/\u{8}\u{C}\n\r\té🚀")
  }

  @Test(
    "what is not exactly one JSON string is refused",
    arguments: [
      "", "\"", "a", "\"a", "a\"", "\"a\" ", " \"a\"", "\"a\"\"b\"", "\"\t\"", #""\x""#, #""\u12""#, #""\u12g4""#,
      #""\uD83D\u12""#, #""\"#, "[\"a\"]", "12",
    ])
  func damagedStrings(text: String) {
    #expect(JSONString.decode(Array(text.utf8)[...]) == nil)
  }

  @Test(
    "half of a surrogate pair is U+FFFD",
    arguments: [(#""\uD83D""#, "\u{FFFD}"), (#""\uDE80\uD83D""#, "\u{FFFD}\u{FFFD}")])
  func loneSurrogates(json: String, text: String) { #expect(JSONString.decode(Array(json.utf8)[...]) == text) }

  @Test("a byte order mark in front of the file is passed over")
  func byteOrderMark() throws {
    let folder = try TemporaryFolder()
    #expect(try HistoryFile(path: folder.write("\u{FEFF}\"a\"\n\"b\"\n", to: "history")).load(limit: 10) == ["a", "b"])
  }

  @Test("bytes that are no UTF-8 are refused")
  func damagedBytes() {
    #expect(JSONString.decode([0x22, 0xFF, 0x22]) == nil)
    #expect(JSONString.decode([0x22, 0xED, 0xA0, 0x80, 0x22]) == nil)
  }

  @Test("damaged lines are left out, and half a line does not swallow the next entry")
  func damagedLines() throws {
    let folder = try TemporaryFolder()
    let file = HistoryFile(path: folder.write("\"a\"\nnonsense\n\n\"nul\\u0000\"\n\"b\"\n\"half", to: "history"))
    #expect(try file.load(limit: 10) == ["a", "b"])
    try file.append("c\nd")
    #expect(try file.load(limit: 10) == ["a", "b", "c\nd"])
  }

  @Test("of a long file only the last entries are loaded", arguments: [1, 2, 999, 5000, 20_000, 30_000])
  func limit(limit: Int) throws {
    let folder = try TemporaryFolder()
    let entries = (0..<20_000).map { "entry number \($0)" }
    let file = HistoryFile(path: folder.write(entries.map { "\"\($0)\"\n" }.joined(), to: "history"))
    #expect(try file.load(limit: limit) == entries.suffix(limit))
  }

  @Test("a file that others could read is closed to them", arguments: [0o644, 0o666, 0o640, 0o604] as [mode_t])
  func mode(mode: mode_t) throws {
    let folder = try TemporaryFolder()
    let path = folder.write("\"a\"\n", to: "history", mode: mode)
    #expect(try HistoryFile(path: path).load(limit: 10) == ["a"])
    #expect(TemporaryFolder.mode(of: path) == 0o600)
  }

  @Test("another user's file, and what a link leads to that is not there, stay as they are")
  func foreignFiles() throws {
    let folder = try TemporaryFolder()
    let foreign = folder.writeForeign("\"a\"\n", to: "foreign")
    let before = (TemporaryFolder.read(foreign), TemporaryFolder.mode(of: foreign))
    let link = folder.path + "/link"
    #expect(symlink(folder.path + "/target", link) == 0)
    for path in [foreign, link] {
      #expect(throws: HistoryFileError.self) { try HistoryFile(path: path).append("b") }
    }
    #expect(throws: HistoryFileError.self) { try HistoryFile(path: foreign).clear() }
    #expect((TemporaryFolder.read(foreign), TemporaryFolder.mode(of: foreign)) == before)
    #expect(access(folder.path + "/target", F_OK) != 0)
  }

  @Test("an entry that a terminal must not be given is recalled without that")
  func unsafeEntries() throws {
    let folder = try TemporaryFolder()
    let path = folder.write("\"a\\u001b[2Jb\\u202ec\\n\\td\"\n", to: "history")
    #expect(History(file: HistoryFile(path: path), limit: 5).entries == ["a[2Jbc\n\td"])
  }

  @Test("what is no regular file is refused, and never waited for")
  func specialFiles() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, folder.path] {
      #expect(throws: HistoryFileError.self) { try HistoryFile(path: path).load(limit: 10) }
      #expect(throws: HistoryFileError.self) { try HistoryFile(path: path).append("a") }
    }
  }

  @Test("texts that are too long, or that nobody can see, are no entries")
  func unstorable() {
    let history = History(file: nil, limit: 2)
    #expect(!history.add(String(repeating: "a", count: HistoryFile.maximumEntryLength + 1), retention: .file))
    #expect(!history.add(" \n\t", retention: .file))
    #expect(!history.add("a\0b", retention: .file))
    #expect(
      history.add("a", retention: .file) && history.add("b", retention: .file) && !history.add("b", retention: .file)
        && history.add("c", retention: .file))
    #expect(history.entries == ["b", "c"])
  }
}
