/// Where an event stands.
enum EventStatus: String, Sendable, CaseIterable {
  /// Waits for its first attempt, or for the first after a replay.
  case pending
  /// An attempt is under way.
  case processing
  case delivered
  /// The last attempt failed; another is planned.
  case failed
  /// All attempts failed, or there was nowhere to deliver to; none will follow unless it is replayed.
  case dead
}
