import MittrTesting
import Synchronization
import Testing

@Suite("Transports for tests")
struct TransportTests {
  @Test("a script gives its answers in turn, retries included, and no time passes")
  func inTurn() async throws {
    let transport = ScriptedTransport(
      .rateLimited(retryAfter: 7), .failure(.connectionRefused, mayHaveReachedServer: false),
      .json(["id": "evt_1", "status": "pending"], status: 202))
    let waits = Mutex<[Duration]>([])
    let mittr = Mittr(transport, environment: .testing { wait in waits.withLock { $0.append(wait) } })
    let event = try await mittr.events.send(EventInput(eventType: "order.created", payload: ["orderId": "ord_1"]))
    #expect(event.status == .pending)
    #expect(transport.requests.map(\.method) == ["POST", "POST", "POST"])
    #expect(transport.requests.map { $0.header("X-Idempotency-Key") } == ["key-1", "key-1", "key-1"])
    #expect(transport.requests[0].url == "https://mittr.test/api/v1/events")
    #expect(waits.withLock { $0.count == 2 && $0.first == .seconds(7) })
  }

  @Test("a script that is at its end fails, and says so")
  func exhausted() async {
    let transport = ScriptedTransport(.json([:]))
    let mittr = Mittr(transport, retryPolicy: .never)
    _ = try? await mittr.request("GET", "/api/v1/events")
    let error = await #expect(throws: MittrError.self) { try await mittr.request("GET", "/api/v1/events") }
    #expect(error?.message.contains("the script has 1 answers and was asked for more") == true)
  }

  @Test("a script answers by what it is asked for")
  func byRequest() async throws {
    let mittr = Mittr(
      ScriptedTransport { request in
        request.method == "GET"
          ? .json(["data": [], "pagination": ["hasMore": false]]) : .error("NOT_FOUND", status: 404)
      })
    #expect(try await mittr.events.list().data.isEmpty)
    let error = await #expect(throws: MittrError.self) { try await mittr.events.replay("evt_1") }
    #expect(error?.code == "NOT_FOUND")
    #expect(error?.status == 404)
  }

  @Test("a lost answer to a replay leaves open what was done")
  func lost() async {
    let mittr = Mittr(ScriptedTransport(.failure(.connectionLost)))
    let error = await #expect(throws: MittrError.self) { try await mittr.events.replay("evt_1") }
    #expect(error?.isOutcomeUnknown == true)
  }

  @Test("a page of a proxy is no answer")
  func text() async {
    let mittr = Mittr(ScriptedTransport(.text("<html>", contentType: "text/html")), retryPolicy: .never)
    await #expect(throws: MittrError.self) { try await mittr.events.send(EventInput(eventType: "a", payload: [:])) }
  }

  @Test("a cancelled task gets no answer, as from a real transport")
  func cancelled() async {
    let transport = ScriptedTransport(.json([:]))
    let result = await Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await transport.send(TransportRequest(method: "GET", url: "https://mittr.test"))
    }.result
    #expect(throws: TransportError.self) { try result.get() }
    #expect(transport.requests.isEmpty)
  }

  @Test("a recording keeps what was sent and what came back, and shows no key")
  func recording() async throws {
    let script = ScriptedTransport(.json(["id": "evt_1", "status": "pending"]), .failure(.timeout))
    let transport = RecordingTransport(script)
    let mittr = Mittr(transport, retryPolicy: .never)
    _ = try await mittr.events.get("evt_1")
    await #expect(throws: MittrError.self) { try await mittr.events.get("evt_2") }
    #expect(transport.exchanges.map(\.response?.status) == [200, nil])
    #expect(transport.exchanges.map(\.request.method) == ["GET", "GET"])
    #expect(throws: TransportError.self) { try transport.exchanges.last?.result.get() }
    var dumped = "\(transport.exchanges)"
    dump(transport.exchanges, to: &dumped)
    #expect(!dumped.contains("mtr_test"))
    await transport.shutdown()
  }
}
