/// Some keys of the prompt and what they do, read from what they are bound to.
public struct KeyHelp: Sendable, Hashable {
  /// As a person reads them: `Ctrl-R`, `Alt-Enter`.
  public let keys: [String]
  /// One line without a full stop.
  public let summary: String

  /// With Emacs's keys, which are those of a shell.
  public static var emacs: [KeyHelp] {
    gathered(
      Array(KeyBindings.everywhere) + KeyBindings.afterEscape.map { ("\\e" + $0.key, $0.value) }
        + Array(KeyBindings.emacsOnly) + Array(LibeditKeys.emacs)) + besideTheLine
  }

  /// In the command mode of vi's keys.
  public static var viCommandMode: [KeyHelp] {
    gathered(Array(KeyBindings.viCommandMode) + Array(LibeditKeys.viCommandMode))
  }

  /// What the keys mean that are not bound to a command: see `KeyAction`.
  private static let besideTheLine = [
    KeyHelp(keys: ["Right", "Ctrl-E", "Ctrl-F"], summary: "Take what is suggested behind the cursor"),
    KeyHelp(keys: ["Alt-F", "Ctrl-Right"], summary: "Take a word of what is suggested"),
    KeyHelp(keys: ["Tab", "Shift-Tab", "Up", "Down"], summary: "Walk through the list below the line"),
  ]

  /// The commands in the order of their first keys, each with all of its keys.
  private static func gathered(_ bindings: [(key: String, value: String)]) -> [KeyHelp] {
    var commands: [String] = []
    var keys: [String: [String]] = [:]
    for (key, command) in bindings {
      let name = KeyNotation.name(of: key)
      if keys[command] == nil { commands.append(command) }
      if keys[command]?.contains(name) != true { keys[command, default: []].append(name) }
    }
    return commands.compactMap { command in
      let summary = KeyCommand.all.first { $0.name == command }?.help ?? LibeditKeys.summaries[command]
      return summary.map { KeyHelp(keys: keys[command] ?? [], summary: $0) }
    }
  }
}

/// What libedit binds by itself, as far as it is worth knowing, and what its commands do.
enum LibeditKeys {
  static let emacs: KeyValuePairs = [
    "^A": "ed-move-to-beg", "^E": "ed-move-to-end", "^B": "ed-prev-char", "^F": "ed-next-char",
    "\\eb": "ed-prev-word", "\\ef": "em-next-word", "^W": "ed-delete-prev-word", "^U": "em-kill-line",
    "^K": "ed-kill-line", "^Y": "em-yank", "^T": "ed-transpose-chars", "^D": "em-delete-or-list",
  ]

  static let viCommandMode: KeyValuePairs = [
    "i": "vi-insert", "a": "vi-add", "0": "vi-zero", "$": "ed-move-to-end", "w": "vi-next-word", "b": "vi-prev-word",
    "x": "ed-delete-next-char", "D": "ed-kill-line", "u": "vi-undo", "p": "vi-paste-next",
  ]

  static let summaries = [
    "ed-newline": "Run the line, or go on below where it is not whole",
    "em-inc-search-prev": "Search backwards through earlier lines",
    "ed-move-to-beg": "Move to the start of the line", "ed-move-to-end": "Move to the end of the line",
    "ed-prev-char": "Move one character back", "ed-next-char": "Move one character on",
    "ed-prev-word": "Move a word back", "em-next-word": "Move a word on",
    "ed-delete-prev-word": "Delete the word before the cursor", "em-kill-line": "Delete the whole line",
    "ed-kill-line": "Delete up to the end of the line", "em-yank": "Put back what was deleted",
    "ed-transpose-chars": "Swap the characters around the cursor",
    "em-delete-or-list": "Delete the character at the cursor; on an empty line, leave the shell",
    "vi-insert": "Type before the cursor", "vi-add": "Type behind the cursor",
    "vi-zero": "Move to the start of the line",
    "vi-next-word": "Move a word on", "vi-prev-word": "Move a word back",
    "ed-delete-next-char": "Delete the character at the cursor", "vi-undo": "Undo the last change",
    "vi-paste-next": "Put back what was deleted",
  ]
}

/// The notation of `.editrc`, in a person's words.
enum KeyNotation {
  private static let names = [
    "^I": "Tab", "^M": "Enter", "^J": "Enter", "[A": "Up", "OA": "Up", "[B": "Down", "OB": "Down",
    "[1;5C": "Ctrl-Right", "[1;5D": "Ctrl-Left", "[200~": "a paste",
  ]

  static func name(of notation: String) -> String {
    if let name = names[notation] { return name }
    guard notation.hasPrefix("\\e") else { return controls(in: notation) }
    let rest = String(notation.dropFirst(2))
    guard let name = names[rest] else { return "Alt-" + controls(in: rest).uppercased() }
    return name == "Enter" ? "Alt-" + name : name
  }

  /// `^X^E` as `Ctrl-X Ctrl-E`; a plain letter as itself.
  private static func controls(in notation: String) -> String {
    guard notation.count > 1, notation.hasPrefix("^") else { return notation }
    return notation.split(separator: "^").map { "Ctrl-\($0)" }.joined(separator: " ")
  }
}
