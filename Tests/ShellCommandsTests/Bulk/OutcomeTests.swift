import Interpreter
import MittrSDK
import Synchronization
import TestSupport
import Testing

@Suite("What becomes of each item", .timeLimit(.minutes(1)))
struct OutcomeTests {
  @Test("a replay whose answer was lost is done if the event proves it, and is never sent again")
  func lostAnswer() async {
    let server = EventServer(3)
    server.fail("evt_0", .lostAnswer)
    server.fail("evt_1", .lostRequest)
    let run = await CommandRun(
      "events list | replay | select id ok evidence error.code", on: server, clock: Pauses().clock)
    #expect(
      run.lines == [
        #"{"id":"evt_0","ok":true,"evidence":"its attempts were 5 and are 0","error.code":null}"#,
        #"{"id":"evt_1","ok":false,"evidence":null,"error.code":"OUTCOME_UNKNOWN"}"#,
        #"{"id":"evt_2","ok":true,"evidence":null,"error.code":null}"#,
      ])
    #expect(run.errors.hasPrefix("replay: 2 done, 0 failed, 1 unknown; unknown: evt_1\nerror[items-failed]"))
    #expect(run.status == 3)
    #expect(server.requests.filter { $0.hasPrefix("POST") }.count == 3)
  }

  @Test("a server that failed leaves the outcome as open as a lost answer")
  func serverError() async {
    let server = EventServer(1)
    server.fail("evt_0", .broken)
    let run = await CommandRun("events list | replay | get error", on: server, clock: Pauses().clock)
    #expect(run.output.contains(#""code":"OUTCOME_UNKNOWN""#))
    #expect(run.output.contains("the server failed (INTERNAL_ERROR)"))
    #expect(run.output.contains(#""status":500"#))
  }

  @Test("a request that did not reach the server is sent again, and the run waits meanwhile")
  func unreached() async {
    let server = EventServer(2)
    server.fail("evt_0", .unreached, .unreached)
    let pauses = Pauses()
    let run = await CommandRun("events list | replay --concurrency 1 | get ok", on: server, clock: pauses.clock)
    #expect(run.lines == ["true", "true"])
    #expect(run.errors == "replay: 2 done, 0 failed\n")
    #expect(pauses.all == [.milliseconds(250), .milliseconds(500)])
    #expect(run.notices == [])
  }

  @Test("a server that stays out of reach ends the run; nothing of it counts as failed for good")
  func outOfReach() async throws {
    let storage = MemoryFiles(files: [:])
    let down = ScriptedAPI { _ throws(TransportError) in
      throw TransportError(.connectionRefused, mayHaveReachedServer: false, message: "nobody listens")
    }
    let ids = #"["evt_0", "evt_1", "evt_2"] | replay --journal j"#
    let run = await CommandRun(ids, on: down, clock: Pauses().clock, storage: storage)
    #expect(run.errors.contains("error[CONNECTION_REFUSED]"))
    #expect(run.notices == ["replay: the server cannot be reached; trying again in 1 s"])
    #expect(run.status == 1)
    let server = EventServer(3)
    let resumed = await CommandRun(ids + " | get ok", on: server, storage: storage)
    #expect(resumed.lines == ["true", "true", "true"])
    #expect(server.replays.count == 3)
  }

  @Test("an update is sent again after a lost answer, and a deletion whose object is gone is done")
  func repeatable() async {
    let count = Mutex(0)
    let api = ScriptedAPI { request throws(TransportError) in
      let isFirst = count.withLock { count in
        count += 1
        return count == 1
      }
      if isFirst { throw TransportError(.timeout, mayHaveReachedServer: true, message: "the server did not answer") }
      return request.method == "DELETE" ? .failure(404, "NOT_FOUND") : .json(#"{"id": "ep_1", "enabled": true}"#)
    }
    let update = await CommandRun(
      "[\"ep_1\"] | endpoints update {enabled: true}", on: api, clock: Pauses().clock)
    #expect(update.output == #"{"id":"ep_1","ok":true,"enabled":true}"# + "\n")
    count.withLock { $0 = 0 }
    let delete = await CommandRun(
      "[\"ep_1\", \"ep_2\"] | endpoints delete --yes --concurrency 1 | select id ok error.code", on: api,
      clock: Pauses().clock)
    // What was never there was not deleted.
    #expect(
      delete.lines == [
        #"{"id":"ep_1","ok":true,"error.code":null}"#, #"{"id":"ep_2","ok":false,"error.code":"NOT_FOUND"}"#,
      ])
  }

  @Test("429 with Retry-After pauses the whole run")
  func limited() async {
    let everybody = Barrier(parties: 4)
    let seen = Mutex<Set<String>>([])
    let pauses = Pauses()
    let api = ScriptedAPI { request throws(TransportError) in
      guard request.method == "POST" else { return .events(request, count: 12, total: nil) }
      if seen.withLock({ $0.count < 4 && $0.insert(request.id).inserted }) {
        await everybody.arrive()
        return TransportResponse(status: 429, headers: [HeaderField("Retry-After", "7")], body: Array("{}".utf8))
      }
      #expect(pauses.all.reduce(.zero, +) >= .seconds(7))
      return .replayed(request)
    }
    let run = await CommandRun("events list | replay --concurrency 4 | count", on: api, clock: pauses.clock)
    #expect(run.output == "12\n")
    #expect(run.errors == "replay: 12 done, 0 failed\n")
    #expect(run.notices == ["replay: the server asks to wait 7 s"])
    #expect(api.log.filter { $0.hasPrefix("POST") }.count == 16)
  }

  @Test("429 that waiting does not clear ends the run after a bounded number of tries")
  func endless() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.method == "POST" ? .failure(429, "RATE_LIMITED") : .events(request, count: 50, total: nil)
    }
    let run = await CommandRun("events list | replay --concurrency 8 | get error.code", on: api, clock: Pauses().clock)
    #expect(run.errors.contains("error[RATE_LIMITED]"))
    #expect(run.errors.contains("this does not clear by waiting"))
    #expect(run.status == 1)
    #expect(api.log.filter { $0.hasPrefix("POST") }.count <= 8 * 2 + 5)
  }

  @Test(
    "one item that is always refused with 429 fails alone, though no other request is under way", arguments: [1, 2],
    [HeaderField?.none, HeaderField("Retry-After", "2")])
  func limitedItem(concurrency: Int, retryAfter: HeaderField?) async {
    let api = ScriptedAPI { request throws(TransportError) in
      guard request.id == "evt_2" else { return .replayed(request) }
      return TransportResponse(status: 429, headers: retryAfter.map { [$0] } ?? [], body: Array("{}".utf8))
    }
    let ids = (1...40).map { "\"evt_\($0)\"" }.joined(separator: ", ")
    let run = await CommandRun(
      "[\(ids)] | replay --concurrency \(concurrency) | where not .ok | get id", on: api, clock: Pauses().clock)
    #expect(run.lines == ["evt_2"])
    #expect(run.errors.hasPrefix("replay: 39 done, 1 failed: 1 HTTP_429\n"))
    #expect(run.status == 3)
  }

  @Test("--on-error stop also ends a run whose item fails after all its attempts", arguments: [429, 500])
  func stopsAfterAttempts(status: Int) async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.id == "ep_1" ? .failure(status, "NOT_TODAY") : .json(#"{"id": "ep_2"}"#)
    }
    let run = await CommandRun(
      "[\"ep_1\", \"ep_2\"] | endpoints update {enabled: true} --concurrency 1 --on-error stop | get ok", on: api,
      clock: Pauses().clock)
    #expect(run.lines == ["false"])
    #expect(run.status == 3)
  }

  @Test("a slow request holds nothing up but what is shown, as far as the window goes")
  func headOfLine() async {
    let last = Gate()
    let api = ScriptedAPI { request throws(TransportError) in
      if request.id == "evt_1" { await last.pass() }
      if request.id == "evt_31" { last.open() }
      return .replayed(request)
    }
    let ids = (1...31).map { "\"evt_\($0)\"" }.joined(separator: ", ")
    let run = await CommandRun("[\(ids)] | replay --concurrency 2 | get id", on: api)
    #expect(run.lines == (1...31).map { "evt_\($0)" })
    #expect(api.mostInFlight == 2)
  }

  @Test("no more outcomes wait for a slow one than the window holds")
  func windowIsBounded() async {
    let (head, full) = (Gate(), Gate())
    let begun = Mutex(0)
    let api = ScriptedAPI { request throws(TransportError) in
      begun.withLock { $0 += 1 }
      if request.id == "evt_1" {
        full.open()
        await head.pass()
      }
      return .replayed(request)
    }
    let ids = (1...500).map { "\"evt_\($0)\"" }.joined(separator: ", ")
    let task = Task { await CommandRun("[\(ids)] | replay --concurrency 2 | count", on: api) }
    await full.pass()
    while begun.withLock({ $0 }) < 32 { await Task.yield() }
    for _ in 1...1000 { await Task.yield() }
    #expect(begun.withLock { $0 } == 32)
    head.open()
    #expect(await task.value.output == "500\n")
  }

  @Test("a rate limit that is used up is told once for its window, and a list that has to wait tells so, too")
  func rateLimit() async {
    let api = ScriptedAPI { request throws(TransportError) in
      let fields = [
        HeaderField("X-RateLimit-Remaining", "0"), HeaderField("X-RateLimit-Reset", "1767225630"),
        HeaderField("Date", "Thu, 01 Jan 2026 00:00:00 GMT"),
      ]
      return TransportResponse(status: 200, headers: fields, body: Array(#"{"id": "\#(request.id)"}"#.utf8))
    }
    let ids = (1...3).map { "\"evt_\($0)\"" }.joined(separator: ", ")
    let run = await CommandRun("[\(ids)] | replay --concurrency 1 | count", on: api, clock: Pauses().clock)
    #expect(run.output == "3\n")
    #expect(run.notices == ["replay: the server's rate limit is used up; waiting 30 s"])
    let count = Mutex(0)
    let busy = ScriptedAPI { request throws(TransportError) in
      let isFirst = count.withLock { count in
        count += 1
        return count == 1
      }
      guard isFirst else { return .events(request, count: 1, total: nil) }
      return TransportResponse(status: 503, headers: [HeaderField("Retry-After", "20")])
    }
    let list = await CommandRun("events list | count", on: busy)
    #expect(list.notices == ["events list: the server asks to wait 20 s"])
  }

  @Test("a redirect stops the run at once, is unknown, and says where it points")
  func redirect() async throws {
    let storage = MemoryFiles(files: [:])
    let api = ScriptedAPI { _ throws(TransportError) in
      TransportResponse(status: 308, headers: [HeaderField("Location", "https://mittr.test/login")])
    }
    let ids = (1...9).map { "\"evt_\($0)\"" }.joined(separator: ", ")
    let run = await CommandRun("[\(ids)] | replay --journal j --concurrency 1", on: api, storage: storage)
    #expect(run.lines.count == 1)
    #expect(
      run.output.contains(#""code":"OUTCOME_UNKNOWN","message":"the server redirects to https://mittr.test/login"#))
    #expect(run.errors.contains("error[OUTCOME_UNKNOWN]: the server redirects to https://mittr.test/login"))
    #expect(run.errors.contains("the base URL is wrong"))
    #expect(run.status == 1)
    #expect(api.log == ["POST /events/evt_1/replay"])
    let retry = await CommandRun("journal retry j | count", on: ScriptedAPI(events: 0), storage: storage)
    #expect(retry.output == "0\n")
    // What was not sent is done by the next run; what may have been done is not.
    let next = EventServer(10)
    let again = await CommandRun("[\(ids)] | replay --journal j | where .ok | get id", on: next, storage: storage)
    #expect(again.lines == (2...9).map { "evt_\($0)" })
    #expect(next.replays["evt_1"] == nil)
  }

  @Test(
    "an answer that does not tell leaves the outcome unknown; only what fails for the moment is sent again, and no replay",
    arguments: [
      (200, "<html>", 1), (200, #"{"error": "no", "code": "X"}"#, 1), (200, #"{"id": "other"}"#, 1), (302, "", 1),
      (418, "{}", 1), (700, "{}", 1), (408, "{}", 4), (500, "{}", 4), (503, "{}", 4),
    ])
  func untelling(status: Int, body: String, attempts: Int) async {
    let api = ScriptedAPI { _ throws(TransportError) in .json(body, status: status) }
    for (command, attempts) in [
      ("replay", 1), ("endpoints update {enabled: true}", attempts), ("endpoints delete --yes", attempts),
    ] {
      let before = api.log.count
      let run = await CommandRun("[\"x\"] | \(command) | get error.code", on: api, clock: Pauses().clock)
      #expect(run.output == "OUTCOME_UNKNOWN\n", "\(command)")
      #expect(run.status == (status == 302 ? 1 : 3), "\(command)")
      #expect(api.log.count - before == attempts, "\(command)")
      #expect(api.log.allSatisfy { !$0.hasPrefix("GET") })
    }
  }

  @Test("a lookup that shows another event proves nothing")
  func otherEvent() async {
    let api = ScriptedAPI { request throws(TransportError) in
      guard request.method == "GET" else { return .json("", status: 500) }
      guard request.target.hasPrefix("/events/") else {
        return .json(#"{"data": [{"id": "evt_1", "status": "dead", "attempts": 5}]}"#)
      }
      return .json(#"{"id": "evt_2", "status": "pending", "attempts": 0}"#)
    }
    let run = await CommandRun("events list | replay | get error.message", on: api, clock: Pauses().clock)
    #expect(run.output.contains("the server showed something else"))
    #expect(run.status == 3)
  }

  // MARK: Interrupts

  @Test("the first interrupt lets what is under way end, takes nothing more, and ends with 130; the journal goes on")
  func stop() async {
    let (begun, gate) = (Barrier(parties: 3), Gate())
    let under = Gate()
    let api = ScriptedAPI { request throws(TransportError) in
      guard request.method == "POST" else { return .events(request, count: 20, total: nil) }
      await begun.arrive()
      under.open()
      await gate.pass()
      return .replayed(request)
    }
    let signal = StopSignal()
    let task = Task {
      let storage = MemoryFiles(files: [:])
      let run = await CommandRun(
        "events list | replay --concurrency 3 --journal j | get id; print never", on: api, storage: storage,
        stopping: signal)
      let again = await CommandRun("events list | replay --journal j | count", on: api, storage: storage)
      return (run, again)
    }
    await under.pass()
    #expect(signal.stop())
    gate.open()
    let (run, again) = await task.value
    #expect(run.lines == ["evt_1", "evt_2", "evt_3"])
    #expect(run.errors.hasSuffix("replay: 3 done, 0 failed; the same command with the same --journal goes on\n"))
    #expect(run.status == 130)
    #expect(again.output == "20\n")
    #expect(again.errors.contains("replay: 17 done, 0 failed, 3 skipped (3 done before)"))
    #expect(api.log.filter { $0.hasPrefix("POST") }.count == 20)
    #expect(!signal.stop())
  }

  @Test("a second interrupt gives up what is under way, which the journal leaves open")
  func abort() async {
    let (under, never) = (Gate(), Gate())
    let api = ScriptedAPI { request throws(TransportError) in
      under.open()
      await never.pass()
      throw TransportError(.cancelled, mayHaveReachedServer: true, message: "the task was cancelled")
    }
    let signal = StopSignal()
    let task = Task {
      let storage = MemoryFiles(files: [:])
      let run = await CommandRun(
        "[\"evt_1\"] | replay --journal j", on: api, storage: storage, stopping: signal)
      return (run, await CommandRun("journal show j | select done open", storage: storage).output)
    }
    await under.pass()
    #expect(signal.stop())
    signal.abort()
    task.cancel()
    let (run, open) = await task.value
    #expect(run.status == 130)
    #expect(run.errors.hasSuffix("1 unknown; unknown: evt_1; the same command with the same --journal goes on\n"))
    #expect(open == #"{"done":0,"open":1}"# + "\n" || open == "")
  }

  @Test("an interrupt also ends a run that waits for its next item")
  func stopWhileWaiting() async {
    let (waiting, never) = (Gate(), Gate())
    let api = ScriptedAPI { request throws(TransportError) in
      guard request.method == "GET" else { return .replayed(request) }
      guard request.query("cursor") != nil else { return .events(request, count: 4, total: nil) }
      waiting.open()
      await never.pass()
      throw TransportError(.cancelled, mayHaveReachedServer: false, message: "the task was cancelled")
    }
    let signal = StopSignal()
    let task = Task { await CommandRun("events list --all --limit 2 | replay | get id", on: api, stopping: signal) }
    await waiting.pass()
    while !signal.stop() { await Task.yield() }
    let run = await task.value
    #expect(run.status == 130)
    #expect(run.errors.contains(" done, 0 failed"))
  }

  // MARK: Progress

  @Test("progress tells what was done of how many, and is taken away at the end")
  func progress() async {
    let display = Display()
    _ = await CommandRun("events list --all | replay | count", on: ScriptedAPI(events: 5, total: 5), progress: display)
    #expect(display.shown.last?.done == 5)
    #expect(display.shown.last?.total == 5)
    #expect(display.shown.allSatisfy { $0.verb == "replay" })
    #expect(display.isClear)
  }

  private final class Display: ProgressDisplay {
    private(set) var shown: [WorkProgress] = []
    private(set) var isClear = true

    func show(_ progress: WorkProgress) {
      shown.append(progress)
      isClear = false
    }

    func clear() { isClear = true }

    func showReading(_ name: String, _ count: Int?) {}
  }
}
