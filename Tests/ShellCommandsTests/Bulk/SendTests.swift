import MittrSDK
import OrderedJSON
import Synchronization
import TestSupport
import Testing

@Suite("Sending many events", .timeLimit(.minutes(1)))
struct SendTests {
  /// Takes events, once for each key.
  private final class Inbox: Transport {
    private let state = Mutex<(events: [String: String], requests: Int, lost: Set<Int>)>(([:], 0, []))

    /// - Parameter lost: the requests, by their numbers, whose answer is lost.
    init(losing lost: Set<Int> = []) { state.withLock { $0.lost = lost } }

    var bodies: [String] { state.withLock { $0.events.values.sorted() } }
    var keys: [String] { state.withLock { $0.events.keys.sorted() } }
    var requests: Int { state.withLock { $0.requests } }

    func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
      let key = request.header("X-Idempotency-Key") ?? ""
      let isLost = state.withLock { state in
        state.requests += 1
        state.events[key] = String(decoding: request.body ?? [], as: UTF8.self)
        return state.lost.contains(state.requests)
      }
      if isLost { throw TransportError(.connectionLost, mayHaveReachedServer: true, message: "the cable was cut") }
      return .json(#"{"id": "evt_of_\#(key)", "status": "pending"}"#, status: 201)
    }
  }

  @Test("an item is an event, or the payload of one")
  func items() async {
    let inbox = Inbox()
    let whole = await CommandRun(
      #"[{eventType: "a.b", payload: {n: 1}, maxAttempts: 3}, {destination: "https://x.y/z", payload: {n: 2}}] | events send | count"#,
      on: inbox)
    #expect(whole.output == "2\n")
    let payloads = await CommandRun("[{n: 3}] | events send c.d | count", on: inbox)
    #expect(payloads.errors == "events send: 1 done, 0 failed\n")
    _ = await CommandRun("[{n: 4}] | events send --destination https://x.y | count", on: inbox)
    _ = await CommandRun("[{n: 5, t: \"e.f\"}] | events send .t {m: .n} | count", on: inbox)
    #expect(
      inbox.bodies == [
        #"{"destination":"https://x.y","payload":{"n":4}}"#, #"{"destination":"https://x.y/z","payload":{"n":2}}"#,
        #"{"eventType":"a.b","payload":{"n":1},"maxAttempts":3}"#, #"{"eventType":"c.d","payload":{"n":3}}"#,
        #"{"eventType":"e.f","payload":{"m":5}}"#,
      ])
  }

  @Test("keys are taken from the item, or from an argument; outcomes tell the new events")
  func keys() async {
    let inbox = Inbox()
    let run = await CommandRun(
      #"[{eventType: "a", payload: {}, idempotencyKey: "k1"}] | events send; [{n: 2}] | events send b --idempotency-key "k\(.n)""#,
      on: inbox)
    #expect(inbox.keys == ["k1", "k2"])
    #expect(inbox.bodies == [#"{"eventType":"a","payload":{}}"#, #"{"eventType":"b","payload":{"n":2}}"#])
    #expect(run.lines.first == #"{"id":"evt_of_k1","ok":true,"status":"pending"}"#)
  }

  @Test("a lost answer is sent again under the same key, and is one event")
  func lost() async {
    let inbox = Inbox(losing: [1, 3])
    let pauses = Pauses()
    let run = await CommandRun(
      "[{n: 1}, {n: 2}, {n: 3}] | events send a --concurrency 1 | get ok", on: inbox, clock: pauses.clock)
    #expect(run.lines == ["true", "true", "true"])
    #expect(inbox.keys.count == 3)
    #expect(inbox.requests == 5)
  }

  @Test("with a journal the same items have the same keys in every run, and items alike have keys of their own")
  func derivedKeys() async throws {
    let storage = MemoryFiles(files: [:])
    let script = "[{n: 1}, {n: 1}, {n: 2}, {n: 1}] | events send a --journal j | get ok"
    let first = Inbox()
    #expect(await CommandRun(script, on: first, storage: storage).lines.count == 4)
    #expect(first.keys.count == 4)
    // The journal ends before its last lines: two items were begun and are open.
    let bytes = try storage.read("j")
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let isEnd = lines.map { $0.starts(with: Array(#"{"end""#.utf8)) }
    let kept = zip(lines, isEnd).filter { !$0.1 }.map { $0.0 + [UInt8(ascii: "\n")] }
    let second = Inbox()
    let files = MemoryFiles(files: ["j": kept.flatMap { $0 }])
    let run = await CommandRun(script, on: second, storage: files)
    #expect(run.lines == ["true", "true", "true", "true"])
    #expect(second.keys == first.keys)
    let done = await CommandRun(script, on: second, storage: files)
    #expect(done.errors.contains("events send: 0 done, 0 failed, 4 skipped (4 done before)"))
    #expect(second.requests == 4)
    // A dry run derives the same keys.
    #expect(await CommandRun(script.replacing("--journal", with: "--dry-run --journal"), storage: files).output == "")
  }

  @Test("what was begun is sent again from the journal, though its item does not come again")
  func leftOpen() async throws {
    let storage = MemoryFiles(files: [:])
    let first = Inbox(losing: [1, 2, 3, 4])
    let run = await CommandRun(
      "[{n: 1}] | events send a --journal j | get error.code", on: first, clock: Pauses().clock, storage: storage)
    #expect(run.output == "OUTCOME_UNKNOWN\n")
    #expect(first.requests == 4)
    let second = Inbox()
    let retried = await CommandRun("journal retry j --unknown | select ok", on: second, storage: storage)
    #expect(retried.output == "{\"ok\":true}\n")
    #expect(second.keys == first.keys)
    #expect(second.bodies == first.bodies)
  }

  @Test(
    "an item that is no event to send is told as that, and what to do",
    arguments: [
      ("[1] | events send", "expected a record to send as an event, got a number"),
      ("[{n: 1}] | events send", "a record with the fields n is no event to send"),
      (
        #"[{id: "evt_1", eventType: "a", payload: {}, createdAt: "t"}] | events send"#,
        "evt_1 is an event that was sent before"
      ),
    ])
  func wrongKind(script: String, message: String) async {
    let inbox = Inbox()
    let run = await CommandRun(script, on: inbox)
    #expect(run.output.contains(#""code":"wrong-kind","message":"item 1: \#(message)""#), "\(run.output)")
    #expect(run.errors.contains("events send") && run.errors.contains("0 done, 1 failed: 1 wrong-kind"))
    #expect(run.status == 3)
    #expect(inbox.requests == 0)
  }
}
