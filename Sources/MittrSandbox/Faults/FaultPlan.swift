/// Which faults befall which requests and deliveries, such as `reset-after:0.02,429:0.1@replays,late:0.1@deliveries`.
///
/// The plan decides for each request from its seed and the request's number alone, so that the same requests in the same
/// order meet the same faults. Only the 429 that waiting does not clear is decided by what is requested instead. For each
/// attempt to deliver an event it decides from the seed, the event's number and the attempt's alone, however many are under
/// way. One fault at most befalls a request or an attempt.
public struct FaultPlan: Sendable, Hashable {
  /// A fault, how likely it is from 0 to 1, and which requests it befalls; nil for all.
  struct Rule: Sendable, Hashable {
    let fault: Fault
    let rate: Double
    var scope: FaultScope?
  }

  /// What befalls one request, and chance for the details.
  struct Decision: Sendable, Hashable {
    let fault: Fault
    let chance: UInt64
  }

  /// Another seed gives another day of the same kind.
  public var seed: UInt64 = 0
  let rules: [Rule]

  init(rules: [Rule]) { self.rules = rules }

  /// - Parameters:
  ///   - number: counts the requests, from 0.
  ///   - path: of the request's route.
  ///   - target: the path with its query, as it was sent.
  func decision(number: UInt64, method: String, path: some StringProtocol, target: String) -> Decision? {
    let rules = rules.filter { $0.scope?.contains(method: method, path: path) ?? true }
    return Self.decision(
      of: rules.filter { $0.fault == .guarded }, by: generator(for: Self.hash("\(method) \(target)")))
      ?? Self.decision(of: rules.filter { $0.fault != .guarded }, by: generator(for: number))
  }

  /// What befalls one attempt to deliver an event.
  func decision(of attempt: AttemptID) -> Decision? {
    let name = "\(attempt.sequence) \(attempt.replays) \(attempt.number)"
    return Self.decision(of: rules.filter { $0.scope == .deliveries }, by: generator(for: Self.hash(name)))
  }

  private static func decision(of rules: [Rule], by generator: SeededGenerator) -> Decision? {
    var generator = generator
    var rest = Double.random(in: 0..<1, using: &generator)
    for rule in rules {
      if rest < rule.rate { return Decision(fault: rule.fault, chance: generator.next()) }
      rest -= rule.rate
    }
    return nil
  }

  private func generator(for number: UInt64) -> SeededGenerator {
    var generator = SeededGenerator(seed: seed)
    return SeededGenerator(seed: generator.next() &+ number)
  }

  /// FNV-1a: the same in every run.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
