import Testing

@testable import MittrSandbox

@Suite("The plan of faults")
struct FaultPlanTests {
  private static func faults(_ plan: FaultPlan, _ numbers: Range<UInt64>, target: String = "/api/v1/events") -> [Fault?]
  {
    numbers.map { plan.decision(number: $0, method: "GET", path: target, target: target)?.fault }
  }

  @Test("it is read from names, rates and scopes, with spaces or without")
  func parsing() throws {
    let plan = try FaultPlan("reset-before:0.02, 500:0.5@replays,429-guard:0 ,500:0.25")
    #expect(
      plan.rules == [
        .init(fault: .resetBefore, rate: 0.02, scope: nil), .init(fault: .failure, rate: 0.5, scope: .replays),
        .init(fault: .guarded, rate: 0, scope: nil), .init(fault: .failure, rate: 0.25, scope: nil),
      ])
    #expect(try FaultPlan("500:1@reads,503:1@writes,429-guard:1").rules.count == 3)
    for fault in Fault.allCases {
      let rules = try FaultPlan("\(fault.rawValue):1\(fault.isOfDelivery ? "@deliveries" : "")").rules
      #expect(rules.map(\.fault) == [fault])
    }
  }

  @Test("@deliveries behind the last of several faults of deliveries is for all of them, and for no other")
  func deliveries() throws {
    let plan = try FaultPlan("500:0.25,duplicate:0.05, late:0.1,shuffle:0.2,corrupt:0.01@deliveries,429:0.75")
    #expect(
      plan.rules == [
        .init(fault: .failure, rate: 0.25, scope: nil), .init(fault: .duplicate, rate: 0.05, scope: .deliveries),
        .init(fault: .late, rate: 0.1, scope: .deliveries), .init(fault: .shuffle, rate: 0.2, scope: .deliveries),
        .init(fault: .corrupt, rate: 0.01, scope: .deliveries), .init(fault: .rateLimited, rate: 0.75, scope: nil),
      ])
    // Rates of requests and of deliveries have nothing to do with each other.
    #expect(try FaultPlan("500:1,late:1@deliveries").rules.count == 2)
  }

  @Test(
    "a plan that is wrong is refused, and the refusal names what there is",
    arguments: [
      ("", "write it as 500:0.05"), ("500", "the fault '500' has no rate"), ("500:0.1,", "the fault '' has no rate"),
      ("reset:0.1", "there is no fault 'reset'; there are reset-before, reset-during, reset-after, half, "),
      ("500:", "the rate of '500' must be a number from 0 to 1, not ''"), ("500:-0.1", "not '-0.1'"),
      ("500:1.1", "not '1.1'"), ("500:nan", "not 'nan'"), ("500:0.1@", "for '' only"),
      ("500:0.1@sends", "for 'sends' only; it can be for reads, writes, replays"),
      ("500:0.1,500:0.2", "the fault '500' is given twice"), ("500:0.6,429:0.6", "add up to more than 1"),
      ("500:0.6@writes,429:0.6@replays", "add up to more than 1"),
      ("late:0.6@deliveries,corrupt:0.6@deliveries", "one delivery add up to more than 1"),
      (
        "late:0.1",
        "the fault 'late' is of deliveries: write it as late:0.1@deliveries; of requests there are reset-before,"
      ),
      ("late:0.1@reads", "write it as late:0.1@deliveries"),
      ("late:0.1,500:0.1@reads", "the fault 'late' is of deliveries"),
      (
        "late:0.1,500:0.1@deliveries",
        "the fault '500' is of requests; of deliveries there are duplicate, late, shuffle, "
      ),
      ("late:0.1@deliveries,late:0.2@deliveries", "the fault 'late' is given twice"),
    ])
  func refusal(text: String, reason: String) throws {
    let error = #expect(throws: SandboxError.self) { try FaultPlan(text) }
    #expect("\(try #require(error))".contains(reason))
  }

  @Test("the same seed decides alike about the same requests; another seed does not")
  func seed() throws {
    var plan = try FaultPlan("500:0.3,stall:0.3")
    let first = Self.faults(plan, 0..<100)
    #expect(Self.faults(plan, 0..<100) == first)
    // Each number is decided on its own: no earlier request has a say.
    #expect(Self.faults(plan, 50..<100) == Array(first[50...]))
    plan.seed = 1
    #expect(Self.faults(plan, 0..<100) != first)
  }

  @Test("an attempt is decided by its own numbers and the seed, and a replay is another attempt")
  func attempts() throws {
    func faults(_ plan: FaultPlan, replays: Int = 0) -> [Fault?] {
      (1...200).map { plan.decision(of: AttemptID(sequence: $0, replays: replays, number: 1))?.fault }
    }
    var plan = try FaultPlan("duplicate:0.2,late:0.2,shuffle:0.2,corrupt:0.2@deliveries,500:0.5")
    let first = faults(plan)
    #expect(faults(plan) == first)
    #expect(Set(first) == [nil, .duplicate, .late, .shuffle, .corrupt])
    #expect(faults(plan, replays: 1) != first)
    #expect(Set(Self.faults(plan, 0..<100)) == [nil, .failure])
    plan.seed = 1
    #expect(faults(plan) != first)
  }

  @Test("faults come as often as their rates say")
  func rates() throws {
    let faults = Self.faults(try FaultPlan("500:0.1,slow:0.3"), 0..<10_000)
    #expect(900...1100 ~= faults.count { $0 == .failure })
    #expect(2800...3200 ~= faults.count { $0 == .slow })
    #expect(faults.count { $0 == nil } + faults.count { $0 == .failure || $0 == .slow } == 10_000)
  }

  @Test("a 429 that does not clear befalls the same requests for ever")
  func guarded() throws {
    let plan = try FaultPlan("429-guard:0.1")
    var targets = 0
    for index in 0..<1000 {
      let faults = Set(Self.faults(plan, 0..<20, target: "/api/v1/events/evt_\(index)"))
      #expect(faults.count == 1)
      if faults == [.guarded] { targets += 1 }
    }
    #expect(60...140 ~= targets)
  }

  @Test(
    "a scope leaves all other requests alone",
    arguments: [
      ("reads", [true, false, false, false]), ("writes", [false, true, true, true]),
      ("replays", [false, false, true, false]),
    ])
  func scope(scope: String, expected: [Bool]) throws {
    let plan = try FaultPlan("500:1@\(scope)")
    let requests = [
      ("GET", "/api/v1/events"), ("POST", "/api/v1/events"), ("POST", "/api/v1/events/a/replay"),
      ("DELETE", "/api/v1/endpoints/a"),
    ]
    #expect(requests.map { plan.decision(number: 0, method: $0, path: $1, target: $1) != nil } == expected)
  }

  @Test(
    "a time is written as HTTP wants it",
    arguments: [
      (784_111_777_999, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
      (1_709_164_800_000, "Thu, 29 Feb 2024 00:00:00 GMT"), (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
  func httpDate(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).httpDate == text)
  }
}
