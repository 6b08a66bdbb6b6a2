import Basics
import GRDB

/// The SQLite database: one connection, through which all reads and writes pass one after the other.
///
/// A file is opened exclusively, since two sandboxes on one file would deliver everything twice.
struct SandboxDatabase: Sendable {
  private let queue: DatabaseQueue
  /// Open as long as the database is: to close any descriptor of a file ends all locks that the process holds on it.
  private let file: OwnFile?

  /// Opens and migrates a database.
  /// - Parameter path: the file, created when missing; nil for one in memory.
  init(path: String?) throws(SandboxError) {
    file = try path.map { path throws(SandboxError) in try DatabaseFile.opened(path) }
    do {
      var configuration = Configuration()
      configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
      queue =
        try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
        ?? DatabaseQueue(configuration: configuration)
      let migrator = Schema.migrator
      if let path {
        guard try !queue.inDatabase(migrator.hasBeenSuperseded) else { throw SandboxError.newerDatabase(path: path) }
      }
      // Only now is anything written: another program's file stays as it is.
      try queue.inDatabase { db in
        try db.execute(
          sql: """
            PRAGMA application_id = \(DatabaseFile.applicationID);
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            """)
      }
      try migrator.migrate(queue)
    } catch {
      let failure = error as? SandboxError ?? Self.failure(error, path: path ?? ":memory:")
      // This very process may have it open, and its lock would end with the descriptor.
      if case .databaseInUse = failure {} else { file?.close() }
      throw failure
    }
  }

  /// Runs one read-only transaction.
  func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
    try await queue.read(body)
  }

  /// Runs one transaction, which is rolled back when the body throws.
  func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws -> Value {
    try await queue.write(body)
  }

  func close() {
    try? queue.close()
    file?.close()
  }

  private static func failure(_ error: any Error, path: String) -> SandboxError {
    guard let error = error as? DatabaseError else { return .unreadableDatabase(path: path, reason: "\(error)") }
    return switch error.resultCode {
    case .SQLITE_NOTADB: .notASandboxDatabase(path: path)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .databaseInUse(path: path)
    default: .unreadableDatabase(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}

/// A row holds what no sandbox wrote.
struct CorruptRow: Error {
  let table: String
}
