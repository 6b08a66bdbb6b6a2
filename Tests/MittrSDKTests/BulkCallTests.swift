import MittrSDK
import MittrSandbox
import OrderedJSON
import Synchronization
import Testing

@Suite("Many calls at once, as a library", .timeLimit(.minutes(1))) struct BulkCallTests {
  /// All results, and what ended the loop.
  private func all<Item, Output>(
    _ calls: BulkSequence<Item, Output>
  ) async -> (results: [BulkResult<Item, Output>], error: (any Error)?) {
    var results: [BulkResult<Item, Output>] = []
    do {
      for try await result in calls { results.append(result) }
      return (results, nil)
    } catch {
      return (results, error)
    }
  }

  /// Answers each request for an event with the event.
  private static func event(_ request: TransportRequest) -> TransportResponse {
    let parts = request.target.split(separator: "/")
    return .json(#"{"id":"\#(parts.count > 3 ? String(parts[3]) : "evt_new")","status":"pending"}"#)
  }

  /// Lets requests through when so many have come.
  private actor Barrier {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(_ size: Int) { self.size = size }

    func pass() async {
      await withCheckedContinuation { continuation in
        waiting.append(continuation)
        guard waiting.count == size else { return }
        for continuation in waiting { continuation.resume() }
        waiting = []
      }
    }
  }

  private let ids = (1...6).map { "evt_\($0)" }

  @Test("So many requests are under way as was said, never more, and results come in the order of the items")
  func concurrency() async {
    let barrier = Barrier(3)
    let (underWay, most) = (Atomic<Int>.Box(), Atomic<Int>.Box())
    let transport = ScriptedTransport { (request, _) throws(TransportError) in
      let count = underWay.value.add(1, ordering: .acquiringAndReleasing).newValue
      most.value.max(count, ordering: .acquiringAndReleasing)
      await barrier.pass()
      underWay.value.subtract(1, ordering: .acquiringAndReleasing)
      return Self.event(request)
    }
    let (results, error) = await all(Mittr(transport).events.replay(ids, concurrency: 3))
    #expect(error == nil)
    #expect(results.map(\.item) == ids)
    #expect(results.map { (try? $0.get())?.json["id"]?.stringValue } == ids)
    #expect(most.value.load(ordering: .acquiring) == 3)
  }

  @Test("Making one does nothing; an item that comes again is done once; one without an id fails alone")
  func items() async throws {
    let transport = ScriptedTransport { (request, _) throws(TransportError) in Self.event(request) }
    let calls = Mittr(transport).events.replay(["evt_1", "", "evt_2", "evt_1", "..", "evt_3"])
    #expect(transport.requests.isEmpty)
    let (results, error) = await all(calls)
    #expect(error == nil)
    #expect(results.map(\.item) == ["evt_1", "", "evt_2", "..", "evt_3"])
    #expect(results.map { (try? $0.get()) != nil } == [true, false, true, false, true])
    #expect(transport.requests.count == 3)
    // Each loop is a run of its own.
    _ = await all(calls)
    #expect(transport.requests.count == 6)
  }

  @Test("A replay whose answer was lost is not sent again, and its result says that nobody knows")
  func lostReplay() async {
    let transport = ScriptedTransport { (request, _) throws(TransportError) in
      guard request.target.contains("evt_2") else { return Self.event(request) }
      throw TransportError(.connectionLost, mayHaveReachedServer: true, message: "cut")
    }
    let (results, error) = await all(Mittr(transport).events.replay(ids, concurrency: 2))
    #expect(error == nil)
    #expect(results.map(\.item) == ids)
    #expect(transport.requests.count == 6)
    guard case .failure(let failure) = results[1].result else {
      Issue.record("it succeeded")
      return
    }
    #expect(failure.isOutcomeUnknown)
    #expect(failure.code == "OUTCOME_UNKNOWN")
    #expect(results.filter { (try? $0.get()) != nil }.count == 5)
  }

  @Test("An event whose answer was lost is sent again under the same key, and each event has a key of its own")
  func lostSend() async {
    let transport = ScriptedTransport { (request, index) throws(TransportError) in
      if index == 1 { throw TransportError(.timeout, mayHaveReachedServer: true, message: "late") }
      return Self.event(request)
    }
    let inputs = (1...3).map { EventInput(eventType: "a", payload: ["n": .number(JSONNumber($0))]) }
    let (results, error) = await all(Mittr(transport).events.send(inputs, concurrency: 1))
    #expect(error == nil)
    #expect(results.map(\.item) == inputs)
    #expect(results.allSatisfy { (try? $0.get()) != nil })
    #expect(transport.requests.map { $0.header("X-Idempotency-Key") } == ["key-1", "key-2", "key-2", "key-3"])
    let own = ScriptedTransport { (request, _) throws(TransportError) in Self.event(request) }
    let keyed = Mittr(own).events.send(inputs, concurrency: 1) { "order-\($0.payload?["n"]?.description ?? "")" }
    _ = await all(keyed)
    #expect(own.requests.map { $0.header("X-Idempotency-Key") } == ["order-1", "order-2", "order-3"])
  }

  @Test(
    "A failure that all would share ends the run: its item has a result, nothing more is sent",
    arguments: [(401, "UNAUTHORIZED"), (402, "QUOTA_EXCEEDED")])
  func shared(status: Int, code: String) async {
    let transport = ScriptedTransport { (request, index) throws(TransportError) in
      guard index == 2 else { return Self.event(request) }
      return TransportResponse(status: status, body: Array(#"{"code":"\#(code)"}"#.utf8))
    }
    let (results, error) = await all(Mittr(transport).events.replay(ids, concurrency: 1))
    #expect((error as? MittrError)?.status == status)
    #expect(results.map(\.item) == ["evt_1", "evt_2", "evt_3"])
    #expect((try? results[2].get()) == nil)
    #expect(transport.requests.count == 3)
  }

  @Test("A refusal because of the rate limit makes the run wait, and the item is sent again")
  func limited() async {
    let clock = TestClock()
    let transport = ScriptedTransport { (request, index) throws(TransportError) in
      guard index == 1 else { return Self.event(request) }
      return TransportResponse(status: 429, headers: [HeaderField("Retry-After", "7")])
    }
    let (results, error) = await all(Mittr(transport, clock: clock).events.replay(ids, concurrency: 1))
    #expect(error == nil)
    #expect(results.map(\.item) == ids)
    #expect(results.allSatisfy { (try? $0.get()) != nil })
    #expect(transport.requests.map(\.target).filter { $0.contains("evt_2") }.count == 2)
    #expect(clock.waits.reduce(.zero, +) >= .seconds(7))
  }

  @Test("A server that is not there ends the run after some pauses, and nothing was done")
  func unreached() async {
    let transport = ScriptedTransport { (_, _) throws(TransportError) in
      throw TransportError(.connectionRefused, mayHaveReachedServer: false, message: "nobody listens")
    }
    let (results, error) = await all(Mittr(transport).events.replay(ids, concurrency: 2))
    #expect((error as? MittrError)?.code == "CONNECTION_REFUSED")
    #expect(results.allSatisfy { (try? $0.get()) == nil })
    #expect(transport.requests.count < 20)
  }

  @Test("Cancelling gives up what is under way, which may have been done, and tells so")
  func cancelled() async {
    let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
    let transport = ScriptedTransport { (_, _) throws(TransportError) in
      arrived.yield()
      do { try await Task.sleep(for: .seconds(3600)) } catch {
        throw TransportError(.cancelled, mayHaveReachedServer: true, message: "cancelled")
      }
      return .json("{}")
    }
    let calls = Mittr(transport).events.replay(ids, concurrency: 2)
    let run = Task { await all(calls) }
    var count = 0
    for await _ in arrivals {
      count += 1
      if count == 2 { break }
    }
    run.cancel()
    let (results, error) = await run.value
    #expect((error as? MittrError)?.code == "CANCELLED")
    #expect(results.map(\.item) == ["evt_1", "evt_2"])
    for result in results {
      guard case .failure(let failure) = result.result else {
        Issue.record("it succeeded")
        continue
      }
      #expect(failure.isOutcomeUnknown)
    }
    #expect(transport.requests.count == 2)
  }

  @Test("Leaving the loop sends nothing more, and sees through what is under way")
  func leaving() async throws {
    let (ends, ended) = AsyncStream.makeStream(of: Void.self)
    let (opened, open) = AsyncStream.makeStream(of: Void.self)
    let transport = ScriptedTransport { (request, index) throws(TransportError) in
      guard index > 0 else { return Self.event(request) }
      for await _ in opened { break }
      #expect(!Task.isCancelled)
      ended.yield()
      return Self.event(request)
    }
    for try await result in Mittr(transport).events.replay(ids, concurrency: 1) where result.item == "evt_1" { break }
    let sent = transport.requests.count
    open.finish()
    if sent > 1 { for await _ in ends { break } }
    #expect(sent <= 2)
    #expect(transport.requests.count == sent)
  }

  @Test("An endpoint that is gone after an answer was lost was deleted; a change is sent again")
  func endpoints() async {
    let transport = ScriptedTransport(
      .lost(.connectionLost, reached: true), .json(#"{"code":"NOT_FOUND"}"#, status: 404),
      .json(#"{"code":"NOT_FOUND"}"#, status: 404))
    let (results, error) = await all(Mittr(transport).endpoints.delete(["ep_1", "ep_2"], concurrency: 1))
    #expect(error == nil)
    #expect(results.map { (try? $0.get()) != nil } == [true, false])
    let patching = ScriptedTransport(.json("oops", status: 502), .json(#"{"id":"ep_1"}"#))
    let updates = Mittr(patching).endpoints.update(["ep_1"], EndpointPatch(json: ["enabled": false]))
    #expect(await all(updates).results.map { (try? $0.get())?.json["id"] } == ["ep_1"])
    #expect(patching.requests.map(\.bodyText) == [#"{"enabled":false}"#, #"{"enabled":false}"#])
  }

  @Test("What the items' sequence throws ends the loop once what was sent has its results")
  func throwingItems() async throws {
    struct Broken: Error {}
    let (events, continuation) = AsyncThrowingStream.makeStream(of: Event.self)
    continuation.yield(try Event(json: ["id": "evt_1"]))
    continuation.yield(try Event(json: ["id": "evt_2"]))
    continuation.finish(throwing: Broken())
    let transport = ScriptedTransport { (request, _) throws(TransportError) in Self.event(request) }
    let (results, error) = await all(Mittr(transport).events.replay(events))
    #expect(error is Broken)
    #expect(results.map { $0.item.json["id"] } == ["evt_1", "evt_2"])
    #expect(results.allSatisfy { (try? $0.get()) != nil })
  }

  @Test("Every failed event of a server is replayed once, whatever page it is on")
  func sandbox() async throws {
    var configuration = SandboxConfiguration()
    configuration.seed = .demo
    try await Sandbox.with(configuration) { sandbox in
      let mittr = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
      let failed = EventListParameters(status: "failed", limit: 3)
      var expected: Set<String> = []
      for try await event in mittr.events.iterate(failed) { expected.insert(event.json["id"]?.stringValue ?? "") }
      let (results, error) = await all(mittr.events.replay(mittr.events.iterate(failed), concurrency: 4))
      #expect(error == nil)
      #expect(results.allSatisfy { (try? $0.get()) != nil })
      #expect(results.count == expected.count)
      #expect(Set(results.map { $0.item.json["id"]?.stringValue ?? "" }) == expected)
      #expect(!expected.isEmpty)
      await mittr.shutdown()
    }
  }
}
