#if Observability
  import CoreMetrics
  import InMemoryLogging
  import InMemoryTracing
  import Logging
  import MetricsTestKit
  import MittrSDK
  import OrderedJSON
  import Testing
  import Tracing

  @Suite("What logs, metrics and traces tell of a call") struct ObservabilityTests {
    private static let secrets = [Mittr.testKey, "order-1-created", "evt_secret", "4111", "server's words"]

    /// A call that fails once and then succeeds, unless it says otherwise.
    private func observed(
      _ answers: [Result<TransportResponse, TransportError>] = [
        .json(#"{"error":"server's words","code":"OOPS"}"#, status: 500), .json(#"{"id":"evt_secret"}"#, status: 202),
      ],
      _ call: (Mittr) async throws -> Void = {
        _ = try await $0.events.send(
          EventInput(eventType: "a", payload: ["card": "4111"]), idempotencyKey: "order-1-created")
      }
    ) async -> Observed {
      let observed = Observed()
      let transport = ScriptedTransport { (_, index) throws(TransportError) in
        guard answers.indices.contains(index) else {
          throw TransportError(.other, mayHaveReachedServer: false, message: "no answer \(index)")
        }
        return try answers[index].get()
      }
      let log = observed.log
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: "https://mittr.test:8443/prefix", transport: transport,
        logger: Logger(label: "test") { _ in log }, environment: TestClock().environment())
      await withTracer(observed.tracer) {
        await withMetricsFactory(observed.metrics) {
          await withSpan("checkout") { span in
            span.attributes["checkout"] = true
            try? await call(mittr)
          }
        }
      }
      observed.requests = transport.requests
      return observed
    }

    private final class Observed {
      let tracer = InMemoryTracer()
      let metrics = TestMetrics()
      var log = InMemoryLogHandler()
      var requests: [TransportRequest] = []

      init() { log.logLevel = .trace }

      var call: FinishedInMemorySpan? { tracer.finishedSpans.first { $0.operationName.hasPrefix("mittr ") } }
      var caller: FinishedInMemorySpan? { tracer.finishedSpans.first { $0.operationName == "checkout" } }
    }

    @Test("A call is one span with the caller's as its parent, and its attempts are events")
    func span() async throws {
      let observed = await observed()
      #expect(observed.tracer.finishedSpans.map(\.operationName) == ["mittr events.send", "checkout"])
      let (call, caller) = try (#require(observed.call), #require(observed.caller))
      #expect(call.parentSpanID == caller.spanID)
      #expect(call.traceID == caller.traceID)
      #expect(call.kind == .client)
      #expect(call.status == nil)
      #expect(call.attributes.get("mittr.operation") == "events.send")
      #expect(call.attributes.get("http.request.method") == "POST")
      #expect(call.attributes.get("url.template") == "/api/v1/events")
      #expect(call.attributes.get("server.address") == "mittr.test")
      #expect(call.attributes.get("server.port") == .int64(8443))
      #expect(call.attributes.get("http.request.resend_count") == .int64(1))
      #expect(call.events.map(\.name) == ["attempt", "attempt"])
      #expect(call.events.map { $0.attributes.get("http.response.status_code") } == [.int64(500), .int64(202)])
    }

    @Test("Each attempt tells the server which trace it belongs to")
    func propagation() async throws {
      let observed = await observed()
      let call = try #require(observed.call)
      #expect(observed.requests.count == 2)
      for request in observed.requests {
        #expect(request.header(InMemoryTracer.traceIDKey) == call.traceID)
        #expect(request.header(InMemoryTracer.spanIDKey) == call.spanID)
      }
    }

    @Test("A failed call's span says so by its code, and a lost answer says that nobody knows")
    func failed() async throws {
      let observed = await observed([.lost(.connectionLost, reached: true)]) {
        _ = try await $0.events.replay("evt_secret")
      }
      let call = try #require(observed.call)
      #expect(call.status?.code == .error)
      #expect(call.attributes.get("error.type") == "OUTCOME_UNKNOWN")
      #expect(call.attributes.get("url.template") == "/api/v1/events/{id}/replay")
      #expect(call.events.map { $0.attributes.get("error.type") } == ["CONNECTION_LOST"])
      let timer = try observed.metrics.expectTimer(
        "mittr.call.duration", [("operation", "events.replay"), ("outcome", "unknown"), ("status", "none")])
      #expect(timer.values.count == 1)
    }

    @Test("Metrics count calls and retries, by words of which there are few")
    func metrics() async throws {
      let observed = await observed()
      let timer = try observed.metrics.expectTimer(
        "mittr.call.duration", [("operation", "events.send"), ("outcome", "ok"), ("status", "2xx")])
      #expect(timer.values.count == 1)
      let retries = try observed.metrics.expectCounter(
        "mittr.call.retries", [("operation", "events.send"), ("outcome", "unknown"), ("status", "5xx")])
      #expect(retries.values == [1])
      #expect(observed.metrics.timers.count == 1)
      #expect(observed.metrics.counters.count == 1)
    }

    @Test("A log has a line for a retry and one for the call")
    func log() async throws {
      let observed = await observed()
      #expect(observed.log.entries.map(\.level) == [.info, .debug])
      let retry = try #require(observed.log.entries.first)
      #expect(retry.metadata["mittr.operation"] == "events.send")
      #expect(retry.metadata["mittr.attempt"] == "1")
      #expect(retry.metadata["http.response.status_code"] == "500")
    }

    @Test("Nothing that was sent or received is in any of it")
    func secret() async throws {
      for answers: [Result<TransportResponse, TransportError>] in [
        [.json(#"{"error":"server's words"}"#, status: 500), .json(#"{"id":"evt_secret"}"#)],
        [.json(#"{"error":"server's words, evt_secret, 4111"}"#, status: 400)],
        [.json(#"{"error":"server's words","code":"\#(Mittr.testKey)"}"#, status: 401)],
        [.lost(.connectionLost, reached: true)],
      ] {
        let observed = await observed(answers)
        var shown = observed.log.entries.map { "\($0.message) \($0.metadata)" }
        func note(_ name: String, _ value: SpanAttribute) { shown.append("\(name) \(value)") }
        for span in observed.tracer.finishedSpans {
          shown.append("\(span.operationName) \(span.status as Any) \(span.errors)")
          span.attributes.forEach(note)
          for event in span.events {
            shown.append(event.name)
            event.attributes.forEach(note)
          }
        }
        for timer in observed.metrics.timers { shown.append("\(timer.label) \(timer.dimensions)") }
        for counter in observed.metrics.counters { shown.append("\(counter.label) \(counter.dimensions)") }
        for secret in Self.secrets { #expect(!shown.joined(separator: "\n").contains(secret), "\(secret)") }
      }
    }

    @Test("The built-in transport makes no spans of its own")
    func noOrphans() async throws {
      let tracer = InMemoryTracer()
      try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { server in
        try await withTracer(tracer) {
          let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
          _ = try await mittr.events.get("evt_1")
          await mittr.shutdown()
        }
      }
      #expect(tracer.finishedSpans.map(\.operationName) == ["mittr events.get"])
    }
  }
#endif
