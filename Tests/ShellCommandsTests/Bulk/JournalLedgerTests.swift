import OrderedJSON
import Testing

@testable import MittrSDK
@testable import ShellCommands

@Suite("What a journal's lines come to")
struct JournalLedgerTests {
  @Test("the table of names holds each once, exactly, in the order in which they came")
  func names() {
    var generator = SplitMix(seed: 1)
    var table = IdentifierTable()
    var known: [String: Int] = [:]
    var order: [String] = []
    for _ in 1...5000 {
      let name = String(generator.next() % 2000, radix: 36) + (generator.next() % 2 == 0 ? "é" : "e\u{301}")
      let key = name.unicodeScalars.map { "\($0.value)" }.joined(separator: " ")
      let (number, isNew) = table.insert(name)
      #expect(isNew == (known[key] == nil))
      if isNew {
        known[key] = number
        order.append(name)
      }
      #expect(known[key] == number)
      #expect(table.number(of: name) == number)
    }
    #expect(table.count == order.count)
    #expect(order.indices.allSatisfy { table[$0].utf8.elementsEqual(order[$0].utf8) })
    #expect(table.number(of: "never") == nil)
    #expect(table.insert("").isNew)
    #expect(!table.insert("").isNew)
  }

  private func end(_ name: String, _ kind: Outcome.Kind) -> JournalRecord {
    let request = BulkRequest(operation: .replay, name: name)
    return .end(name, JournalEnd(Outcome(kind: kind), of: request))
  }

  private func begin(_ name: String) -> JournalRecord { .begin(name, JournalBegin()) }

  @Test("what is done is never begun again, and what is open not before it has ended")
  func twice() throws {
    for first in [Outcome.Kind.done, nil] {
      var ledger = JournalLedger()
      try ledger.note(begin("a"), at: 0)
      if let first { try ledger.note(end("a", first), at: 1) }
      #expect(throws: JournalLedger.Defect.beginsAgain("a")) { try ledger.note(begin("a"), at: 2) }
    }
    for first in [Outcome.Kind.refused, .failed, .unknown, .unsent] {
      var ledger = JournalLedger()
      try ledger.note(begin("a"), at: 0)
      try ledger.note(end("a", first), at: 1)
      try ledger.note(begin("a"), at: 2)
      #expect(ledger.state(0) == .open)
      #expect(ledger.beginning(0) == 2)
    }
  }

  @Test("what has not begun does not end")
  func endAlone() throws {
    var ledger = JournalLedger()
    #expect(throws: JournalLedger.Defect.endsWithoutBeginning("a")) { try ledger.note(end("a", .done), at: 0) }
    try ledger.note(begin("a"), at: 0)
    try ledger.note(end("a", .done), at: 1)
    #expect(throws: JournalLedger.Defect.endsWithoutBeginning("a")) { try ledger.note(end("a", .done), at: 2) }
  }

  @Test("a run meets each item once, and learns what earlier runs made of it")
  func meeting() throws {
    var ledger = JournalLedger()
    for (name, kind) in [("d", Outcome.Kind.done), ("r", .refused), ("u", .unknown), ("n", .unsent)] {
      try ledger.note(begin(name), at: 0)
      try ledger.note(end(name, kind), at: 1)
    }
    try ledger.note(begin("o"), at: 2)
    #expect(ledger.lookUp("d") == .ended(.done))
    #expect(ledger.lookUp("d") == .again)
    #expect(ledger.lookUp("o") == .open)
    #expect(ledger.lookUp("n") == .new)
    #expect(ledger.lookUp("u", redoing: [.refused]) == .ended(.unknown))
    #expect(ledger.lookUp("r", redoing: [.refused]) == .new)
    #expect(ledger.lookUp("x") == .new)
    #expect(ledger.lookUp("x") == .again)
  }

  @Test("a record is read back as it was written")
  func records() throws {
    let trace = try #require(EventTrace(["status": "dead", "attempts": 3, "updatedAt": "2026-01-01T00:00:00Z"]))
    let begin = JournalRecord.begin("evt \"1\"\n", JournalBegin(before: trace, body: ["n": 1]))
    let line = begin.line(at: "2026-01-01T00:00:00.000Z")
    #expect(line.last == UInt8(ascii: "\n"))
    #expect(line.dropLast().contains(UInt8(ascii: "\n")) == false)
    let object = try #require(JSONValue(parsing: Array(line.dropLast())).objectValue)
    guard case .begin("evt \"1\"\n", let read)? = JournalRecord(object) else {
      Issue.record("\(object)")
      return
    }
    #expect(read.before == trace)
    #expect(read.body == ["n": 1])
  }

  @Test("outcomes leave in the order in which they were begun, whenever they end")
  func window() {
    var generator = SplitMix(seed: 5)
    var window = ReorderWindow<Int>()
    var (open, begun, left): ([Int], Int, Int) = ([], 0, 0)
    for _ in 1...10_000 {
      if generator.next() % 2 == 0, open.count < 50 {
        #expect(window.begin() == begun)
        open.append(begun)
        begun += 1
      } else if let index = open.indices.randomElement(using: &generator) {
        let number = open.remove(at: index)
        window.end(number, number)
      }
      while let value = window.popFirst() {
        #expect(value == left)
        left += 1
      }
      #expect(window.count == begun - left)
      #expect(left == open.min() ?? begun)
    }
  }
}
