import GRDB
import OrderedJSON

/// Reads and writes the rows of `event` within a transaction.
struct EventTable {
  let db: Database

  init(_ db: Database) { self.db = db }

  /// An event and the number of its row.
  struct Stored: Sendable {
    let sequence: Int64
    var event: Event
  }

  /// The number that the next inserted row gets.
  func nextSequence() throws -> Int64 {
    let statement = try db.cachedStatement(sql: "SELECT seq FROM sqlite_sequence WHERE name = 'event'")
    return try (Int64.fetchOne(statement) ?? 0) + 1
  }

  /// - Parameters:
  ///   - nextAttempt: when to deliver it; nil for never.
  ///   - isHeld: whether its endpoint takes no deliveries at the moment.
  func insert(_ event: Event, nextAttempt: Timestamp?, isHeld: Bool) throws {
    let statement = try db.cachedStatement(
      sql: """
        INSERT INTO event (id, status, event_type, endpoint_id, created_at, next_attempt_at, held, json)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      event.id, event.status.rawValue, event.eventType, event.endpointID, event.createdAt.milliseconds,
      nextAttempt?.milliseconds, isHeld, event.object.string,
    ])
  }

  /// Writes what changed in an event; its id, type, receiver and creation never do.
  func update(_ stored: Stored, nextAttempt: Timestamp?, isHeld: Bool) throws {
    let statement = try db.cachedStatement(
      sql: "UPDATE event SET status = ?, next_attempt_at = ?, held = ?, json = ? WHERE sequence = ?")
    try statement.execute(arguments: [
      stored.event.status.rawValue, nextAttempt?.milliseconds, isHeld, stored.event.object.string, stored.sequence,
    ])
  }

  func find(_ id: String) throws -> Stored? {
    let statement = try db.cachedStatement(sql: "SELECT sequence, json FROM event WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id]).map(Self.stored)
  }

  func find(sequence: Int64) throws -> Stored? {
    let statement = try db.cachedStatement(sql: "SELECT sequence, json FROM event WHERE sequence = ?")
    return try Row.fetchOne(statement, arguments: [sequence]).map(Self.stored)
  }

  /// The event's JSON text, without reading it.
  func json(_ id: String) throws -> String? {
    let statement = try db.cachedStatement(sql: "SELECT json FROM event WHERE id = ?")
    return try String.fetchOne(statement, arguments: [id])
  }

  func page(_ query: PageQuery) throws -> Page {
    try query.fetch(db, columns: "json", from: "event") { $0[2] }
  }

  func countReplay(_ stored: Stored) throws {
    let statement = try db.cachedStatement(sql: "UPDATE event SET replays = replays + 1 WHERE sequence = ?")
    try statement.execute(arguments: [stored.sequence])
  }

  /// How often each event was replayed, for those that were.
  func replays() throws -> [(id: String, count: Int)] {
    try Row.fetchAll(db, sql: "SELECT id, replays FROM event WHERE replays > 0 ORDER BY sequence")
      .map { ($0[0], $0[1]) }
  }

  static func stored(_ row: Row) throws -> Stored {
    Stored(sequence: row[0], event: try Event(stored: row[1]))
  }
}
