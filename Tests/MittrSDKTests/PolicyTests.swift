import MittrSDK
import Synchronization
import Testing

@Suite("The same client with another policy", .timeLimit(.minutes(1)))
struct PolicyTests {
  private static let limited: Result<TransportResponse, TransportError> = .json("{}", status: 429)

  @Test("it retries as the new policy says, on the same transport")
  func policy() async {
    let transport = ScriptedTransport(Self.limited, Self.limited, .json(#"{"id":"evt_1"}"#))
    let mittr = Mittr(transport)
    let once = mittr.with(retryPolicy: .never)
    #expect(await failure { () throws(MittrError) in try await once.events.get("evt_1") }?.status == 429)
    #expect(transport.requests.count == 1)
    #expect(await failure { () throws(MittrError) in try await mittr.events.get("evt_1") } == nil)
    #expect(transport.requests.count == 3)
  }

  @Test("one thing that is changed leaves the others as they were, in any order")
  func eachAlone() async {
    let heard = Mutex(0)
    for order in 0..<2 {
      let transport = ScriptedTransport { (request, _) throws(TransportError) in
        #expect(request.timeout == .seconds(2))
        return TransportResponse(status: 429, headers: [HeaderField("X-RateLimit-Remaining", "0")])
      }
      let mittr = Mittr(transport).with(timeout: .seconds(2))
      let count: @Sendable (RateLimit) -> Void = { _ in heard.withLock { $0 += 1 } }
      let changed =
        order == 0
        ? mittr.with(onRateLimit: count).with(retryPolicy: .never)
        : mittr.with(retryPolicy: .never).with(onRateLimit: count)
      _ = await failure { () throws(MittrError) in try await changed.events.get("evt_1") }
      #expect(transport.requests.count == 1)
    }
    #expect(heard.withLock { $0 } == 2)
  }

  @Test("it tells what each answer says about the rate limit, by the server's own clock")
  func rateLimits() async throws {
    func fields(_ remaining: Int, _ more: HeaderField...) -> [HeaderField] {
      [HeaderField("X-RateLimit-Remaining", "\(remaining)"), HeaderField("X-RateLimit-Reset", "784111790")] + more
    }
    let transport = ScriptedTransport(
      .json(#"{"id":"evt_1"}"#, headers: fields(7, HeaderField("Date", "Sun, 06 Nov 1994 08:49:37 GMT"))),
      .json("{}", status: 404, headers: fields(6)),
      .json(#"{"id":"evt_1"}"#))
    let heard = Mutex<[RateLimit]>([])
    let mittr = Mittr(transport, now: .seconds(784_111_700)).with(retryPolicy: .never).with(onRateLimit: { limit in
      heard.withLock { $0.append(limit) }
    })
    for _ in 1...3 { _ = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") } }
    let limits = heard.withLock { $0 }
    #expect(limits.map(\.remaining) == [7, 6])
    // 08:49:37 is 784111777; without a date it is the client's own clock that counts.
    #expect(limits.map(\.timeLeft) == [.seconds(13), .seconds(90)])
  }

  @Test("a reset that is past or absurd is no time at all, or a long one")
  func oddResets() async {
    for (reset, left) in [("5", Duration.zero), ("-9223372036854775808", .zero)] {
      let transport = ScriptedTransport(
        .json("{}", headers: [HeaderField("X-RateLimit-Reset", reset), HeaderField("Date", "nonsense")]))
      let heard = Mutex<RateLimit?>(nil)
      let mittr = Mittr(transport, now: .seconds(1000)).with(retryPolicy: .never).with(onRateLimit: { limit in
        heard.withLock { $0 = limit }
      })
      _ = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
      #expect(heard.withLock { $0?.timeLeft } == left)
    }
  }

  @Test("a client tells where its server is, and nothing of a base URL that cannot be used")
  func place() {
    let transport = ScriptedTransport()
    #expect(Mittr(transport, baseURL: "https://mittr.test/x/", projectID: "p").baseURL == "https://mittr.test/x")
    #expect(Mittr(transport, projectID: "p").projectID == "p")
    #expect(Mittr(transport, baseURL: "https://user:secret@mittr.test").baseURL == nil)
  }
}
