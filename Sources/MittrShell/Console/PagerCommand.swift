import Basics

/// Which pager a person wants: `$MITTR_PAGER`, else `$PAGER`, else `less` where there is one. A variable that is empty, or
/// `cat`, says that none is wanted.
struct PagerCommand: Sendable {
  /// A command line for the system's shell.
  let text: String
  /// What the pager gets to know of the environment.
  let environment: [String: String]

  init?(_ environment: [String: String]) {
    // A terminal that cannot move its cursor has no use for one.
    guard let terminal = environment["TERM"], !terminal.isEmpty, terminal != "dumb" else { return nil }
    if let chosen = environment["MITTR_PAGER"] ?? environment["PAGER"] {
      let words = chosen.split(separator: " ")
      guard !words.isEmpty, words != ["cat"] else { return nil }
      text = chosen
    } else {
      guard Self.isInstalled("less", environment["PATH"] ?? "") else { return nil }
      text = "less"
    }
    var environment = environment
    // End at once what fits the window after all, show colours, leave the text on the screen. Our text is UTF-8 in
    // every locale.
    environment["LESS"] = environment["LESS"] ?? "FRX"
    environment["LESSCHARSET"] = environment["LESSCHARSET"] ?? "utf-8"
    self.environment = environment
  }

  private static func isInstalled(_ program: String, _ path: String) -> Bool {
    path.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }
}
