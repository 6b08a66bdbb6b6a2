import GRDB
import OrderedJSON

/// One finished attempt to deliver an event.
struct Attempt: Sendable {
  /// 1 for the first after the event was sent or replayed.
  let number: Int
  let at: Timestamp
  /// What the receiver answered; nil when no answer came.
  let statusCode: Int?
  /// nil when the attempt succeeded.
  let error: String?

  var json: String {
    var object = JSONObjectBuilder()
    object.add("attempt", number)
    object.add("at", at)
    if let statusCode { object.add("statusCode", statusCode) }
    object.add("error", error)
    return object.string
  }
}

/// Reads and writes the rows of `attempt` within a transaction.
struct AttemptTable {
  let db: Database

  init(_ db: Database) { self.db = db }

  func insert(_ attempt: Attempt, of event: EventTable.Stored) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO attempt (event_sequence, number, at, status_code, error) VALUES (?, ?, ?, ?, ?)")
    try statement.execute(arguments: [
      event.sequence, attempt.number, attempt.at.milliseconds, attempt.statusCode, attempt.error,
    ])
  }

  /// The newest attempts of one event, oldest first.
  func last(_ limit: Int, of event: EventTable.Stored) throws -> [Attempt] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT number, at, status_code, error FROM attempt WHERE event_sequence = ? ORDER BY rowid DESC LIMIT ?
        """, arguments: [event.sequence, limit]
    ).reversed().map {
      Attempt(number: $0[0], at: Timestamp(milliseconds: $0[1]), statusCode: $0[2], error: $0[3])
    }
  }

  /// How many attempts there were in all, and how many of them failed.
  func counts() throws -> (attempts: Int, failed: Int) {
    let row = try Row.fetchOne(db, sql: "SELECT COUNT(*), COUNT(error) FROM attempt")
    return (row?[0] ?? 0, row?[1] ?? 0)
  }
}
