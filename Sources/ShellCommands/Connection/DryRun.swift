public import Interpreter

/// Where a session keeps whether commands only tell what they would change (`--dry-run`).
private enum DryRunKey: SessionKey {
  typealias Value = Bool
}

extension Session {
  /// Whether commands that change something only tell what they would do.
  public var isDryRun: Bool {
    get { self[DryRunKey.self] ?? false }
    set { self[DryRunKey.self] = newValue }
  }
}
