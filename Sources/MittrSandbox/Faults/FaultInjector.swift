import NIOCore
import Synchronization

/// What a plan has done so far: how many requests it saw, what befell them and deliveries, and which connections are about
/// to close.
final class FaultInjector: Sendable {
  private struct State {
    var requests: UInt64 = 0
    var counts: [Fault: Int] = [:]
    var closing: Set<ObjectIdentifier> = []
  }

  private let plan: FaultPlan
  private let state = Mutex(State())

  init(plan: FaultPlan) { self.plan = plan }

  /// How often each fault of the plan was injected, in the order of their declaration.
  var counts: [(fault: Fault, count: Int)] {
    let counts = state.withLock(\.counts)
    return Fault.allCases.filter { fault in plan.rules.contains { $0.fault == fault } }.map { ($0, counts[$0] ?? 0) }
  }

  /// Decides about the next request.
  /// - Parameter path: of its route.
  func decide(method: String, path: some StringProtocol, target: String) -> FaultPlan.Decision? {
    state.withLock { state in
      let decision = plan.decision(number: state.requests, method: method, path: path, target: target)
      state.requests += 1
      if let decision { state.counts[decision.fault, default: 0] += 1 }
      return decision
    }
  }

  /// Decides about an attempt to deliver an event.
  func fault(of delivery: DeliveryQueue.Delivery) -> DeliveryFault? {
    guard let decision = plan.decision(of: delivery.id) else { return nil }
    let fault = DeliveryFault(decision)
    // A circuit would wait for its probe, and everything else for the circuit.
    if delivery.isProbe, fault?.holdsBack == true { return nil }
    state.withLock { $0.counts[decision.fault, default: 0] += 1 }
    return fault
  }

  /// Has the next request on this connection find it closed.
  func markClosing(_ channel: any Channel) {
    let id = ObjectIdentifier(channel)
    state.withLock { _ = $0.closing.insert(id) }
    channel.closeFuture.whenComplete { _ in self.state.withLock { _ = $0.closing.remove(id) } }
  }

  func isClosing(_ channel: any Channel) -> Bool {
    state.withLock { $0.closing.contains(ObjectIdentifier(channel)) }
  }
}

extension DeliveryFault {
  /// How long a late delivery is held back, in milliseconds.
  private static let delays: ClosedRange<UInt64> = 1000...30_000

  fileprivate init?(_ decision: FaultPlan.Decision) {
    switch decision.fault {
    case .duplicate: self = .duplicate
    case .late:
      let delays = Self.delays
      self = .late(milliseconds: Int64(delays.lowerBound + decision.chance % UInt64(delays.count)))
    case .shuffle: self = .shuffle
    case .corrupt: self = .corrupt(chance: decision.chance)
    default: return nil
    }
  }
}
