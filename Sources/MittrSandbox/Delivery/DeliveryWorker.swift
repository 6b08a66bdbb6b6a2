import Synchronization

/// Delivers what is due, many at a time, and sleeps until something is.
struct DeliveryWorker: Sendable {
  let queue: DeliveryQueue
  let client: DeliveryClient
  let wakeup: Wakeup
  let clock: SandboxClock

  private static let maximumInFlight = 64

  /// Runs until the task is cancelled. Attempts under way are then given up; `DeliveryQueue.recover` plans them anew.
  func run() async {
    let inFlight = InFlight()
    await withDiscardingTaskGroup { group in
      while !Task.isCancelled {
        let room = Self.maximumInFlight - inFlight.count
        let deliveries = room > 0 ? (try? await queue.claim(room)) ?? [] : []
        for delivery in deliveries {
          inFlight.add(1)
          group.addTask {
            await deliver(delivery)
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

  private func deliver(_ delivery: DeliveryQueue.Delivery) async {
    guard let outcome = try? await client.deliver(delivery) else { return }
    try? await queue.record(outcome, of: delivery)
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
