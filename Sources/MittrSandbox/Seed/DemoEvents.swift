/// The 60 events of the demo seed: five rounds of the same twelve, closer together the newer they are.
enum DemoEvents {
  static let count = 60

  /// Chosen for its amounts: most of the recent failed orders are of 5,000 and more, some are of less.
  private static let firstSeed = 300

  private static let round: [SampleEvent] = [
    SampleEvent(eventType: "order.created", status: .delivered, endpointID: SeedEndpoints.healthy),
    SampleEvent(eventType: "order.created", status: .failed, endpointID: SeedEndpoints.failing),
    SampleEvent(eventType: "payment.succeeded", status: .delivered, endpointID: SeedEndpoints.healthy),
    SampleEvent(eventType: "customer.updated", status: .delivered, endpointID: SeedEndpoints.healthy),
    SampleEvent(eventType: "payment.failed", status: .failed, endpointID: SeedEndpoints.failing),
    SampleEvent(eventType: "order.created", status: .failed, endpointID: SeedEndpoints.failing),
    SampleEvent(eventType: "invoice.paid", status: .pending, endpointID: SeedEndpoints.disabled),
    SampleEvent(eventType: "order.shipped", status: .delivered, endpointID: SeedEndpoints.healthy),
    SampleEvent(eventType: "order.created", status: .dead, endpointID: SeedEndpoints.failing),
    SampleEvent(eventType: "customer.created", status: .delivered, endpointID: SeedEndpoints.healthy),
    SampleEvent(eventType: "payment.succeeded", status: .processing, endpointID: SeedEndpoints.failing),
    SampleEvent(eventType: "order.cancelled", status: .delivered, endpointID: SeedEndpoints.healthy),
  ]

  /// - Parameter index: 0 is the oldest.
  static func event(_ index: Int, now: Timestamp) throws -> Event {
    // Cubes put nearly half of the day's events into its last two hours.
    let distance = Int64(count - index)
    let age = 86_400_000 * distance * distance * distance / Int64(count * count * count)
    var generator = SeededGenerator(seed: UInt64(firstSeed + index))
    return try round[index % round.count].event(
      Int64(index) + 1, createdAt: now.advanced(byMilliseconds: -age), now: now, generator: &generator)
  }
}
