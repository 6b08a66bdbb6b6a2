/// Which lines are kept in the history: none that start with a space, and none that carry a secret.
enum HistoryPolicy {
  static func isKept(_ line: String) -> Bool {
    guard let first = line.first, first != " " else { return false }
    return !["--secret", "mtr_", "whsec_"].contains { line.contains($0) }
  }
}

/// Where the history is kept: `$XDG_STATE_HOME/mittr/history`, by default under `~/.local/state`.
enum HistoryPath {
  static func path(_ environment: [String: String]) -> String? {
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") { return state + "/mittr/history" }
    guard let home = environment["HOME"], !home.isEmpty else { return nil }
    return home + "/.local/state/mittr/history"
  }
}
