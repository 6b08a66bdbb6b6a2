import MittrWebhooks
import OrderedJSON
import Testing

@testable import MittrSandbox

@Suite("Faults of deliveries", .timeLimit(.minutes(1)))
struct DeliveryFaultTests {
  private static let verifier = WebhookVerifier(secret: "whsec_sandbox")

  /// Runs a sandbox with a plan of faults, and a receiver that refuses what is not signed.
  /// - Parameter isStanding: whether the clock stands still, which makes every signature old: the receiver accepts all.
  private static func with(
    _ plan: String, seed: UInt64 = 0, isStanding: Bool = false,
    _ body: (RunningSandbox, Client, Receiver) async throws -> Void
  ) async throws {
    var plan = try FaultPlan(plan)
    plan.seed = seed
    var settings = configuration { ($0.faults, $0.timeScale) = (plan, 10_000) }
    if isStanding { settings.fixedClock = 1_706_123_456_789 }
    let sandboxSettings = settings
    try await Receiver.with(verifying: isStanding ? nil : "whsec_sandbox") { receiver in
      try await Sandbox.with(sandboxSettings) { sandbox in
        try await body(sandbox, Client(sandbox), receiver)
      }
    }
  }

  private static func send(_ number: Int, to receiver: Receiver, _ client: Client) async throws -> String {
    try await client.send(
      #"{"destination": "\#(receiver.url)", "payload": {"number": \#(number), "text": "déjà vu"}}"#, key: "\(number)"
    ).json.id
  }

  private static func faults(_ client: Client) async throws -> JSONValue? {
    try await client.get("/_sandbox/stats").json["faults"]
  }

  @Test("a duplicate comes with the same event and body, and a signature and a trace of its own")
  func duplicate() async throws {
    try await Self.with("duplicate:1@deliveries") { sandbox, client, receiver in
      let id = try await Self.send(1, to: receiver, client)
      let event = try await client.eventually(id, "delivered", sandbox)
      #expect(event["attempts"]?.intValue == 2)
      #expect(receiver.deliveries.map(\.eventID) == [id, id])
      #expect(receiver.deliveries.allSatisfy { $0.isSigned(Self.verifier) })
      #expect(Set(receiver.deliveries.map(\.body)).count == 1)
      #expect(Set(receiver.deliveries.map { $0.header("X-Mittr-Trace-Id") }).count == 2)
      let attempts = try await client.get("/api/v1/events/\(id)/attempts").items
      #expect(attempts.map { $0["attempt"]?.intValue } == [1, 2])
      #expect(attempts.map { $0["statusCode"]?.intValue } == [200, 200])
      #expect(try await Self.faults(client)?.description == #"{"duplicate":1}"#)
    }
  }

  @Test(
    "an event that was accepted once is delivered, whatever its duplicate was answered",
    arguments: [([200, 500], "delivered"), ([500, 200], "delivered"), ([500, 500], "failed")])
  func duplicateAnswers(answers: [Int], status: String) async throws {
    let plan = try FaultPlan("duplicate:1@deliveries")
    try await Receiver.with { receiver in
      receiver.answer(answers[0], answers[1])
      // Standing, so that no retry follows.
      try await Sandbox.with(configuration { ($0.faults, $0.fixedClock) = (plan, 0) }) { sandbox in
        let client = Client(sandbox)
        let id = try await Self.send(1, to: receiver, client)
        await sandbox.settle()
        let event = try await client.event(id)
        #expect(event.status == status)
        #expect((event["lastError"] == nil) == (status == "delivered"))
        #expect(event["attempts"]?.intValue == 2)
        let attempts = try await client.get("/api/v1/events/\(id)/attempts").items
        #expect(attempts.map { $0["statusCode"]?.intValue } == answers)
      }
    }
  }

  @Test("what is late waits for the sandbox's clock, and is pending until it goes out unharmed")
  func late() async throws {
    try await Self.with("late:1@deliveries", isStanding: true) { sandbox, client, receiver in
      let id = try await Self.send(1, to: receiver, client)
      await sandbox.settle()
      #expect(receiver.deliveries.isEmpty)
      #expect(try await client.event(id).status == "pending")
      #expect(try await client.event(id)["attempts"]?.intValue == 0)
      #expect(try await Self.faults(client)?.description == #"{"late":1}"#)
    }
    try await Self.with("late:1@deliveries") { sandbox, client, receiver in
      let id = try await Self.send(1, to: receiver, client)
      let event = try await client.eventually(id, "delivered", sandbox)
      #expect(event["attempts"]?.intValue == 1)
      #expect(receiver.deliveries.map(\.eventID) == [id])
      #expect(receiver.deliveries.allSatisfy { $0.isSigned(Self.verifier) })
      #expect(try await Self.faults(client)?.description == #"{"late":1}"#)
    }
  }

  @Test("what is shuffled comes right behind a later one to the same receiver")
  func shuffle() async throws {
    let plan = try FaultPlan("shuffle:0.5@deliveries")
    try await Self.with("shuffle:0.5@deliveries", isStanding: true) { sandbox, client, receiver in
      // Events to elsewhere release nothing.
      let elsewhere = "http://sandbox.localhost/_sandbox/receivers/ok"
      var (expected, waiting): ([String], Set<String>) = ([], [])
      for number in 1...20 {
        let id = try await Self.send(number, to: receiver, client)
        await sandbox.settle()
        _ = try await client.send(#"{"destination": "\#(elsewhere)", "payload": {}}"#, key: "e\(number)")
        await sandbox.settle()
        let sequence = Int64(2 * number - 1)
        if plan.decision(of: AttemptID(sequence: sequence, replays: 0, number: 1)) != nil {
          waiting.insert(id)
          #expect(receiver.deliveries.map(\.eventID) == expected)
        } else {
          let arrived = receiver.deliveries.map(\.eventID).dropFirst(expected.count)
          #expect(arrived.first == id)
          #expect(Set(arrived.dropFirst()) == waiting && arrived.count == waiting.count + 1)
          expected += arrived
          waiting = []
        }
      }
      #expect(expected != expected.sorted() && expected.count > 10)
      #expect(Set(expected).count == expected.count)
    }
  }

  @Test("what no later one follows is sent when it has waited long enough")
  func lastShuffled() async throws {
    try await Self.with("shuffle:1@deliveries") { sandbox, client, receiver in
      let id = try await Self.send(1, to: receiver, client)
      _ = try await client.eventually(id, "delivered", sandbox)
      #expect(receiver.deliveries.map(\.eventID) == [id])
    }
  }

  @Test("what is corrupt differs by a byte, is refused by who checks, and comes again whole")
  func corrupt() async throws {
    try await Self.with("corrupt:0.5@deliveries") { sandbox, client, receiver in
      var ids: [String] = []
      for number in 1...20 { ids.append(try await Self.send(number, to: receiver, client)) }
      for id in ids { _ = try await client.eventually(id, "delivered", sandbox) }
      var corrupt = 0
      for id in ids {
        let deliveries = receiver.deliveries.filter { $0.eventID == id }
        let whole = try #require(deliveries.last)
        #expect(whole.isSigned(Self.verifier))
        for delivery in deliveries.dropLast() {
          #expect(!delivery.isSigned(Self.verifier))
          #expect(delivery.body.count == whole.body.count)
          #expect(zip(delivery.body, whole.body).count { $0 != $1 } == 1)
        }
        corrupt += deliveries.count - 1
        let attempts = try await client.get("/api/v1/events/\(id)/attempts").items
        #expect(attempts.compactMap { $0["statusCode"]?.intValue }.dropLast().allSatisfy { $0 == 401 })
        #expect(attempts.count == deliveries.count)
      }
      #expect(corrupt > 0)
      #expect(try await Self.faults(client)?["corrupt"]?.intValue == corrupt)
    }
  }

  /// What came of each event, in its order, as whether it was signed.
  private static func day(seed: UInt64) async throws -> (days: [[Bool]], faults: String) {
    var (days, faults): ([[Bool]], String) = ([], "")
    let plan = "duplicate:0.2,late:0.2,shuffle:0.2,corrupt:0.2@deliveries"
    try await with(plan, seed: seed) { sandbox, client, receiver in
      var ids: [String] = []
      for number in 1...60 { ids.append(try await send(number, to: receiver, client)) }
      for id in ids { _ = try await client.eventually(id, "delivered", sandbox) }
      days = ids.map { id in receiver.deliveries.filter { $0.eventID == id }.map { $0.isSigned(verifier) } }
      let stats = try await client.get("/_sandbox/stats").json
      faults = stats["faults"]?.description ?? ""
      #expect(stats["deliveries"]?["attempts"]?.intValue == receiver.deliveries.count)
      #expect(stats["faults"]?["corrupt"]?.intValue == receiver.deliveries.count { !$0.isSigned(verifier) })
      #expect(
        receiver.deliveries.count == 60 + days.count { $0.filter(\.self).count == 2 } + days.joined().count { !$0 })
    }
    return (days, faults)
  }

  @Test("together no event is lost, and a seed decides what befalls each")
  func together() async throws {
    let first = try await Self.day(seed: 1)
    #expect(first.days.allSatisfy { $0.contains(true) })
    #expect(first.days.contains { $0 == [true, true] } && first.days.contains { $0.contains(false) })
    let second = try await Self.day(seed: 1)
    #expect(second.days == first.days)
    #expect(second.faults == first.faults)
    #expect(try await Self.day(seed: 2).days != first.days)
  }

  @Test("the attempt that is to show that a circuit may close is never held back")
  func probe() async throws {
    let plan = try FaultPlan("late:0.5,shuffle:0.5@deliveries")
    try await Receiver.with { receiver in
      receiver.answer(500, 200)
      try await Sandbox.with(configuration { ($0.faults, $0.timeScale) = (plan, 10_000) }) { sandbox in
        let client = Client(sandbox)
        let endpoint = try await client.endpoint(
          #"{"url": "\#(receiver.url)", "circuitThreshold": 1, "circuitResetMs": 1}"#)
        let id = try await client.send(#"{"eventType": "a", "payload": {}}"#, key: "k").json.id
        #expect(try await client.eventually(id, "delivered", sandbox)["attempts"]?.intValue == 2)
        #expect(try await client.get("/api/v1/endpoints/\(endpoint)").json["circuitState"] == "closed")
        #expect(receiver.deliveries.count == 2)
      }
    }
  }
}
