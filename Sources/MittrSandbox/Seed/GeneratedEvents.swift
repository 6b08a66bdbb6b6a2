/// Any number of events, spread evenly over the last 24 hours.
enum GeneratedEvents {
  private static let eventTypes = [
    "order.created", "order.shipped", "order.cancelled", "payment.succeeded", "payment.failed", "customer.created",
    "customer.updated", "invoice.paid",
  ]

  /// - Parameter index: 0 is the oldest of `count`.
  static func event(_ index: Int, of count: Int, now: Timestamp) throws -> Event {
    let age = Int64(Double(count - index) / Double(count) * 86_400_000)
    var generator = SeededGenerator(seed: UInt64(index))
    let status: EventStatus =
      switch Int.random(in: 0..<100, using: &generator) {
      case ..<70: .delivered
      case ..<88: .failed
      case ..<95: .dead
      case ..<98: .pending
      default: .processing
      }
    let sample = SampleEvent(
      eventType: eventTypes[Int.random(in: 0..<eventTypes.count, using: &generator)], status: status,
      endpointID: status == .delivered ? SeedEndpoints.healthy : SeedEndpoints.failing)
    return try sample.event(
      Int64(index) + 1, createdAt: now.advanced(byMilliseconds: -age), now: now, generator: &generator)
  }
}
