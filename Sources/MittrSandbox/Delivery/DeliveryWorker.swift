import Synchronization

/// Delivers what is due, many at a time, and sleeps until something is.
struct DeliveryWorker: Sendable {
  let queue: DeliveryQueue
  let client: DeliveryClient
  let wakeup: Wakeup
  let clock: SandboxClock
  /// What befalls an attempt on purpose.
  let fault: @Sendable (DeliveryQueue.Delivery) -> DeliveryFault?
  private let held = HeldDeliveries()

  private static let maximumInFlight = 64

  init(
    queue: DeliveryQueue, client: DeliveryClient, wakeup: Wakeup, clock: SandboxClock,
    fault: @escaping @Sendable (DeliveryQueue.Delivery) -> DeliveryFault? = { _ in nil }
  ) {
    self.queue = queue
    self.client = client
    self.wakeup = wakeup
    self.clock = clock
    self.fault = fault
  }

  /// Runs until the task is cancelled. Attempts under way are then given up; `DeliveryQueue.recover` plans them anew.
  func run() async {
    let inFlight = InFlight()
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        let room = Self.maximumInFlight - inFlight.count
        let deliveries = room > 0 ? (try? await queue.claim(room)) ?? [] : []
        for delivery in deliveries {
          let fault = held.take(delivery.id, of: delivery.receiver) ? nil : fault(delivery)
          // Before the next one goes out: that may be the later one that it waits for.
          if await isHeldBack(delivery, fault) { continue }
          inFlight.add(1)
          let waiting = held.waiting(for: delivery.receiver)
          group.addTask {
            await deliver(delivery, fault)
            if !waiting.isEmpty { try? await queue.release(waiting) }
            inFlight.add(-1)
            wakeup.signal()
          }
        }
        // Without room the end of a delivery wakes it; if the database failed, the next signal does.
        if deliveries.isEmpty {
          await wakeup.sleep(
            for: room > 0 ? await durationUntilNextDue() : nil, isAtRest: inFlight.count == 0)
        }
      }
      group.cancelAll()
    }
    wakeup.finish()
  }

  private func deliver(_ delivery: DeliveryQueue.Delivery, _ fault: DeliveryFault?) async {
    var corruption: UInt64?
    if case .corrupt(let chance) = fault { corruption = chance }
    guard let outcome = try? await client.deliver(delivery, corruption: corruption) else { return }
    var attempts = [FinishedAttempt(outcome: outcome, at: clock.now)]
    // Until both are recorded the event is under way, so that nobody replays it in between.
    if fault == .duplicate, let outcome = try? await client.deliver(delivery, isDuplicate: true) {
      attempts.append(FinishedAttempt(outcome: outcome, at: clock.now))
    }
    try? await queue.record(attempts, of: delivery)
  }

  /// Puts a delivery back whose fault holds it back.
  private func isHeldBack(_ delivery: DeliveryQueue.Delivery, _ fault: DeliveryFault?) async -> Bool {
    guard let fault, let delay = fault.delayMilliseconds,
      held.hold(delivery.id, until: fault == .shuffle ? delivery.receiver : nil)
    else { return false }
    do {
      try await queue.postpone(delivery, byMilliseconds: delay)
      return true
    } catch {
      _ = held.take(delivery.id, of: delivery.receiver)
      return false
    }
  }

  /// nil when nothing is planned, and when the clock stands still.
  private func durationUntilNextDue() async -> Duration? {
    guard case .system = clock, let due = (try? await queue.nextDue()) ?? nil else { return nil }
    return .milliseconds(max(1, due.milliseconds - clock.now.milliseconds))
  }
}

/// How many deliveries are under way.
private final class InFlight: Sendable {
  private let value = Atomic(0)

  var count: Int { value.load(ordering: .relaxed) }

  func add(_ change: Int) { value.add(change, ordering: .relaxed) }
}
