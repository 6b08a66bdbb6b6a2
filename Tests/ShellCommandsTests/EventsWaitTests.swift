import Interpreter
import MittrSDK
import Synchronization
import Testing

@Suite("events wait", .timeLimit(.minutes(1)))
struct EventsWaitTests {
  /// Answers the event's next status at each look, the last one for ever.
  private static func api(_ statuses: [String: [String]]) -> ScriptedAPI {
    let left = Mutex(statuses)
    return ScriptedAPI { request throws(TransportError) in
      let status = left.withLock { left -> String? in
        guard let list = left[request.id], let first = list.first else { return nil }
        if list.count > 1 { left[request.id] = Array(list.dropFirst()) }
        return first
      }
      guard let status else { return .failure(404, "NOT_FOUND") }
      return .json(#"{"id": "\#(request.id)", "status": "\#(status)"}"#)
    }
  }

  @Test("a server that does not answer is not waited for longer than the timeout", .timeLimit(.minutes(1)))
  func silentServer() async {
    let api = ScriptedAPI { _ throws(TransportError) in
      try? await Task.sleep(for: .seconds(600))
      throw TransportError(.cancelled, mayHaveReachedServer: true, message: "given up")
    }
    let run = await CommandRun("events wait evt_1 --timeout 10ms", on: api)
    #expect(run.errors.hasPrefix("error[timeout]: the server did not say within 10ms what evt_1 is"), "\(run.errors)")
    #expect(run.status == 1)
  }

  @Test("it looks once a second until the event is delivered, and yields that one event")
  func delivered() async {
    let (api, pauses) = (Self.api(["evt_1": ["pending", "failed", "processing", "delivered"]]), Pauses())
    let run = await CommandRun("let e = events wait evt_1; print $e.status", on: api, clock: pauses.clock)
    #expect(run.errors == "")
    #expect(run.output == "delivered\n")
    #expect(api.log == Array(repeating: "GET /events/evt_1", count: 4))
    #expect(pauses.all == [.seconds(1), .seconds(1), .seconds(1)])
  }

  @Test("what is there already is yielded without a pause")
  func atOnce() async {
    let pauses = Pauses()
    let run = await CommandRun(
      "events wait evt_1 --timeout 0", on: Self.api(["evt_1": ["delivered"]]), clock: pauses.clock)
    #expect(run.status == 0)
    #expect(pauses.all == [])
  }

  @Test("several come in the order in which they were given, and each as soon as it is there")
  func order() async {
    let api = Self.api(["evt_1": ["pending", "delivered"], "evt_2": ["delivered"], "evt_3": ["failed", "delivered"]])
    let pauses = Pauses()
    let run = await CommandRun(
      #"["evt_1", {id: "evt_2"}, "evt_3"] | events wait --every 5s | get id"#, on: api, clock: pauses.clock)
    #expect(run.lines == ["evt_1", "evt_2", "evt_3"])
    #expect(pauses.all == [.seconds(5), .seconds(5)])
    let first = await CommandRun("events wait evt_1 evt_2 evt_3 | first 1 | get id", on: api, clock: pauses.clock)
    #expect(first.lines == ["evt_1"])
  }

  @Test(
    "a status that never comes fails at once",
    arguments: [
      ("delivered", "dead", "delivered"), ("failed", "delivered", "failed"), ("pending", "dead", "pending"),
      ("dead", "delivered", "dead"),
    ])
  func never(until: String, status: String, word: String) async {
    let pauses = Pauses()
    let run = await CommandRun(
      "events wait evt_1 --until \(until)", on: Self.api(["evt_1": [status]]), clock: pauses.clock)
    #expect(run.errors.contains("error[wait-failed]: evt_1 is \(status) and never will be \(word)\n"), "\(run.errors)")
    #expect(run.status == 1)
    #expect(pauses.all == [])
  }

  @Test("settled is delivered or dead; a failed event may still be delivered", arguments: ["delivered", "dead"])
  func settled(last: String) async {
    let run = await CommandRun(
      "events wait evt_1 --until settled | get .status", on: Self.api(["evt_1": ["failed", "failed", last]]),
      clock: Pauses().clock)
    #expect(run.output == "\(last)\n")
  }

  @Test("in the end it is late: the last look is at the very end, and the error names the event and its status")
  func timeout() async {
    let (api, pauses) = (Self.api(["evt_1": ["pending"]]), Pauses())
    let run = await CommandRun("events wait evt_1 --timeout 2500ms", on: api, clock: pauses.clock)
    #expect(run.errors.contains("error[timeout]: evt_1 is pending after 2500ms, not delivered\n"), "\(run.errors)")
    #expect(run.status == 1)
    #expect(pauses.all == [.seconds(1), .seconds(1), .milliseconds(500)])
    #expect(api.log.count == 4)
  }

  @Test("an event that the server does not know is its error, and the items before it are out")
  func unknown() async {
    let run = await CommandRun("events wait evt_1 evt_9 | get id", on: Self.api(["evt_1": ["delivered"]]))
    #expect(run.output == "evt_1\n")
    #expect(run.errors.contains("error[NOT_FOUND]"))
  }

  @Test("a pause is a point where an interrupt ends it, and what was printed is out by then")
  func cancelled() async {
    let api = Self.api(["evt_1": ["delivered"], "evt_2": ["pending"]])
    let waiting = Gate()
    let pauses = Pauses { _ in
      waiting.open()
      try? await Task.sleep(for: .seconds(60))
    }
    let run = Task { await CommandRun("events wait evt_1 evt_2 | get id", on: api, clock: pauses.clock) }
    await waiting.pass()
    run.cancel()
    let result = await run.value
    #expect(result.status == 130)
    #expect(result.output == "evt_1\n")
    #expect(result.errors == "")
  }

  @Test(
    "bad arguments are found before anything is sent",
    arguments: ["events wait evt_1 --until done", "events wait evt_1 --every 1ms", "events wait evt_1 --timeout soon"])
  func badArguments(script: String) async {
    let api = ScriptedAPI(events: 0)
    let run = await CommandRun(script, on: api)
    #expect(run.errors.contains("error[bad-argument]"))
    #expect(run.status == 2)
    #expect(api.log == [])
  }
}
