import GRDB
import OrderedJSON

/// Reads and writes the rows of `endpoint` within a transaction.
struct EndpointTable {
  let db: Database

  init(_ db: Database) { self.db = db }

  private static let columns =
    "id, secret, enabled, fields, circuit, failures, open_until, created_at, updated_at"

  /// The number that the next inserted row gets.
  func nextSequence() throws -> Int64 {
    try (Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'endpoint'") ?? 0) + 1
  }

  func insert(_ endpoint: Endpoint) throws {
    try db.execute(
      sql: "INSERT INTO endpoint (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [endpoint.id] + Self.values(endpoint) + [
        endpoint.createdAt.milliseconds, endpoint.updatedAt.milliseconds,
      ])
  }

  func update(_ endpoint: Endpoint) throws {
    let statement = try db.cachedStatement(
      sql: """
        UPDATE endpoint
        SET secret = ?, enabled = ?, fields = ?, circuit = ?, failures = ?, open_until = ?, updated_at = ? WHERE id = ?
        """)
    try statement.execute(
      arguments: Self.values(endpoint) + [endpoint.updatedAt.milliseconds, endpoint.id])
  }

  /// - Returns: whether there was such an endpoint.
  func delete(_ id: String) throws -> Bool {
    try db.execute(sql: "DELETE FROM endpoint WHERE id = ?", arguments: [id])
    return db.changesCount > 0
  }

  func find(_ id: String) throws -> Endpoint? {
    let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM endpoint WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id]).map { try Self.endpoint($0, at: 0) }
  }

  /// Those that may be subscribed to something, oldest first.
  func enabled() throws -> [Endpoint] {
    let statement = try db.cachedStatement(
      sql: "SELECT \(Self.columns) FROM endpoint WHERE enabled = 1 ORDER BY created_at, sequence")
    return try Row.fetchAll(statement).map { try Self.endpoint($0, at: 0) }
  }

  /// Those whose circuit may be tried again.
  func openCircuits(until now: Timestamp) throws -> [Endpoint] {
    let statement = try db.cachedStatement(
      sql: """
        SELECT \(Self.columns) FROM endpoint
        WHERE enabled = 1 AND circuit = 'open' AND open_until <= ? ORDER BY open_until
        """)
    return try Row.fetchAll(statement, arguments: [now.milliseconds]).map { try Self.endpoint($0, at: 0) }
  }

  func page(_ query: PageQuery) throws -> Page {
    try query.fetch(db, columns: Self.columns, from: "endpoint") { try Self.endpoint($0, at: 2).json }
  }

  private static func values(_ endpoint: Endpoint) -> StatementArguments {
    var (failures, openUntil): (Int, Int64?) = (0, nil)
    switch endpoint.circuit {
    case .closed(let count): failures = count
    case .open(let until): openUntil = until.milliseconds
    case .halfOpen: break
    }
    return [
      endpoint.secret, endpoint.isEnabled, JSONWriter.compact.string(.object(endpoint.fields)),
      endpoint.circuit.state, failures, openUntil,
    ]
  }

  private static func endpoint(_ row: Row, at index: Int) throws -> Endpoint {
    let fields: String = row[index + 3]
    guard let fields = try JSONValue(parsing: fields).objectValue else { throw CorruptRow(table: "endpoint") }
    let circuit: Circuit =
      switch row[index + 4] as String {
      case "open": .open(until: Timestamp(milliseconds: row[index + 6] ?? 0))
      case "half-open": .halfOpen
      default: .closed(failures: row[index + 5])
      }
    return Endpoint(
      id: row[index], secret: row[index + 1], isEnabled: row[index + 2], fields: fields, circuit: circuit,
      createdAt: Timestamp(milliseconds: row[index + 7]), updatedAt: Timestamp(milliseconds: row[index + 8]))
  }
}
