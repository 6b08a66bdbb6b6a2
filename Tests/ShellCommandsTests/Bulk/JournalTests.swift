import Interpreter
import MittrSDK
import OrderedJSON
import TestSupport
import Testing

@testable import ShellCommands

@Suite("Journals", .timeLimit(.minutes(2)))
struct JournalTests {
  private let script = "events list | replay --journal j | where not .ok | get id"

  private func lines(_ storage: MemoryFiles) throws -> [String] {
    String(decoding: try storage.read("j"), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("whenever a run is cut off, the next one does the rest, nothing twice, and lists what it cannot know")
  func everyPrefix() async throws {
    let ids = EventServer(12).ids
    let storage = MemoryFiles(files: [:])
    let whole = EventServer(12)
    whole.fail("evt_3", .refused)
    whole.fail("evt_7", .lostRequest)
    _ = await CommandRun(script, on: whole, storage: storage)
    let journal = try storage.read("j")
    var generator = SplitMix(seed: 11)
    var ends = [0, journal.count] + journal.indices.filter { journal[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    ends += (1...60).map { _ in Int.random(in: 0...journal.count, using: &generator) }
    for end in ends {
      let prefix = Array(journal[..<end])
      let known = try Self.ledger(prefix)
      // What was begun may have been served or not; what ended was served if it was done.
      var replayed: Set<String> = []
      for number in 0..<known.count {
        let wasServed =
          switch known.state(number) {
          case .done: true
          case .open: Bool.random(using: &generator)
          case .unsent, .refused, .failed, .unknown: false
          }
        if wasServed { replayed.insert(known.name(number)) }
      }
      let server = EventServer(12, replayed: replayed)
      let files = MemoryFiles(files: ["j": prefix])
      let run = await CommandRun("events list | replay --journal j", on: server, storage: files)
      let after = try Self.ledger(try files.read("j"))
      #expect(run.lines.count == 12, "cut at \(end): \(run.errors)")
      for id in ids {
        let state = try #require(after.number(of: id).map { after.state($0) }, "cut at \(end), \(id)")
        let count = server.replays[id] ?? 0
        #expect(count <= 1, "cut at \(end), \(id)")
        switch state {
        case .done: #expect(count == 1, "cut at \(end), \(id)")
        case .refused: #expect(known.number(of: id).map { known.state($0) } == .refused)
        case .unknown:
          #expect(run.output.contains(#""id":"\#(id)","ok":false,"error":{"code":"OUTCOME_UNKNOWN""#), "cut at \(end)")
        case .open, .unsent, .failed: Issue.record("cut at \(end), \(id): \(state)")
        }
      }
      #expect((run.status == 0) == (after.count(.done) == 12))
    }
  }

  private static func ledger(_ bytes: [UInt8]) throws -> JournalLedger {
    var rest = bytes[...]
    return try JournalContents(path: "j") { () throws(Failure) in
      defer { rest = rest.dropFirst(100) }
      return Array(rest.prefix(100))
    }.ledger
  }

  @Test("a request goes out once its line is on disk, and its outcome is shown once the other is")
  func order() async throws {
    let storage = MemoryFiles(files: [:])
    let file = MemoryDurableFile([])
    storage.keep(file, at: "j")
    let api = ScriptedAPI { request throws(TransportError) in
      #expect(String(decoding: file.bytes, as: UTF8.self).contains(#"{"begin":"\#(request.id)""#))
      return .replayed(request)
    }
    let script = """
      ["evt_4", "evt_5"] | replay --journal j
        | each { let id = .id; journal items j --outcome done | where .id == $id | count }
      """
    let shown = await CommandRun(script, on: api, storage: storage)
    #expect(shown.output == "1\n1\n")
  }

  @Test("an item that comes twice is one item, and one from an earlier run is told as skipped")
  func twice() async {
    let storage = MemoryFiles(files: [:])
    let server = EventServer(2)
    server.fail("evt_1", .refused)
    let first = await CommandRun(
      #"["evt_0", "evt_1", "evt_0"] | replay --journal j | select id ok skipped"#, on: server, storage: storage)
    #expect(
      first.lines == [
        #"{"id":"evt_0","ok":true,"skipped":null}"#, #"{"id":"evt_1","ok":false,"skipped":null}"#,
      ])
    let second = await CommandRun(
      #"["evt_1", "evt_0"] | replay --journal j | select id ok error.code skipped"#, on: server, storage: storage)
    #expect(
      second.lines == [
        #"{"id":"evt_1","ok":false,"error.code":"INVALID_STATE","skipped":true}"#,
        #"{"id":"evt_0","ok":true,"error.code":null,"skipped":true}"#,
      ])
    #expect(
      second.errors.hasPrefix(
        """
        replay: j goes on; so far 1 done, 1 refused
        replay: 0 done, 0 failed, 2 skipped (1 done, 1 failed before); 'journal retry j' does again what failed
        error[items-failed]: 1 item failed
        """))
    #expect(second.status == 3)
    #expect(server.requests.count == 2)
  }

  @Test(
    "a journal of something else is refused, and nothing is sent",
    arguments: [
      ("[\"ep_1\"] | endpoints delete --yes --journal j", "'replay', not of 'endpoints delete'", ""),
      (
        "[\"evt_1\"] | replay --journal j", "work on https://mittr.test, not on https://other.test",
        "https://other.test"
      ),
      ("journal retry j", "work on https://mittr.test, not on https://other.test", "https://other.test"),
    ])
  func mismatch(script: String, reason: String, baseURL: String) async throws {
    let storage = MemoryFiles(files: [:])
    let server = EventServer(1)
    _ = await CommandRun("events list | replay --journal j", on: server, storage: storage)
    let bytes = try storage.read("j")
    let run = await CommandRun(
      script, on: server, storage: storage, baseURL: baseURL.isEmpty ? "https://mittr.test" : baseURL)
    #expect(run.errors.hasPrefix("error[journal-mismatch]: j is the journal of \(reason)\n"))
    #expect(run.status == 1)
    #expect(server.requests.count == 2)
    #expect(try storage.read("j") == bytes)
  }

  @Test("a journal of another patch is refused; a patch made from the item is compared as it is written")
  func otherPatch() async {
    let api = ScriptedAPI { request throws(TransportError) in .json(#"{"id": "\#(request.id)"}"#) }
    for (patch, other) in [
      ("{enabled: true}", "{enabled: false}"), ("--description (\"a\")", "--description b"),
      (#"{description: "was \(.d)"}"#, #"{description: "is \(.d)"}"#),
    ] {
      let storage = MemoryFiles(files: [:])
      let start = #"[{id: "ep_1", d: 1}] | endpoints update --journal j "#
      #expect(await CommandRun(start + patch, on: api, storage: storage).status == 0)
      #expect(await CommandRun(start + patch, on: api, storage: storage).output.contains("skipped"))
      let run = await CommandRun(start + other, on: api, storage: storage)
      #expect(run.errors.hasPrefix("error[journal-mismatch]: j is the journal of another body"), "\(patch)")
    }
  }

  @Test(
    "a damaged journal is refused with the line, and left as it is",
    arguments: [
      "nonsense\n", #"{"end":"evt_0","outcome":"done"}"# + "\n", "\n", #"{"begin":7}"# + "\n",
      "{\"begin\":\"evt_0\"}\n",
    ])
  func corrupt(line: String) async throws {
    let storage = MemoryFiles(files: [:])
    let server = EventServer(1)
    _ = await CommandRun("events list | replay --journal j", on: server, storage: storage)
    let bytes = try storage.read("j") + Array(line.utf8)
    let files = MemoryFiles(files: ["j": bytes])
    let run = await CommandRun("events list | replay --journal j", on: server, storage: files)
    #expect(run.errors.hasPrefix("error[journal-corrupt]: j, line 4: "))
    #expect(try files.read("j") == bytes)
    #expect(server.requests.count == 2)
  }

  @Test("somebody's other file is no journal, and is left as it is", arguments: ["", "\n"])
  func otherFile(end: String) async throws {
    let files = MemoryFiles(files: ["j": Array("dear diary\(end)".utf8)])
    let run = await CommandRun("[\"evt_0\"] | replay --journal j", on: EventServer(1), storage: files)
    #expect(run.errors.hasPrefix("error[journal-corrupt]: j is not a journal\n"))
    #expect(String(decoding: try files.read("j"), as: UTF8.self) == "dear diary\(end)")
  }

  @Test("a last line that was written in part is taken out, and that is said")
  func torn() async throws {
    let storage = MemoryFiles(files: [:])
    _ = await CommandRun("[\"evt_0\"] | replay --journal j", on: EventServer(2), storage: storage)
    let bytes = try storage.read("j") + Array(#"{"begin":"evt_"#.utf8)
    let files = MemoryFiles(files: ["j": bytes])
    let run = await CommandRun("[\"evt_1\"] | replay --journal j | get ok", on: EventServer(2), storage: files)
    #expect(run.output == "true\n")
    #expect(run.errors.contains("warning[journal-repaired]"))
    #expect(run.errors.contains("(14 bytes)"))
    let again = await CommandRun("journal show j | get done", storage: files)
    #expect(again.output == "2\n")
  }

  @Test("a journal that is open is refused to a second run")
  func inUse() async throws {
    let storage = MemoryFiles(files: [:])
    let file = MemoryDurableFile([])
    storage.keep(file, at: "j")
    _ = try storage.openDurable("j")
    let run = await CommandRun("[\"evt_0\"] | replay --journal j", on: EventServer(1), storage: storage)
    #expect(run.errors.hasPrefix("error[file-in-use]"))
    #expect(run.status == 1)
    file.close()
    #expect(await CommandRun("[\"evt_0\"] | replay --journal j", on: EventServer(1), storage: storage).status == 0)
  }

  @Test(
    "when the disk is full nothing more goes out, and what the journal lacks is told", arguments: [0, 150, 400, 700])
  func diskFull(room: Int) async throws {
    let storage = MemoryFiles(files: [:])
    let file = MemoryDurableFile([], room: room)
    storage.keep(file, at: "j")
    let server = EventServer(30)
    let run = await CommandRun("events list | replay --journal j --concurrency 2", on: server, storage: storage)
    #expect(run.errors.contains("error[file-error]: no space left on device"))
    #expect(run.status == 1)
    // Every request that went out is in the journal, and none went out that is not.
    let ledger = try Self.ledger(file.bytes)
    for id in server.replays.keys { #expect(ledger.number(of: id) != nil) }
    #expect(server.replays.count < 10)
    for number in 0..<ledger.count where ledger.state(number) == .open && server.replays[ledger.name(number)] == 1 {
      #expect(run.errors.contains("warning[journal-incomplete]: the journal lacks what became of"))
      #expect(run.output.contains(#""id":"\#(ledger.name(number))","ok":true"#))
    }
    // Once there is room it goes on from there.
    let files = MemoryFiles(files: ["j": file.bytes])
    let resumed = await CommandRun("events list | replay --journal j", on: server, storage: files)
    #expect(server.replays.values.allSatisfy { $0 == 1 })
    #expect(resumed.lines.count == 30)
  }

  @Test("a refused journal that ends in half a line keeps it")
  func tornAndRefused() async throws {
    let storage = MemoryFiles(files: [:])
    _ = await CommandRun("events list | replay --journal j", on: EventServer(1), storage: storage)
    let bytes = try storage.read("j") + Array(#"{"begin":"evt_"#.utf8)
    for script in ["[\"ep_1\"] | endpoints delete --yes --journal j", "[\"x\"] | replay --journal j; journal retry j"] {
      let files = MemoryFiles(files: ["j": bytes])
      let run = await CommandRun(script, storage: files, baseURL: "https://other.test")
      #expect(run.errors.hasPrefix("error[journal-mismatch]"))
      #expect(try files.read("j") == bytes)
    }
  }

  @Test("a journal that is taken away ends the run: what is under way is noted, and nothing more goes out")
  func displaced() async throws {
    let storage = MemoryFiles(files: [:])
    let file = MemoryDurableFile([])
    storage.keep(file, at: "j")
    let api = ScriptedAPI { request throws(TransportError) in
      if request.id == "evt_2" { file.displace() }
      return .replayed(request)
    }
    let ids = (1...20).map { "\"evt_\($0)\"" }.joined(separator: ", ")
    let run = await CommandRun("[\(ids)] | replay --journal j --concurrency 1 | get id", on: api, storage: storage)
    #expect(run.lines == ["evt_1", "evt_2"])
    #expect(run.errors.contains("error[file-displaced]: somebody has taken the file away"))
    #expect(!run.errors.contains("goes on"))
    #expect(run.status == 1)
    #expect(api.log.count == 2)
    let ledger = try Self.ledger(file.bytes)
    #expect(ledger.count(.done) == 2)
    #expect(ledger.count(.open) == 0)
  }

  @Test("journal retry does again what failed, once, and what is done never")
  func retry() async throws {
    let storage = MemoryFiles(files: [:])
    let server = EventServer(4)
    server.fail("evt_1", .refused)
    server.fail("evt_2", .lostRequest)
    _ = await CommandRun("events list | replay --journal j", on: server, storage: storage)
    let plan = await CommandRun("journal retry j --dry-run | get path", on: server, storage: storage)
    #expect(plan.output == "/api/v1/events/evt_1/replay\n")
    let retried = await CommandRun("journal retry j | select id ok", on: server, storage: storage)
    #expect(retried.output == "{\"id\":\"evt_1\",\"ok\":true}\n")
    #expect(retried.status == 0)
    let show = await CommandRun("journal show j | select done unknown refused runs", on: server, storage: storage)
    #expect(show.output == #"{"done":3,"unknown":1,"refused":0,"runs":2}"# + "\n")
    let unknown = await CommandRun("journal retry j --unknown | select id ok", on: server, storage: storage)
    #expect(unknown.output == "{\"id\":\"evt_2\",\"ok\":true}\n")
    #expect(server.replays.values.allSatisfy { $0 == 1 })
    #expect(server.replays.count == 4)
    let nothing = await CommandRun("journal retry j --unknown", on: server, storage: storage)
    #expect(nothing.output == "")
    #expect(nothing.status == 0)
  }

  @Test("journal retry --unknown replays nothing that has changed since")
  func retryUnknown() async {
    let storage = MemoryFiles(files: [:])
    let server = EventServer(1)
    server.fail("evt_0", .lostRequest)
    _ = await CommandRun("events list | replay --journal j", on: server, storage: storage)
    // Its first replay arrives late.
    let late = EventServer(1, replayed: ["evt_0"])
    let run = await CommandRun("journal retry j --unknown | select ok evidence", on: late, storage: storage)
    #expect(run.output == #"{"ok":true,"evidence":"its attempts were 5 and are 0"}"# + "\n")
    #expect(late.replays == ["evt_0": 1])
  }

  @Test("journal items lists what became of each")
  func items() async {
    let storage = MemoryFiles(files: [:])
    let server = EventServer(3)
    server.fail("evt_1", .refused)
    _ = await CommandRun("events list | replay --journal j --concurrency 1", on: server, storage: storage)
    let run = await CommandRun("journal items j | select id outcome error.status", storage: storage)
    #expect(
      run.lines == [
        #"{"id":"evt_0","outcome":"done","error.status":null}"#,
        #"{"id":"evt_1","outcome":"refused","error.status":409}"#,
        #"{"id":"evt_2","outcome":"done","error.status":null}"#,
      ])
    let missing = await CommandRun("journal items other", storage: storage)
    #expect(missing.errors.hasPrefix("error[file-error]: there is no journal other\n"))
  }

  @Test("a dry run with a journal lists what would still be sent, and leaves the journal alone")
  func dryRun() async throws {
    let storage = MemoryFiles(files: [:])
    let server = EventServer(3)
    let none = await CommandRun("events list | replay --journal j --dry-run | count", on: server, storage: storage)
    #expect(none.output == "3\n")
    #expect(!storage.isRegular("j"))
    _ = await CommandRun("[\"evt_1\"] | replay --journal j", on: server, storage: storage)
    let bytes = try storage.read("j")
    let some = await CommandRun("events list | replay --journal j --dry-run | get path", on: server, storage: storage)
    #expect(some.lines == ["/api/v1/events/evt_0/replay", "/api/v1/events/evt_2/replay"])
    #expect(try storage.read("j") == bytes)
  }

  @Test("what another run left open is settled even where it does not come from the pipe again")
  func leftOpen() async throws {
    let header = JournalHeader(id: "x", operation: .replay, server: "https://mittr.test")
    let before = EventTrace(["status": "dead", "attempts": 5, "updatedAt": "2026-01-01T00:00:00Z"])
    var bytes = JournalRecord.header(header).line(at: "t")
    for id in ["evt_0", "evt_1"] { bytes += JournalRecord.begin(id, JournalBegin(before: before)).line(at: "t") }
    let files = MemoryFiles(files: ["j": bytes])
    let server = EventServer(3, replayed: ["evt_0"])
    let run = await CommandRun("[\"evt_2\"] | replay --journal j | select id ok", on: server, storage: files)
    #expect(
      run.lines == [#"{"id":"evt_2","ok":true}"#, #"{"id":"evt_0","ok":true}"#, #"{"id":"evt_1","ok":false}"#])
    #expect(run.errors.contains("replay: 2 done, 0 failed, 1 unknown; unknown: evt_1; 'journal retry j --unknown'"))
    #expect(server.replays == ["evt_0": 1, "evt_2": 1])
  }
}
