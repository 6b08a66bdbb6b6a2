import GRDB
import OrderedJSON

/// Fills an empty database. Identifiers, contents and their order are always the same; only times follow the clock.
struct Seeder: Sendable {
  let services: Services

  /// Does nothing when there is an event or an endpoint already.
  func seedIfEmpty() async throws {
    let seed = services.configuration.seed
    let now = services.clock.now
    guard seed != .empty else { return }
    try await services.database.write { db in
      guard try EventTable(db).nextSequence() == 1, try EndpointTable(db).nextSequence() == 1 else { return }
      let endpoints = SeedEndpoints.all(now: now)
      for endpoint in endpoints { try EndpointTable(db).insert(endpoint) }
      switch seed {
      case .empty: break
      case .demo: try Self.insert(DemoEvents.count, db) { try DemoEvents.event($0, now: now) }
      case .count(let count):
        try Self.insert(count, db) { try GeneratedEvents.event($0, of: count, now: now) }
      }
    }
  }

  /// Inserts events without planning an attempt: they rest as they are until they are replayed.
  private static func insert(_ count: Int, _ db: Database, _ event: (Int) throws -> Event) throws {
    let table = EventTable(db)
    for index in 0..<count { try table.insert(event(index), nextAttempt: nil, isHeld: false) }
  }
}
