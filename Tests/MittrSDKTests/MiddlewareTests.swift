import MittrSDK
import OrderedJSON
import Synchronization
import Testing

@Suite struct MiddlewareTests {
  /// Writes down what it sees, and adds a header.
  private final class Recorder: ClientMiddleware {
    let name: String
    let seen = Mutex<[CallContext]>([])
    let order: Mutex<[String]>.Box

    init(_ name: String, _ order: Mutex<[String]>.Box = .init()) {
      self.name = name
      self.order = order
    }

    func intercept(
      _ request: TransportRequest, context: CallContext, next: NextTransport
    ) async throws(TransportError) -> TransportResponse {
      seen.withLock { $0.append(context) }
      order.value.withLock { $0.append("\(name) before") }
      var request = request
      request.setHeader("X-Passed", (request.header("X-Passed") ?? "") + name)
      let response = try await next(request)
      order.value.withLock { $0.append("\(name) after") }
      return response
    }
  }

  /// Answers in the server's place.
  private struct Answering: ClientMiddleware {
    let answer: Result<TransportResponse, TransportError>

    func intercept(
      _ request: TransportRequest, context: CallContext, next: NextTransport
    ) async throws(TransportError) -> TransportResponse {
      try answer.get()
    }
  }

  private func mittr(_ transport: ScriptedTransport, _ middlewares: any ClientMiddleware...) -> Mittr {
    Mittr(
      apiKey: Mittr.testKey, baseURL: "https://mittr.test", transport: transport, middlewares: middlewares,
      environment: TestClock().environment())
  }

  @Test("They see operation, attempt and idempotency key of each attempt")
  func context() async throws {
    let recorder = Recorder("a")
    let transport = ScriptedTransport(
      .json("", status: 503), .json(#"{"id":"evt_1"}"#), .json(#"{"id":"evt_1"}"#))
    let mittr = mittr(transport, recorder)
    _ = try await mittr.events.send(EventInput(eventType: "a", payload: [:]), idempotencyKey: "order-1")
    _ = try await mittr.events.replay("evt_1")
    #expect(
      recorder.seen.withLock { $0 } == [
        CallContext(operation: .sendEvent, attempt: 1, idempotencyKey: "order-1"),
        CallContext(operation: .sendEvent, attempt: 2, idempotencyKey: "order-1"),
        CallContext(operation: .replayEvent),
      ])
  }

  @Test("The first one is the outermost; what it adds reaches the server, once for each attempt")
  func order() async throws {
    let order = Mutex<[String]>.Box()
    let transport = ScriptedTransport(.json("", status: 500), .json(#"{"id":"evt_1"}"#))
    let mittr = mittr(transport, Recorder("a", order), Recorder("b", order))
    _ = try await mittr.events.get("evt_1")
    #expect(transport.requests.map { $0.header("X-Passed") } == ["ab", "ab"])
    #expect(
      Array(order.value.withLock { $0 }.prefix(4)) == ["a before", "b before", "b after", "a after"])
  }

  @Test("One may answer itself, and its answer is judged as the server's")
  func answers() async throws {
    let transport = ScriptedTransport()
    let cached = mittr(transport, Answering(answer: .json(#"{"id":"evt_1"}"#)))
    #expect(try await cached.events.get("evt_1").json["id"] == "evt_1")
    let refusing = mittr(transport, Answering(answer: .json(#"{"code":"NO"}"#, status: 403)))
    #expect(await failure { () throws(MittrError) in try await refusing.events.get("evt_1") }?.code == "NO")
    let lost = mittr(transport, Answering(answer: .lost(.connectionLost, reached: true)))
    #expect(
      await failure { () throws(MittrError) in try await lost.events.replay("evt_1") }?.code == "OUTCOME_UNKNOWN")
    #expect(transport.requests.isEmpty)
  }

  @Test("What a request shows of itself hides the key from their logs")
  func secret() async throws {
    struct Printing: ClientMiddleware {
      let printed: Mutex<[String]>.Box

      func intercept(
        _ request: TransportRequest, context: CallContext, next: NextTransport
      ) async throws(TransportError) -> TransportResponse {
        printed.value.withLock { $0.append("\(request) \(context) \(String(reflecting: request))") }
        return try await next(request)
      }
    }
    let printed = Mutex<[String]>.Box()
    _ = try await mittr(ScriptedTransport(.json(#"{"id":"evt_1"}"#)), Printing(printed: printed)).events.get("evt_1")
    #expect(printed.value.withLock { $0 }.count == 1)
    #expect(printed.value.withLock { $0 }.allSatisfy { !$0.contains(Mittr.testKey) })
  }

  @Test(
    "Whatever asks for it, an operation has the same name",
    arguments: [
      ("GET", "/api/v1/events?limit=2", "events.list"), ("POST", "/api/v1/events", "events.send"),
      ("GET", "/api/v1/events/evt_1", "events.get"), ("POST", "/api/v1/events/evt_1/replay", "events.replay"),
      ("POST", "/api/v1/endpoints", "endpoints.create"), ("GET", "/api/v1/endpoints", "endpoints.list"),
      ("GET", "/api/v1/endpoints/ep_1", "endpoints.get"), ("PATCH", "/api/v1/endpoints/ep_1", "endpoints.update"),
      ("DELETE", "/api/v1/endpoints/ep_1", "endpoints.delete"), ("DELETE", "/api/v1/events/evt_1", "request"),
      ("GET", "/api/v1/events/", "request"), ("GET", "/api/v1/eventsx", "request"),
      ("POST", "/api/v1/events/evt_1/replay/again", "request"), ("GET", "/health", "request"),
    ])
  func operation(method: String, path: String, name: String) async throws {
    let recorder = Recorder("a")
    _ = try await mittr(ScriptedTransport(.json(#"{"id":"evt_1"}"#)), recorder).request(method, path)
    #expect(recorder.seen.withLock { $0 }.map(\.operation.rawValue) == [name])
  }
}

extension Mutex where Value: Sendable & RangeReplaceableCollection {
  /// What several values can write to.
  final class Box: Sendable {
    let value = Mutex(Value())
  }
}
