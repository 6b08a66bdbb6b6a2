import Interpreter

/// What other programs get to know of the environment: what they need, by name, and never a variable whose name says that it
/// holds a secret.
enum ChildEnvironment {
  private static let general: Set = [
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "TMPDIR", "LANG", "LANGUAGE", "TZ", "LD_LIBRARY_PATH",
  ]

  /// What pagers and editors are set up with, in a terminal and in windows.
  private static let interactive: Set = [
    "TERM", "TERMINFO", "TERMINFO_DIRS", "COLORTERM", "COLUMNS", "LINES", "NO_COLOR", "LS_COLORS", "TMUX", "STY",
    "WINDOWID", "PAGER", "MORE", "EDITOR", "VISUAL", "ALTERNATE_EDITOR", "VIMINIT", "EXINIT", "MYVIMRC", "VIM",
    "VIMRUNTIME", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "SSH_TTY", "SSH_CONNECTION",
    "VSCODE_IPC_HOOK_CLI", "WSL_DISTRO_NAME", "WSL_INTEROP", "WSLENV", "HISTFILE", "GPG_TTY",
  ]

  private static let generalPrefixes = ["LC_"]
  private static let interactivePrefixes = ["LESS", "TERM_PROGRAM", "XDG_", "BAT_", "MOST_", "NVIM_", "EMACS", "NANO"]

  /// For what runs on the person's terminal.
  static func ofPrograms(_ environment: [String: String]) -> [String: String] {
    allowed(environment, general.union(interactive), generalPrefixes + interactivePrefixes)
  }

  /// Whom a delivery to an HTTPS receiver on this machine trusts. Proxies, which may hold a password, lead elsewhere only.
  private static let authorities: Set = ["SSL_CERT_FILE", "SSL_CERT_DIR"]

  /// For the sandbox, which is told everything else by its arguments.
  static func ofSandbox(_ environment: [String: String]) -> [String: String] {
    allowed(environment, general.union(authorities), generalPrefixes)
  }

  private static func allowed(
    _ environment: [String: String], _ names: Set<String>, _ prefixes: [String]
  ) -> [String: String] {
    environment.filter { name, _ in
      (names.contains(name) || prefixes.contains { name.hasPrefix($0) }) && !SecretNames.isSecret(variable: name)
    }
  }
}
