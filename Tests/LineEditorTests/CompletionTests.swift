import CLibedit
import TestSupport
import Testing

@testable import LineEditor

@Suite("Completion")
struct CompletionTests {
  /// The C library knows how wide a character is in a UTF-8 locale only.
  private static let isUTF8 = editline_use_utf8()

  private static func completion(
    of line: String, cursor: Int? = nil, after enteredLines: String = "", replacing: Range<Int>, by candidates: [String]
  ) -> LineCompletion {
    let scalars = Array(line.unicodeScalars)
    return LineCompletion(enteredLines: enteredLines, line: scalars, cursor: cursor ?? scalars.count) { _, _ in
      CompletionList(replacing: replacing, candidates: candidates.map { CompletionCandidate(text: $0) })
    }
  }

  @Test("the program sees the whole statement, and the cursor in UTF-8 bytes")
  func statement() {
    var seen: (text: String, offset: Int)?
    _ = LineCompletion(enteredLines: "é {\n", line: Array("日本 x".unicodeScalars), cursor: 2) { text, offset in
      seen = (text, offset)
      return .none
    }
    #expect(seen?.text == "é {\n日本 x")
    #expect(seen?.offset == 11)
  }

  @Test("offsets in bytes become places in the line, earlier lines apart")
  func offsets() {
    #expect(
      Self.completion(of: "日本 ev", after: "é\n", replacing: 10..<12, by: ["events"]) == .replace(3..<5, with: "events ")
    )
    #expect(
      Self.completion(of: "日", replacing: 0..<3, by: ["日本", "日向"])
        == .choose(0..<1, with: "日", among: ["日本", "日向"].map { CompletionCandidate(text: $0) }))
    #expect(Self.completion(of: "", replacing: 0..<0, by: ["a\u{1B}b"]) == .replace(0..<0, with: "ab "))
    #expect(Self.completion(of: "e x", cursor: 1, replacing: 0..<1, by: ["ev"]) == .stepOverSpace(0..<1, with: "ev"))
    #expect(
      Self.completion(of: "e", replacing: 0..<1, by: ["events", "event"])
        == .choose(0..<1, with: "event", among: ["events", "event"].map { CompletionCandidate(text: $0) }))
    // What was typed is not given up for less.
    #expect(
      Self.completion(of: "54", replacing: 0..<2, by: ["id_154", "id_254"])
        == .choose(0..<2, with: "54", among: ["id_154", "id_254"].map { CompletionCandidate(text: $0) }))
  }

  @Test("what candidates by inner letters share is not inserted")
  func innerLetters() {
    let candidates = ["events list", "events log"].map { CompletionCandidate(text: $0) }
    let completion = LineCompletion(enteredLines: "", line: Array("evl".unicodeScalars), cursor: 3) { _, _ in
      CompletionList(replacing: 0..<3, candidates: candidates, isByInnerLetters: true)
    }
    #expect(completion == .choose(0..<3, with: "evl", among: candidates))
  }

  @Test(
    "a range that is not in the line, or splits a character, completes nothing",
    arguments: [0..<3, 4..<9, 2..<3, 3..<4, 900..<901, -4 ..< -2])
  func badRanges(range: Range<Int>) {
    #expect(Self.completion(of: "日", after: "é\n", replacing: range, by: ["a"]) == .nothing)
  }

  @Test("the shared beginning keeps characters whole")
  func commonPrefix() {
    let list = CompletionList(
      replacing: 0..<0, candidates: ["ae\u{301}x", "ae\u{300}x"].map { CompletionCandidate(text: $0) })
    #expect(list.commonPrefix == "a")
  }

  @Test("candidates stand in columns that fit, read downwards, or as many of them as fit", arguments: 1...40)
  func table(columns: Int) {
    let candidates = (1...30).map { CompletionCandidate(text: "日\($0)", summary: "a summary") }
    #expect(Self.isUTF8)
    let lines = CandidateTable(candidates: candidates, columns: columns, rows: 6).lines()
    #expect(lines.count <= 6)
    #expect(lines.allSatisfy { TerminalText.width(of: $0) <= max(1, columns - 1) })
    #expect(columns < 40 || !lines.contains { $0.hasSuffix("more") })
  }

  @Test("the menu goes round, and shows the page with the chosen candidate", arguments: [2, 10, 40])
  func menu(columns: Int) {
    let candidates = (1...9).map { CompletionCandidate(text: "c\($0)") }
    var menu = CandidateMenu(candidates, start: 0, word: "c", typed: Array("c".unicodeScalars), typedCursor: 1)
    #expect(menu.selectedText == "c")
    menu.select(by: -1)
    #expect(menu.selectedText == "c9")
    menu.select(by: 1)
    #expect(menu.selectedText == "c1")
    for index in 0..<9 {
      let lines = CandidateTable(candidates: candidates, columns: columns, rows: 3).lines(selected: index)
      #expect(lines.count <= 3)
      #expect(columns < 4 || lines.joined().contains("\u{1B}[7mc\(index + 1)\u{1B}[0m"))
    }
    #expect(CandidateTable(candidates: candidates, columns: columns, rows: 0).lines().isEmpty)
  }

  @Test("summaries are shown where every candidate has a row, cut to the window")
  func summaries() {
    #expect(Self.isUTF8)
    let candidates = [
      CompletionCandidate(text: "日本", summary: "wide\nwords"), CompletionCandidate(text: "e", summary: nil),
    ]
    let wide = CandidateTable(candidates: candidates, columns: 40, rows: 2).lines()
    #expect(wide == [#"日本  wide\nwords"#, "e"])
    let narrow = CandidateTable(candidates: candidates, columns: 10, rows: 2).lines()
    #expect(narrow == ["日本  wi…", "e"])
    #expect(CandidateTable(candidates: candidates, columns: 40, rows: 1).lines() == ["日本  e"])
  }
}
