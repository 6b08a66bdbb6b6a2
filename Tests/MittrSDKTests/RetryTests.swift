import MittrSDK
import OrderedJSON
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct RetryTests {
  private static let event: Result<TransportResponse, TransportError> = .json(#"{"id":"evt_1"}"#)
  private static let input = EventInput(eventType: "a", payload: [:])

  /// How a first attempt may fail.
  enum FirstFailure: String, CaseIterable, Sendable {
    case connectionRefused, dns, connectTimeout
    case timeout, connectionLost
    case rateLimited, unavailableWithRetryAfter
    case internalError, badGateway, unavailable
    case tls, cancelled, notFound, conflict, redirect

    var result: Result<TransportResponse, TransportError> {
      switch self {
      case .connectionRefused: .lost(.connectionRefused, reached: false)
      case .dns: .lost(.dns, reached: false)
      case .connectTimeout: .lost(.connectTimeout, reached: false)
      case .timeout: .lost(.timeout, reached: true)
      case .connectionLost: .lost(.connectionLost, reached: true)
      case .rateLimited: .json(#"{"error":"slow down","code":"RATE_LIMITED"}"#, status: 429)
      case .unavailableWithRetryAfter: .json("{}", status: 503, headers: [HeaderField("retry-after", "1")])
      case .internalError: .json(#"{"error":"oops"}"#, status: 500)
      case .badGateway: .json("<html>", status: 502)
      case .unavailable: .json("", status: 503)
      case .tls: .lost(.tls, reached: false)
      case .cancelled: .lost(.cancelled, reached: true)
      case .notFound: .json(#"{"code":"NOT_FOUND"}"#, status: 404)
      case .conflict: .json(#"{"code":"CONFLICT"}"#, status: 409)
      case .redirect: .json("", status: 307, headers: [HeaderField("Location", "https://elsewhere.test/")])
      }
    }

    /// The request was refused before it was processed: every request may be sent again.
    static let refused: Set<Self> = [
      .connectionRefused, .dns, .connectTimeout, .rateLimited, .unavailableWithRetryAfter,
    ]
    /// The request may have been processed: only what cannot be done twice may be sent again.
    static let open: Set<Self> = [.timeout, .connectionLost, .internalError, .badGateway, .unavailable]
  }

  @Test("Reads and sends are retried whenever that may help", arguments: FirstFailure.allCases)
  func repeatable(first: FirstFailure) async {
    let isRetried = FirstFailure.refused.union(FirstFailure.open).contains(first)
    let reading = ScriptedTransport(first.result, Self.event)
    let read = await failure { () throws(MittrError) in try await Mittr(reading).events.get("evt_1") }
    #expect((read == nil) == isRetried)
    #expect(reading.requests.count == (isRetried ? 2 : 1))
    let sending = ScriptedTransport(first.result, Self.event)
    let send = await failure { () throws(MittrError) in try await Mittr(sending).events.send(Self.input) }
    #expect((send == nil) == isRetried)
    #expect(Set(sending.requests.map { $0.header("X-Idempotency-Key") }) == ["key-1"])
    #expect(sending.requests.count == (isRetried ? 2 : 1))
  }

  /// Everything that must not be done twice.
  enum Change: CaseIterable, Sendable {
    case replay, create, update, delete, request

    func make(with mittr: Mittr) async throws(MittrError) {
      switch self {
      case .replay: _ = try await mittr.events.replay("evt_1")
      case .create: _ = try await mittr.endpoints.create(EndpointInput(url: "https://x.test"))
      case .update: _ = try await mittr.endpoints.update("evt_1", EndpointPatch())
      case .delete: try await mittr.endpoints.delete("evt_1")
      case .request: _ = try await mittr.request("POST", "/api/v1/events")
      }
    }
  }

  @Test(
    "Everything else is retried only when it was refused before it was processed",
    arguments: Change.allCases, FirstFailure.allCases)
  func unrepeatable(change: Change, first: FirstFailure) async {
    let isRetried = FirstFailure.refused.contains(first)
    let transport = ScriptedTransport(first.result, Self.event)
    let error = await failure { () throws(MittrError) in try await change.make(with: Mittr(transport)) }
    #expect((error == nil) == isRetried)
    #expect(transport.requests.count == (isRetried ? 2 : 1))
  }

  @Test("A replay whose answer was lost is OUTCOME_UNKNOWN", arguments: [TransportError.Kind.timeout, .connectionLost])
  func lostReplay(kind: TransportError.Kind) async {
    let transport = ScriptedTransport(.lost(kind, reached: true))
    let error = await failure { () throws(MittrError) in try await Mittr(transport).events.replay("evt_1") }
    #expect(error?.code == "OUTCOME_UNKNOWN")
    #expect(error?.isOutcomeUnknown == true)
    #expect(error?.status == nil)
    #expect(error?.transportError?.kind == kind)
  }

  @Test("A replay that never left is no unknown outcome")
  func unsentReplay() async {
    let transport = ScriptedTransport { (_, _) throws(TransportError) in
      throw TransportError(.connectionRefused, mayHaveReachedServer: false, message: "nobody listens")
    }
    let error = await failure { () throws(MittrError) in try await Mittr(transport).events.replay("evt_1") }
    #expect(error?.code == "CONNECTION_REFUSED")
    #expect(error?.isOutcomeUnknown == false)
    #expect(transport.requests.count == 4)
  }

  @Test("A replay that was answered with 500 keeps the server's words, and says that it may have been done")
  func failedReplay() async {
    let transport = ScriptedTransport(.json(#"{"error":"oops","code":"INTERNAL"}"#, status: 500))
    let error = await failure { () throws(MittrError) in try await Mittr(transport).events.replay("evt_1") }
    #expect(error?.code == "OUTCOME_UNKNOWN")
    #expect(error?.message == "the server failed (INTERNAL): oops")
    #expect(error?.body == .json(["error": "oops", "code": "INTERNAL"]))
    #expect(error?.status == 500)
    #expect(error?.isOutcomeUnknown == true)
    #expect(transport.requests.count == 1)
  }

  @Test("A replay that was cancelled after it was written is CANCELLED, and says that it may have been done")
  func cancelledReplay() async {
    let transport = ScriptedTransport(.lost(.cancelled, reached: true))
    let error = await failure { () throws(MittrError) in try await Mittr(transport).events.replay("evt_1") }
    #expect(error?.code == "CANCELLED")
    #expect(error?.isOutcomeUnknown == true)
  }

  @Test("A send that failed for good after a lost answer says so, and under which key to send it again")
  func lostSend() async {
    let transport = ScriptedTransport { (_, index) throws(TransportError) in
      throw index == 0
        ? TransportError(.timeout, mayHaveReachedServer: true, message: "too slow")
        : TransportError(.connectionRefused, mayHaveReachedServer: false, message: "gone")
    }
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport).events.send(Self.input, idempotencyKey: "order-7")
    }
    #expect(error?.code == "OUTCOME_UNKNOWN")
    #expect(error?.idempotencyKey == "order-7")
    #expect(transport.requests.count == 4)
  }

  @Test(
    "A conflict after a lost answer is OUTCOME_UNKNOWN with the conflict in its message: it may be the event itself")
  func conflictAfterLostAnswer() async {
    let transport = ScriptedTransport(
      .lost(.connectionLost, reached: true), .json(#"{"error":"duplicate","code":"CONFLICT"}"#, status: 409))
    let error = await failure { () throws(MittrError) in try await Mittr(transport).events.send(Self.input) }
    #expect(error?.code == .outcomeUnknown)
    #expect(
      error?.message == "an attempt may have been served before the last one failed (CONFLICT): duplicate")
    #expect(error?.status == 409)
    #expect(error?.isOutcomeUnknown == true)
    #expect(error?.idempotencyKey == "key-1")
  }

  @Test("Delays grow by the multiplier up to the longest, and the number of attempts is bounded")
  func backoff() async {
    let clock = TestClock()
    let transport = ScriptedTransport { (_, _) throws(TransportError) in TransportResponse(status: 500) }
    let policy = RetryPolicy(
      maximumAttempts: 6, baseDelay: .milliseconds(100), multiplier: 3, maximumDelay: .seconds(1), jitter: 0)
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport, clock: clock, retryPolicy: policy).events.get("evt_1")
    }
    #expect(error?.code == "HTTP_500")
    #expect(transport.requests.count == 6)
    #expect(
      clock.waits.map { ($0 / .milliseconds(1)).rounded() } == [100, 300, 900, 1000, 1000])
  }

  @Test("Chance shortens a delay by no more than the jitter", arguments: [(0.0, 1.0), (0.5, 0.75), (1.0, 0.5)])
  func jitter(randomFraction: Double, expected: Double) async throws {
    let clock = TestClock()
    let transport = ScriptedTransport(.lost(.timeout, reached: true), Self.event)
    let policy = RetryPolicy(baseDelay: .seconds(1), jitter: 0.5)
    _ = try await Mittr(transport, clock: clock, retryPolicy: policy, randomFraction: randomFraction)
      .events.get("evt_1")
    #expect(clock.waits == [.seconds(expected)])
  }

  @Test("A policy of nonsense neither crashes nor waits for ever")
  func nonsensicalPolicy() async {
    let clock = TestClock()
    let transport = ScriptedTransport { (_, _) throws(TransportError) in TransportResponse(status: 429) }
    let policy = RetryPolicy(
      maximumAttempts: 5, baseDelay: .seconds(-5), multiplier: .nan, maximumDelay: .seconds(2), jitter: .infinity)
    _ = await failure { () throws(MittrError) in
      try await Mittr(transport, clock: clock, retryPolicy: policy).events.get("evt_1")
    }
    #expect(clock.waits.count == 4)
    #expect(clock.waits.allSatisfy { $0 >= .zero && $0 <= .seconds(2) })
  }

  @Test("No attempt begins later after the first one than the policy allows", arguments: [(300, 2), (299, 1), (0, 1)])
  func maximumElapsed(milliseconds: Int, expected: Int) async {
    let transport = ScriptedTransport { (_, _) throws(TransportError) in TransportResponse(status: 500) }
    let policy = RetryPolicy(
      maximumAttempts: 9, baseDelay: .milliseconds(300), jitter: 0, maximumElapsed: .milliseconds(milliseconds))
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport, retryPolicy: policy).events.get("evt_1")
    }
    #expect(error?.code == .http(500))
    #expect(transport.requests.count == expected)
  }

  @Test("With no retries allowed, every request is sent once")
  func never() async {
    let transport = ScriptedTransport(.json("", status: 429), Self.event)
    let error = await failure { () throws(MittrError) in
      try await Mittr(transport, retryPolicy: .never).events.get("evt_1")
    }
    #expect(error?.code == "HTTP_429")
    #expect(transport.requests.count == 1)
  }

  @Test(
    "Retry-After is honoured, as seconds and as a date",
    arguments: [
      ("7", 7), (" 7 ", 7), ("0", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 17), ("Sun, 06 Nov 1994 08:00:00 GMT", 0),
    ])
  func retryAfter(header: String, expected: Int) async throws {
    let clock = TestClock()
    let transport = ScriptedTransport(
      .json("{}", status: 429, headers: [HeaderField("Retry-After", header)]), Self.event)
    // 17 seconds before the date of RFC 9110's example.
    _ = try await Mittr(transport, clock: clock, now: .seconds(784_111_760)).events.replay("evt_1")
    #expect(clock.waits == [.seconds(expected)])
  }

  @Test(
    "A Retry-After date is measured against the answer's own Date, in whichever form they are",
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:30 GMT", 7),
      ("Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:35 1994", 2),
      ("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 09:00:00 GMT", 0),
      ("7", "Sun, 06 Nov 1994 09:00:00 GMT", 7),
      // Without a date that can be read this machine's clock is what there is.
      ("Sun, 06 Nov 1994 08:49:37 GMT", "yesterday", 17),
    ])
  func serverClock(retryAfter: String, date: String, expected: Int) async throws {
    let clock = TestClock()
    let headers = [HeaderField("Retry-After", retryAfter), HeaderField("Date", date)]
    let transport = ScriptedTransport(.json("{}", status: 429, headers: headers), Self.event)
    let isClockWrong = date != "yesterday"
    let now = Duration.seconds(isClockWrong ? 1_900_000_000 : 784_111_760)
    _ = try await Mittr(transport, clock: clock, now: now).events.replay("evt_1")
    #expect(clock.waits == [.seconds(expected)])
  }

  @Test("The client tells of each wait before it waits")
  func onWait() async throws {
    let transport = ScriptedTransport(
      .json("{}", status: 429, headers: [HeaderField("Retry-After", "7")]), .lost(.connectionRefused, reached: false),
      Self.event)
    let told = Mutex<[String]>([])
    let mittr = Mittr(transport, retryPolicy: RetryPolicy(jitter: 0)).with { error, duration in
      told.withLock { $0.append("\(error.code) \(duration)") }
    }
    _ = try await mittr.events.replay("evt_1")
    #expect(told.withLock { $0 } == ["HTTP_429 7.0 seconds", "CONNECTION_REFUSED 0.5 seconds"])
  }

  @Test(
    "A Retry-After that is neither seconds nor a date is as good as none",
    arguments: ["", "soon", "-5", "1.5", "Sun, 31 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT"])
  func unreadableRetryAfter(header: String) async throws {
    let clock = TestClock()
    let transport = ScriptedTransport(
      .json("{}", status: 429, headers: [HeaderField("Retry-After", header)]), Self.event)
    _ = try await Mittr(transport, clock: clock, retryPolicy: RetryPolicy(baseDelay: .seconds(3))).events.get("evt_1")
    #expect(clock.waits == [.seconds(3)])
  }

  @Test("A longer Retry-After than the policy allows ends the call at once", arguments: ["61", "99999999999999999999"])
  func longRetryAfter(header: String) async {
    let transport = ScriptedTransport(
      .json(#"{"code":"RATE_LIMITED"}"#, status: 429, headers: [HeaderField("Retry-After", header)]), Self.event)
    let error = await failure { () throws(MittrError) in try await Mittr(transport).events.get("evt_1") }
    #expect(error?.code == "RATE_LIMITED")
    #expect((error?.retryAfter ?? .zero) > .seconds(60))
    #expect(transport.requests.count == 1)
  }

  @Test("Cancelling a task that waits for its next attempt ends the call at once")
  func cancelledWait() async throws {
    let (waiting, continuation) = AsyncStream.makeStream(of: Void.self)
    let transport = ScriptedTransport { (_, _) throws(TransportError) in TransportResponse(status: 429) }
    let environment = ClientEnvironment(sleep: { _ in
      continuation.yield()
      try await Task.sleep(for: .seconds(86_400))
    })
    let mittr = Mittr(apiKey: Mittr.testKey, transport: transport, environment: environment)
    let task = Task { await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") } }
    for await _ in waiting { break }
    task.cancel()
    let error = await task.value
    #expect(error?.code == "CANCELLED")
    #expect(error?.isOutcomeUnknown == false)
    #expect(transport.requests.count == 1)
  }
}
