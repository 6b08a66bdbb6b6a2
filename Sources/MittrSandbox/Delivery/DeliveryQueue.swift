import GRDB

/// The worker's side of the database: what is due, and what became of it.
struct DeliveryQueue: Sendable {
  let services: Services

  /// An event whose attempt is under way, and where it goes.
  struct Delivery: Sendable {
    let stored: EventTable.Stored
    /// How often the event was replayed.
    let replays: Int
    let target: Target

    var id: AttemptID {
      AttemptID(sequence: stored.sequence, replays: replays, number: stored.event.attempts + 1)
    }

    /// Whether it is to show that an endpoint's circuit may close.
    var isProbe: Bool {
      guard case .endpoint(let endpoint) = target, case .halfOpen = endpoint.circuit else { return false }
      return true
    }

    /// What is the same for all deliveries to one receiver.
    var receiver: String {
      switch target {
      case .endpoint(let endpoint): endpoint.id
      case .destination(let url): url
      }
    }
  }

  enum Target: Sendable {
    case endpoint(Endpoint)
    case destination(String)
  }

  /// Takes the events that are due, at most `limit` of them, and marks them `processing`.
  func claim(_ limit: Int) async throws -> [Delivery] {
    let now = services.clock.now
    return try await services.database.write { db in
      let probes = try Self.claimProbes(db, limit: limit, now: now)
      let rows = try Row.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT sequence, json, replays FROM event
            WHERE held = 0 AND next_attempt_at <= ? AND status IN ('pending', 'failed')
            ORDER BY next_attempt_at, sequence LIMIT ?
            """), arguments: [now.milliseconds, limit - probes.count])
      return try probes + rows.compactMap { try Self.claim($0, db, now: now) }
    }
  }

  /// When the next event is due; nil when none is planned.
  func nextDue() async throws -> Timestamp? {
    try await services.database.read { db in
      // Behind an open circuit an event is due when its own time and the circuit's have both come.
      let sql = """
        SELECT MIN(due) FROM (
          SELECT * FROM (
            SELECT next_attempt_at AS due FROM event
            WHERE held = 0 AND next_attempt_at IS NOT NULL AND status IN ('pending', 'failed')
            ORDER BY next_attempt_at LIMIT 1)
          UNION ALL
          SELECT MAX(open_until, (
            SELECT next_attempt_at FROM event
            WHERE endpoint_id = endpoint.id AND held = 1 AND next_attempt_at IS NOT NULL
              AND status IN ('pending', 'failed')
            ORDER BY next_attempt_at LIMIT 1))
          FROM endpoint WHERE enabled = 1 AND circuit = 'open')
        """
      return try Int64.fetchOne(db.cachedStatement(sql: sql)).map(Timestamp.init(milliseconds:))
    }
  }

  /// Records finished attempts, one or a delivery and its duplicate: the event's new status, its next attempt, and the
  /// endpoint's circuit.
  func record(_ attempts: [FinishedAttempt], of delivery: Delivery) async throws {
    let now = services.clock.now
    let timeScale = services.configuration.timeScale
    let jitter: Double =
      switch services.identifiers {
      case .counting: 0
      case .random: .random(in: -0.1...0.1)
      }
    try await services.database.write { db in
      // Read again: both may have been changed while the attempt was under way.
      guard var stored = try EventTable(db).find(sequence: delivery.stored.sequence) else { return }
      let endpoint = try stored.event.endpointID.flatMap(EndpointTable(db).find)
      let changed = endpoint.map { endpoint in
        attempts.reduce(endpoint) { $0.after($1.outcome, now: now, timeScale: timeScale) }
      }
      if let changed, changed.circuit != endpoint?.circuit { try EndpointTable(db).update(changed) }

      let delay = (endpoint?.backoff ?? .standard).delayMilliseconds(
        afterAttempt: stored.event.attempts + attempts.count, jitter: jitter, timeScale: timeScale)
      let first = stored.event.attempts + 1
      let nextAttempt = stored.event.finish(attempts, now: now, retryAt: now.advanced(byMilliseconds: delay))
      try EventTable(db).update(stored, nextAttempt: nextAttempt, isHeld: changed?.isAccepting == false)
      for (offset, attempt) in attempts.enumerated() {
        let outcome = attempt.outcome
        try AttemptTable(db).insert(
          Attempt(number: first + offset, at: attempt.at, statusCode: outcome.statusCode, error: outcome.error),
          of: stored)
      }
    }
  }

  /// Puts a claimed event back, whose attempt is not made yet, to be due later by the sandbox's clock.
  func postpone(_ delivery: Delivery, byMilliseconds delay: Int64) async throws {
    let due = services.clock.now.advanced(
      byMilliseconds: max(1, Int64(Double(delay) / services.configuration.timeScale)))
    try await services.database.write { db in
      guard var stored = try EventTable(db).find(sequence: delivery.stored.sequence) else { return }
      stored.event.status = stored.event.attempts == 0 ? .pending : .failed
      let endpoint = try stored.event.endpointID.flatMap(EndpointTable(db).find)
      try EventTable(db).update(stored, nextAttempt: due, isHeld: endpoint?.isAccepting == false)
    }
  }

  /// Makes postponed events due at once.
  func release(_ attempts: [AttemptID]) async throws {
    let now = services.clock.now.milliseconds
    try await services.database.write { db in
      let statement = try db.cachedStatement(
        sql: """
          UPDATE event SET next_attempt_at = MIN(next_attempt_at, ?)
          WHERE sequence = ? AND next_attempt_at IS NOT NULL AND status IN ('pending', 'failed')
          """)
      for attempt in attempts { try statement.execute(arguments: [now, attempt.sequence]) }
    }
  }

  /// Puts back what an earlier run left unfinished: claimed events become `pending`, circuits under trial open again.
  func recover() async throws {
    let now = services.clock.now
    try await services.database.write { db in
      // A seeded event that shows `processing` has no planned attempt and stays as it is.
      let rows = try Row.fetchAll(
        db,
        sql: "SELECT sequence, json, next_attempt_at, held FROM event "
          + "WHERE status = 'processing' AND next_attempt_at IS NOT NULL")
      for row in rows {
        var stored = try EventTable.stored(row)
        stored.event.status = .pending
        try EventTable(db).update(stored, nextAttempt: Timestamp(milliseconds: row[2]), isHeld: row[3])
      }
      try db.execute(
        sql: "UPDATE endpoint SET circuit = 'open', open_until = ? WHERE circuit = 'half-open'",
        arguments: [now.milliseconds])
    }
  }

  /// Tries each circuit that has been open long enough with the oldest event that waits behind it.
  private static func claimProbes(_ db: Database, limit: Int, now: Timestamp) throws -> [Delivery] {
    var probes: [Delivery] = []
    for var endpoint in try EndpointTable(db).openCircuits(until: now) where probes.count < limit {
      let row = try Row.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT sequence, json, replays FROM event
            WHERE endpoint_id = ? AND held = 1 AND next_attempt_at <= ? AND status IN ('pending', 'failed')
            ORDER BY next_attempt_at, sequence LIMIT 1
            """), arguments: [endpoint.id, now.milliseconds])
      guard let row else { continue }
      endpoint.circuit = .halfOpen
      try EndpointTable(db).update(endpoint)
      if let probe = try claim(row, db, now: now) { probes.append(probe) }
    }
    return probes
  }

  /// Marks one event `processing`; `dead`, with nil for an answer, when it has nowhere to go.
  /// - Parameter row: the event's sequence, JSON and replays.
  private static func claim(_ row: Row, _ db: Database, now: Timestamp) throws -> Delivery? {
    var stored = try EventTable.stored(row)
    let target: Target? =
      if let destination = stored.event.destination {
        .destination(destination)
      } else {
        try stored.event.endpointID.flatMap(EndpointTable(db).find).map(Target.endpoint)
      }
    stored.event.touch(now)
    guard let target else {
      stored.event.status = .dead
      stored.event.lastError =
        stored.event.endpointID == nil
        ? "no enabled endpoint subscribed to '\(stored.event.eventType ?? "")'" : "the endpoint was deleted"
      try EventTable(db).update(stored, nextAttempt: nil, isHeld: false)
      return nil
    }
    stored.event.status = .processing
    try EventTable(db).update(stored, nextAttempt: now, isHeld: false)
    return Delivery(stored: stored, replays: row[2], target: target)
  }
}
