import Synchronization

/// The deliveries that are kept: the newest ones, within a bound on their number and on their bytes.
public final class DeliveryLog: Sendable {
  /// How much is kept.
  public struct Bounds: Sendable {
    public var deliveries = 1000
    /// Bodies and headers together, in bytes. The newest delivery is kept, whatever its size.
    public var bytes = 64 << 20

    public init() {}
  }

  private struct State {
    var kept: [ReceivedDelivery] = []
    var bytes = 0
    var last = 0
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextWaiter = 0
  }

  private let bounds: Bounds
  private let state = Mutex(State())

  public init(_ bounds: Bounds = Bounds()) { self.bounds = bounds }

  /// What is kept, oldest first.
  public var deliveries: [ReceivedDelivery] { state.withLock { $0.kept } }

  /// The number of the newest delivery; 0 before the first one. It changes whenever `deliveries` does.
  public var lastNumber: Int { state.withLock { $0.last } }

  /// Keeps the delivery that is made for the next number.
  func append(_ delivery: (_ number: Int) -> ReceivedDelivery) -> ReceivedDelivery {
    let (delivery, waiters) = state.withLock { state in
      state.last += 1
      let delivery = delivery(state.last)
      state.kept.append(delivery)
      state.bytes += delivery.size
      while state.kept.count > max(1, bounds.deliveries) || state.bytes > bounds.bytes && state.kept.count > 1 {
        state.bytes -= state.kept.removeFirst().size
      }
      defer { state.waiters = [:] }
      return (delivery, Array(state.waiters.values))
    }
    for waiter in waiters { waiter.resume() }
    return delivery
  }

  /// Waits for the oldest delivery that is kept behind a number.
  /// - Parameter port: that it came to; nil for any.
  /// - Returns: nil when the task was cancelled.
  public func next(after number: Int, port: Int? = nil) async -> ReceivedDelivery? {
    while !Task.isCancelled {
      let last = lastNumber
      if let found = first(after: number, port: port) { return found }
      await newDelivery(after: last)
    }
    return nil
  }

  /// The oldest delivery that is kept behind a number, if there is one already.
  /// - Parameter port: that it came to; nil for any.
  public func first(after number: Int, port: Int? = nil) -> ReceivedDelivery? {
    state.withLock { state in state.kept.first { $0.number > number && (port == nil || $0.port == port) } }
  }

  private func newDelivery(after number: Int) async {
    let place = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard state.last <= number, !Task.isCancelled else { return false }
          state.waiters[place] = continuation
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: place) }?.resume()
    }
  }
}
