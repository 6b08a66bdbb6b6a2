/// Where a person keeps what the shell reads at its start: `$XDG_CONFIG_HOME/mittr`, by default `~/.config/mittr`.
struct ConfigurationFolder: Sendable {
  let path: String

  /// - Returns: nil where there is neither of the two variables.
  init?(_ environment: [String: String]) {
    if let folder = environment["XDG_CONFIG_HOME"], folder.hasPrefix("/") {
      path = folder + "/mittr"
    } else if let home = environment["HOME"], !home.isEmpty {
      path = home + "/.config/mittr"
    } else {
      return nil
    }
  }

  func place(of name: String) -> String { path + "/" + name }
}
