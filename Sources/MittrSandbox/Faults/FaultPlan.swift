/// Which faults befall which requests, such as `reset-after:0.02,500:0.05,429:0.1@replays`.
///
/// The plan decides for each request from its seed and the request's number alone, so that the same requests in the same
/// order meet the same faults. Only the 429 that waiting does not clear is decided by what is requested instead.
public struct FaultPlan: Sendable, Hashable {
  /// A fault, how likely it is from 0 to 1, and which requests it befalls; nil for all.
  struct Rule: Sendable, Hashable {
    let fault: Fault
    let rate: Double
    let scope: FaultScope?
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
    return Self.decision(of: rules.filter { $0.fault == .guarded }, by: generator(for: Self.hash(method, target)))
      ?? Self.decision(of: rules.filter { $0.fault != .guarded }, by: generator(for: number))
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
  private static func hash(_ method: String, _ target: String) -> UInt64 {
    "\(method) \(target)".utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
