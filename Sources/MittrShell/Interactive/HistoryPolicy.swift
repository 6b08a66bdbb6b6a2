import Interpreter
import LineEditor

/// Which lines are kept in the history: none that start with a space; one that carries a secret is recalled in this
/// session alone and never written to the file.
enum HistoryPolicy {
  /// - Parameter rendering: knows the secrets of the session.
  static func retention(of line: String, _ rendering: RenderingOptions) -> HistoryRetention {
    guard let first = line.first, first != " " else { return .nowhere }
    return hasSecret(line) || rendering.holdsSecret(line) ? .thisSession : .file
  }

  /// Whether the line spells a secret out; a key that is not written to its end is one as well.
  private static func hasSecret(_ line: String) -> Bool {
    !SecretValues(in: line).spans.isEmpty || ["mtr_", "whsec_"].contains { line.contains($0) }
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
