import MittrSDK
import MittrSandbox
import OrderedJSON
import TestSupport
import Testing

/// The client against a real server on a bad day: what it reports, what it repeats, and what the server really did.
@Suite(.timeLimit(.minutes(2))) struct FaultTests {
  /// How a call ended.
  enum End: Hashable {
    case done
    case failed(String)
    /// It failed, and may have taken effect.
    case unknown(String)

    init<Value>(of call: () async throws(MittrError) -> Value) async {
      do throws(MittrError) {
        _ = try await call()
        self = .done
      } catch {
        self = error.isOutcomeUnknown ? .unknown(error.code.rawValue) : .failed(error.code.rawValue)
      }
    }
  }

  /// What the sandbox counted.
  struct Counts {
    let requests: Int
    let replays: [String: Int]

    init(_ mittr: Mittr) async throws {
      let stats = try await mittr.request("GET", "/_sandbox/stats")
      requests = stats["requests"]?.intValue ?? -1
      replays = Dictionary(
        (stats["replays"]?.objectValue ?? [:]).map { ($0.key, $0.value.intValue ?? -1) }, uniquingKeysWith: +)
    }
  }

  /// Runs a sandbox of its own, with a client that sends each request twice at most and never really waits. Where
  /// something stalls, a second is enough for all that does not.
  private static func with<Value>(
    _ faults: String, seed: UInt64 = 0, events: Int = 20, attempts: Int = 2,
    _ body: (RunningSandbox, Mittr) async throws -> Value
  ) async throws -> Value {
    var configuration = SandboxConfiguration()
    configuration.seed = .count(events)
    configuration.deterministicIDs = true
    configuration.delivers = false
    configuration.faults = try FaultPlan(faults)
    configuration.faults?.seed = seed
    return try await Sandbox.with(configuration) { sandbox in
      let mittr = Mittr(
        apiKey: sandbox.apiKey, baseURL: sandbox.baseURL, retryPolicy: RetryPolicy(maximumAttempts: attempts),
        timeout: faults.contains("stall") ? .seconds(1) : .seconds(20), environment: TestClock().environment())
      let value = try await body(sandbox, mittr)
      await mittr.shutdown()
      return value
    }
  }

  /// A seeded event that is at rest.
  private static let event = "evt_000000000000000000000001"

  @Test(
    "A read is repeated whenever that may help, and never leaves an outcome open",
    arguments: [
      ("reset-before", .failed("CONNECTION_LOST"), 2), ("reset-during", .failed("CONNECTION_LOST"), 2),
      ("reset-after", .failed("CONNECTION_LOST"), 2), ("half", .failed("CONNECTION_LOST"), 2),
      ("stall-before", .failed("TIMEOUT"), 2), ("stall", .failed("TIMEOUT"), 2), ("slow", .done, 1),
      ("bad-json", .failed("INVALID_RESPONSE"), 1), ("500", .failed("INTERNAL_ERROR"), 2),
      ("500-after", .failed("INTERNAL_ERROR"), 2), ("503", .failed("UNAVAILABLE"), 2),
      ("429", .failed("RATE_LIMITED"), 2), ("429-guard", .failed("RATE_LIMITED"), 2), ("close", .done, 1),
    ] as [(String, End, Int)])
  func read(fault: String, end: End, requests: Int) async throws {
    try await Self.with("\(fault):1") { _, mittr in
      let seen = await End { () throws(MittrError) in try await mittr.events.get(Self.event) }
      #expect(seen == end)
      let counts = try await Counts(mittr)
      #expect(counts.requests == requests)
    }
  }

  @Test(
    "A replay is repeated only when it was refused, and its outcome is unknown whenever the answer was lost",
    arguments: [
      ("reset-before", .unknown("OUTCOME_UNKNOWN"), 1, 0), ("reset-during", .unknown("OUTCOME_UNKNOWN"), 1, 0),
      ("reset-after", .unknown("OUTCOME_UNKNOWN"), 1, 1), ("half", .unknown("OUTCOME_UNKNOWN"), 1, 1),
      ("stall-before", .unknown("OUTCOME_UNKNOWN"), 1, 0), ("stall", .unknown("OUTCOME_UNKNOWN"), 1, 1),
      ("slow", .done, 1, 1), ("bad-json", .unknown("OUTCOME_UNKNOWN"), 1, 1),
      ("500", .unknown("OUTCOME_UNKNOWN"), 1, 0), ("500-after", .unknown("OUTCOME_UNKNOWN"), 1, 1),
      ("503", .failed("UNAVAILABLE"), 2, 0), ("429", .failed("RATE_LIMITED"), 2, 0),
      ("429-guard", .failed("RATE_LIMITED"), 2, 0), ("close", .done, 1, 1),
    ] as [(String, End, Int, Int)])
  func replay(fault: String, end: End, requests: Int, replays: Int) async throws {
    try await Self.with("\(fault):1") { _, mittr in
      let seen = await End { () throws(MittrError) in try await mittr.events.replay(Self.event) }
      #expect(seen == end)
      let counts = try await Counts(mittr)
      #expect(counts.requests == requests)
      #expect(counts.replays[Self.event] ?? 0 == replays)
    }
  }

  @Test(
    "A send is repeated under its key, so that the event is there once at most",
    arguments: [
      ("reset-before", .unknown("OUTCOME_UNKNOWN"), 2, 0), ("reset-during", .unknown("OUTCOME_UNKNOWN"), 2, 0),
      ("reset-after", .unknown("OUTCOME_UNKNOWN"), 2, 1), ("half", .unknown("OUTCOME_UNKNOWN"), 2, 1),
      ("stall-before", .unknown("OUTCOME_UNKNOWN"), 2, 0), ("stall", .unknown("OUTCOME_UNKNOWN"), 2, 1),
      ("slow", .done, 1, 1), ("500", .unknown("OUTCOME_UNKNOWN"), 2, 0),
      ("500-after", .unknown("OUTCOME_UNKNOWN"), 2, 1), ("503", .failed("UNAVAILABLE"), 2, 0),
      ("429", .failed("RATE_LIMITED"), 2, 0),
    ] as [(String, End, Int, Int)])
  func send(fault: String, end: End, requests: Int, events: Int) async throws {
    try await Self.with("\(fault):1@writes") { _, mittr in
      let input = EventInput(eventType: "chaos.monkey", payload: [:])
      let seen = await End { () throws(MittrError) in try await mittr.events.send(input) }
      #expect(seen == end)
      let counts = try await Counts(mittr)
      #expect(counts.requests == requests)
      let sent = try await mittr.events.list(EventListParameters(eventType: "chaos.monkey"))
      #expect(sent.data.count == events)
    }
  }

  @Test("On a connection that closes just then, a replay is an unknown outcome and not repeated; a read is repeated")
  func reuseRace() async throws {
    try await Self.with("close:1@reads") { _, mittr in
      _ = try await mittr.events.get(Self.event)
      let replay = await End { () throws(MittrError) in try await mittr.events.replay(Self.event) }
      #expect(replay == .unknown("OUTCOME_UNKNOWN"))
      #expect(try await Counts(mittr).replays == [:])
      _ = try await mittr.events.get(Self.event)
      // The connection closes on this one, too; the second attempt takes a new one.
      _ = try await mittr.events.get(Self.event)
    }
  }

  /// Every fault at once.
  private static let badDay = """
    reset-before:0.05,reset-during:0.05,reset-after:0.05,half:0.05,slow:0.02,close:0.1,bad-json:0.05@replays,500:0.05,\
    500-after:0.05,503:0.05,429:0.05,429-guard:0.05@replays,stall:0.02,stall-before:0.02
    """

  @Test(
    "On a bad day, done is done once, failed is not done, and only unknown is either",
    arguments: 1...4 as ClosedRange<UInt64>)
  func truth(seed: UInt64) async throws {
    try await Self.with(Self.badDay, seed: seed, events: 150, attempts: 8) { _, mittr in
      let ends = await withTaskGroup(of: (String, End).self) { group in
        for number in 1...150 {
          let id = "evt_" + String(repeating: "0", count: 24 - String(number).utf8.count) + String(number)
          group.addTask { (id, await End { () throws(MittrError) in try await mittr.events.replay(id) }) }
        }
        return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      let replays = try await Counts(mittr).replays
      for (id, end) in ends {
        let count = replays[id] ?? 0
        switch end {
        case .done: #expect(count == 1, "\(id)")
        case .failed: #expect(count == 0, "\(id): \(end)")
        case .unknown: #expect(0...1 ~= count, "\(id): \(end)")
        }
      }
      #expect(ends.values.contains(.done))
      // Which faults meet which request depends on the order in which the requests come; of these there are always some.
      #expect(ends.values.contains(.unknown("OUTCOME_UNKNOWN")))
    }
  }

  @Test("On a bad day, a list is walked to its end with each event once, while others come in and change")
  func walk() async throws {
    let faults =
      "reset-before:0.1@reads,reset-after:0.1@reads,half:0.1@reads,500:0.1@reads,slow:0.05@reads,close:0.2@reads"
    try await Self.with(faults, events: 400, attempts: 20) { _, mittr in
      var ids: [String] = []
      for try await event in mittr.events.iterate(EventListParameters(limit: 20)) {
        let id = event.id
        ids.append(id)
        if ids.count.isMultiple(of: 10) {
          _ = try await mittr.events.send(EventInput(eventType: "newer", payload: [:]))
          _ = await failure { () throws(MittrError) in try await mittr.events.replay(id) }
        }
      }
      #expect(ids.count == 400)
      #expect(ids == Set(ids).sorted(by: >))
    }
  }

  @Test("A server that hangs up before the TLS handshake is done has seen nothing")
  func handshake() async throws {
    try await LoopbackServer.run(reply: LoopbackServer.Reply(bytes: "", closes: true)) { server in
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: "https://127.0.0.1:\(server.port)", environment: TestClock().environment())
      let error = await failure { () throws(MittrError) in try await mittr.events.replay(Self.event) }
      #expect(error?.code == "TLS_FAILED")
      #expect(error?.isOutcomeUnknown == false)
      #expect(server.connectionCount == 1)
      await mittr.shutdown()
    }
  }

  @Test("A server that restarts between two pages is found again, and the walk goes on where it was")
  func restart() async throws {
    let folder = try TemporaryFolder()
    var configuration = SandboxConfiguration()
    configuration.seed = .count(60)
    configuration.deterministicIDs = true
    configuration.data = folder.path + "/sandbox.db"
    var sandbox = try await Sandbox.start(configuration)
    configuration.port = try #require(Int(sandbox.baseURL.split(separator: ":")[2]))
    let mittr = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
    var ids: [String] = []
    for try await event in mittr.events.iterate(EventListParameters(limit: 10)) {
      ids.append(event.id)
      if ids.count.isMultiple(of: 10) {
        await sandbox.stop()
        sandbox = try await Sandbox.start(configuration)
      }
    }
    #expect(ids.count == 60)
    #expect(ids == Set(ids).sorted(by: >))
    await mittr.shutdown()
    await sandbox.stop()
  }
}
