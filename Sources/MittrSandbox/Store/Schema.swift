import GRDB

/// The tables, by migration. A released migration never changes; a new one is added behind it.
enum Schema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("first") { db in
      try db.execute(sql: endpoints)
      try db.execute(sql: events)
      try db.execute(sql: sending)
    }
    return migrator
  }

  /// `fields` is the JSON object of what the user set; `circuit` is `closed`, `open` or `half-open`.
  private static let endpoints = """
    CREATE TABLE endpoint (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      secret TEXT NOT NULL,
      enabled INTEGER NOT NULL,
      fields TEXT NOT NULL,
      circuit TEXT NOT NULL,
      failures INTEGER NOT NULL,
      open_until INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    );
    CREATE INDEX endpoint_by_age ON endpoint (created_at, sequence);
    """

  /// `json` is the event as the API answers it, and the truth; the columns before it repeat what is searched by.
  ///
  /// `next_attempt_at` is null when no attempt is planned. `held` is 1 while the endpoint takes no deliveries (disabled,
  /// or its circuit is not closed), so that a long queue behind a broken endpoint costs the worker nothing.
  private static let events = """
    CREATE TABLE event (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      status TEXT NOT NULL,
      event_type TEXT,
      endpoint_id TEXT,
      created_at INTEGER NOT NULL,
      next_attempt_at INTEGER,
      held INTEGER NOT NULL DEFAULT 0,
      replays INTEGER NOT NULL DEFAULT 0,
      json TEXT NOT NULL
    );
    CREATE INDEX event_by_age ON event (created_at, sequence, status, event_type, endpoint_id);
    CREATE INDEX event_by_status ON event (status, created_at, sequence);
    CREATE INDEX event_by_type ON event (event_type, created_at, sequence);
    CREATE INDEX event_by_endpoint ON event (endpoint_id, created_at, sequence);
    CREATE INDEX event_due ON event (next_attempt_at, sequence)
      WHERE held = 0 AND next_attempt_at IS NOT NULL AND status IN ('pending', 'failed');
    CREATE INDEX event_held ON event (endpoint_id, next_attempt_at, sequence)
      WHERE held = 1 AND next_attempt_at IS NOT NULL AND status IN ('pending', 'failed');
    CREATE INDEX event_replayed ON event (sequence, id, replays) WHERE replays > 0;

    CREATE TRIGGER endpoint_gate AFTER UPDATE OF circuit, enabled ON endpoint
    WHEN (NEW.enabled = 1 AND NEW.circuit = 'closed') <> (OLD.enabled = 1 AND OLD.circuit = 'closed')
    BEGIN
      UPDATE event SET held = NOT (NEW.enabled = 1 AND NEW.circuit = 'closed')
      WHERE endpoint_id = NEW.id AND next_attempt_at IS NOT NULL;
    END;
    CREATE TRIGGER endpoint_gone AFTER DELETE ON endpoint
    BEGIN
      UPDATE event SET held = 0 WHERE endpoint_id = OLD.id AND next_attempt_at IS NOT NULL;
    END;
    """

  /// `sending` has one row for each idempotency key: what was sent, compactly, and what was answered.
  private static let sending = """
    CREATE TABLE sending (
      idempotency_key TEXT PRIMARY KEY,
      request TEXT NOT NULL,
      answer TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE attempt (
      event_sequence INTEGER NOT NULL,
      number INTEGER NOT NULL,
      at INTEGER NOT NULL,
      status_code INTEGER,
      error TEXT
    );
    CREATE INDEX attempt_by_event ON attempt (event_sequence);
    """
}
