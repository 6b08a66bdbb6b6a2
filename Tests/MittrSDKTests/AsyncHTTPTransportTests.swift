import MittrSDK
import OrderedJSON
import Synchronization
import TestSupport
import Testing

/// The default transport over real sockets.
@Suite(.timeLimit(.minutes(1))) struct AsyncHTTPTransportTests {
  /// Runs a client with no retries on a server that gives one answer to everything.
  private func call<Value: Sendable>(
    _ reply: LoopbackServer.Reply, timeout: Duration = .seconds(30),
    _ body: @Sendable (Mittr) async throws(MittrError) -> Value
  ) async throws -> Result<Value, MittrError> {
    try await LoopbackServer.run(reply: reply) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, retryPolicy: .never, timeout: timeout)
      let result: Result<Value, MittrError>
      do throws(MittrError) { result = .success(try await body(mittr)) } catch { result = .failure(error) }
      await mittr.shutdown()
      return result
    }
  }

  private func getting(_ reply: LoopbackServer.Reply, timeout: Duration = .seconds(30)) async throws -> MittrError? {
    try await call(reply, timeout: timeout) { (mittr) throws(MittrError) in try await mittr.events.get("evt_1") }.error
  }

  private func replaying(_ reply: LoopbackServer.Reply, timeout: Duration = .seconds(30)) async throws -> MittrError? {
    try await call(reply, timeout: timeout) { (mittr) throws(MittrError) in try await mittr.events.replay("evt_1") }
      .error
  }

  @Test("A request arrives as HTTP/1.1 with its headers and its body's exact bytes")
  func request() async throws {
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#, status: "202 Accepted")) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url + "/prefix/")
      let input = EventInput(json: ["eventType": "a", "payload": ["ü": "\n"]])
      let event = try await mittr.events.send(input, idempotencyKey: "k1")
      #expect(event.id == "evt_1")
      _ = try await mittr.events.get("a/b?c")
      await mittr.shutdown()

      var occurrences = server.occurrences.makeAsyncIterator()
      guard case .request(let post)? = await occurrences.next(), case .request(let get)? = await occurrences.next()
      else {
        Issue.record("the requests did not arrive")
        return
      }
      let lines = post.split(separator: "\r\n", omittingEmptySubsequences: false).map(String.init)
      #expect(lines.first == "POST /prefix/api/v1/events HTTP/1.1")
      #expect(lines.contains("X-API-Key: \(Mittr.testKey)"))
      #expect(lines.contains("X-Idempotency-Key: k1"))
      #expect(lines.contains("Content-Type: application/json"))
      #expect(lines.contains("User-Agent: mittr-swift/\(Mittr.version)"))
      #expect(lines.last == #"{"eventType":"a","payload":{"ü":"\n"}}"#)
      #expect(get.hasPrefix("GET /prefix/api/v1/events/a%2Fb%3Fc HTTP/1.1\r\n"))
    }
  }

  @Test("One connection serves requests that follow each other")
  func reuse() async throws {
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
      for _ in 0..<10 { _ = try await mittr.events.get("evt_1") }
      await mittr.shutdown()
      #expect(server.connectionCount == 1)
    }
  }

  @Test("64 requests are on their way at once")
  func concurrency() async throws {
    let barrier = Barrier(count: 64)
    let answer: LoopbackServer.Answer = { _ in
      await barrier.wait()
      return .json("{}")
    }
    try await LoopbackServer.run(answer: answer) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<64 { group.addTask { _ = try await mittr.events.replay("evt_\(number)") } }
        try await group.waitForAll()
      }
      await mittr.shutdown()
    }
  }

  @Test("Making a client opens no connection, and neither does ending one that was never used")
  func lazy() async throws {
    try await LoopbackServer.run(reply: .json("{}")) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
      await mittr.shutdown()
      let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
      #expect(error?.code == "SHUT_DOWN")
      #expect(server.connectionCount == 0)
    }
  }

  @Test("A client that is dropped without a shutdown closes its connections")
  func dropped() async throws {
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { server in
      _ = try await Mittr(apiKey: Mittr.testKey, baseURL: server.url).events.get("evt_1")
      for await case .connectionClosed in server.occurrences { break }
    }
  }

  @Test("A shutdown leaves a transport alone that was passed in")
  func sharedTransport() async throws {
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { server in
      let transport = AsyncHTTPTransport()
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: transport)
      await mittr.shutdown()
      _ = try await mittr.events.get("evt_1")
      await transport.shutdown()
      #expect(await failure { () throws(MittrError) in try await mittr.events.get("evt_1") } != nil)
    }
  }

  @Test(
    "A response that ends too early is an error: of a read a lost connection, of a replay an unknown outcome",
    arguments: [
      "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"id\":\"evt_1\"}",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"id\":\"evt_1\"",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n{\"id\":\"evt_1\"}\r\n",
    ])
  func truncated(bytes: String) async throws {
    let reply = LoopbackServer.Reply(bytes: bytes, closes: true)
    #expect(try await getting(reply)?.code == "CONNECTION_LOST")
    let error = try await replaying(reply)
    #expect(error?.code == "OUTCOME_UNKNOWN")
    #expect(error?.isOutcomeUnknown == true)
  }

  @Test("An error page in HTML is an error with its text")
  func errorPage() async throws {
    let reply = LoopbackServer.Reply(
      bytes: "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<h1>Oops</h1>")
    let error = try await replaying(reply)
    #expect(error?.status == 500)
    #expect(error?.code == "OUTCOME_UNKNOWN")
    #expect(error?.body == .text("<h1>Oops</h1>"))
  }

  @Test(
    "An answer that is not HTTP is INVALID_RESPONSE, and never a crash",
    arguments: ["220 mail.example.com ESMTP\r\n", "\u{0}\u{1}\u{2}\u{3}\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"])
  func garbage(bytes: String) async throws {
    #expect(try await getting(LoopbackServer.Reply(bytes: bytes, closes: true))?.code == "INVALID_RESPONSE")
    #expect(try await replaying(LoopbackServer.Reply(bytes: bytes, closes: true))?.code == "OUTCOME_UNKNOWN")
  }

  @Test("A port where nobody listens is CONNECTION_REFUSED, at once and for every request")
  func refused() async throws {
    let port = try ReservedPort()
    let mittr = Mittr(apiKey: Mittr.testKey, baseURL: "http://127.0.0.1:\(port.number)", retryPolicy: .never)
    let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
    #expect(error?.code == "CONNECTION_REFUSED")
    #expect(error?.isOutcomeUnknown == false)
    #expect(error?.transportError?.mayHaveReachedServer == false)
    await mittr.shutdown()
    withExtendedLifetime(port) {}
  }

  @Test("A name that cannot be resolved is DNS_FAILED")
  func unresolvable() async throws {
    // No label may have more than 63 characters, so no name server is asked.
    let host = String(repeating: "a", count: 64) + ".invalid"
    let mittr = Mittr(apiKey: Mittr.testKey, baseURL: "http://\(host)", retryPolicy: .never)
    let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
    #expect(error?.code == "DNS_FAILED")
    #expect(error?.isOutcomeUnknown == false)
    await mittr.shutdown()
  }

  @Test("A server without TLS, or with a certificate that nobody trusts, is told as what it is and sees no key")
  func tls() async throws {
    for (context, code) in [
      (nil, MittrError.Code.tlsNotSpoken), (try SelfSignedCertificate.serverContext(), .certificateSelfSigned),
    ] {
      let answer: LoopbackServer.Answer = { request in
        #expect(!request.contains(Mittr.testKey))
        return .json("{}", status: "400 Bad Request")
      }
      try await LoopbackServer.run(tls: context, answer: answer) { server in
        let mittr = Mittr(
          apiKey: Mittr.testKey, baseURL: "https://127.0.0.1:\(server.port)", retryPolicy: .never)
        let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
        #expect(error?.code == code)
        #expect(error?.isOutcomeUnknown == false)
        await mittr.shutdown()
      }
    }
  }

  @Test("A server that stalls is TIMEOUT for a read and an unknown outcome for a replay")
  func stall() async throws {
    #expect(try await getting(.silence, timeout: .seconds(3))?.code == "TIMEOUT")
    let error = try await replaying(.silence, timeout: .seconds(3))
    #expect(error?.code == "OUTCOME_UNKNOWN")
    #expect(error?.transportError?.kind == .timeout)
  }

  @Test("A connection that does not come about is TIMEOUT, also for a replay: nothing was sent")
  func stalledHandshake() async throws {
    try await LoopbackServer.run(reply: .silence) { server in
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: "https://127.0.0.1:\(server.port)", retryPolicy: .never,
        timeout: .milliseconds(200))
      let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
      #expect(error?.code == "TIMEOUT")
      #expect(error?.transportError?.kind == .connectTimeout)
      #expect(error?.isOutcomeUnknown == false)
      await mittr.shutdown()
    }
  }

  /// A body that begins and does not end: nothing more comes, or a little again and again.
  private static let endlessBodies = [
    LoopbackServer.Reply(bytes: "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n{"),
    LoopbackServer.Reply(bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", trickle: "1\r\n \r\n"),
  ]

  @Test("A body that never ends is bounded by the same timeout as its head", arguments: [0, 1])
  func endlessBody(index: Int) async throws {
    var limits = AsyncHTTPTransport.Limits()
    limits.maximumResponseBytes = .max
    let transport = AsyncHTTPTransport(limits: limits)
    try await LoopbackServer.run(reply: Self.endlessBodies[index]) { server in
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: server.url, transport: transport, retryPolicy: .never,
        timeout: .seconds(2))
      let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
      #expect(error?.code == "TIMEOUT")
    }
    await transport.shutdown()
  }

  @Test("Cancelling a task closes the connection of its request, even in the middle of a body")
  func cancellation() async throws {
    for reply in [
      LoopbackServer.Reply.silence,
      LoopbackServer.Reply(bytes: "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"),
      LoopbackServer.Reply(bytes: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", trickle: "1\r\n \r\n"),
    ] {
      try await LoopbackServer.run(reply: reply) { server in
        let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
        let task = Task { await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") } }
        var occurrences = server.occurrences.makeAsyncIterator()
        guard case .request? = await occurrences.next() else {
          Issue.record("no request arrived")
          return
        }
        task.cancel()
        let error = await task.value
        #expect(error?.code == "CANCELLED")
        #expect(error?.isOutcomeUnknown == true)
        guard case .connectionClosed? = await occurrences.next() else {
          Issue.record("the connection was not closed")
          return
        }
        await mittr.shutdown()
      }
    }
  }

  @Test("A task that is cancelled already sends nothing")
  func cancelledBefore() async throws {
    try await LoopbackServer.run(reply: .json("{}")) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
      }
      let error = await task.value
      #expect(error?.code == "CANCELLED")
      #expect(error?.isOutcomeUnknown == false)
      #expect(server.connectionCount == 0)
      await mittr.shutdown()
    }
  }

  @Test("429 is retried on a real connection, with and without Retry-After")
  func rateLimited() async throws {
    let replies = Mutex<[LoopbackServer.Reply]>([
      .json("{}", status: "429 Too Many Requests", headers: ["Retry-After: 5"]),
      .json("{}", status: "429 Too Many Requests"), .json(#"{"id":"evt_1"}"#),
    ])
    let answer: LoopbackServer.Answer = { _ in replies.withLock { $0.removeFirst() } }
    try await LoopbackServer.run(answer: answer) { server in
      let clock = TestClock()
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, environment: clock.environment())
      let event = try await mittr.events.replay("evt_1")
      #expect(event.id == "evt_1")
      #expect(clock.waits == [.seconds(5), .milliseconds(500)])
      #expect(server.connectionCount == 1)
      await mittr.shutdown()
    }
  }

  @Test("A connection that the server lost between two requests is replaced")
  func reconnect() async throws {
    let answer: LoopbackServer.Answer = { _ in
      LoopbackServer.Reply(bytes: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", closes: true)
    }
    try await LoopbackServer.run(answer: answer) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, retryPolicy: .never)
      for _ in 0..<3 { _ = try await mittr.events.replay("evt_1") }
      #expect(server.connectionCount == 3)
      await mittr.shutdown()
    }
  }

  @Test("A redirect is not followed: the key goes to no other address")
  func redirect() async throws {
    try await LoopbackServer.run(reply: .json("{}")) { other in
      let reply = LoopbackServer.Reply.json("", status: "302 Found", headers: ["Location: \(other.url)/stolen"])
      let error = try await getting(reply)
      #expect(error?.status == 302)
      #expect(other.connectionCount == 0)
    }
  }

  @Test(
    "A response larger than the limit is refused, whether or not it says so beforehand",
    arguments: [
      "Content-Length: 101\r\n\r\n" + String(repeating: "x", count: 101),
      "Transfer-Encoding: chunked\r\n\r\n65\r\n" + String(repeating: "x", count: 101) + "\r\n0\r\n\r\n",
    ])
  func tooLarge(rest: String) async throws {
    var limits = AsyncHTTPTransport.Limits()
    limits.maximumResponseBytes = 100
    let transport = AsyncHTTPTransport(limits: limits)
    let reply = LoopbackServer.Reply(bytes: "HTTP/1.1 200 OK\r\n" + rest)
    try await LoopbackServer.run(reply: reply) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: transport)
      let error = await failure { () throws(MittrError) in try await mittr.request("GET", "/") }
      #expect(error?.code == "RESPONSE_TOO_LARGE")
    }
    let fitting = LoopbackServer.Reply.json(String(repeating: " ", count: 98) + "{}")
    try await LoopbackServer.run(reply: fitting) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: transport)
      let answer = try await mittr.request("GET", "/")
      #expect(answer == [:])
    }
    await transport.shutdown()
  }

  @Test("A list is walked to its end over one connection")
  func walk() async throws {
    let answer: LoopbackServer.Answer = { request in
      let start = request.contains("cursor=two") ? 2 : 0
      let pagination = start == 0 ? #"{"hasMore":true,"cursor":"two"}"# : #"{"hasMore":false}"#
      return .json(#"{"data":[{"id":"evt_\#(start)"},{"id":"evt_\#(start + 1)"}],"pagination":\#(pagination)}"#)
    }
    try await LoopbackServer.run(answer: answer) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url)
      var ids: [String?] = []
      for try await event in mittr.events.iterate(EventListParameters(limit: 2)) { ids.append(event.id) }
      #expect(ids == ["evt_0", "evt_1", "evt_2", "evt_3"])
      #expect(server.connectionCount == 1)
      await mittr.shutdown()
    }
  }
}

extension Result where Failure == MittrError {
  fileprivate var error: MittrError? { if case .failure(let error) = self { error } else { nil } }
}

/// Lets nobody through before all are there.
private actor Barrier {
  private var missing: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(count: Int) { missing = count }

  func wait() async {
    missing -= 1
    guard missing > 0 else {
      for continuation in waiting { continuation.resume() }
      waiting = []
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }
}
