import CLibedit

/// Which keys call what, in the notation of `.editrc`.
enum KeyBindings {
  static let everywhere: KeyValuePairs = [
    "^C": "interrupt-line", "^Z": "suspend-job", "^J": "ed-newline", "^M": "ed-newline",
    "^I": "complete-word", "^R": "em-inc-search-prev", "^P": "older-entry", "^N": "newer-entry",
    "^L": "clear-window",
  ]

  /// These follow Escape: in Emacs's keys as one sequence with it, and in vi's as keys of the command mode, which
  /// Escape leads to. A sequence in vi's insert mode would make a lone Escape wait for more.
  static let afterEscape: KeyValuePairs = [
    "[A": "older-entry", "OA": "older-entry", "[B": "newer-entry", "OB": "newer-entry",
    "[200~": "insert-paste",
  ]

  static let emacsOnly: KeyValuePairs = [
    "\\e^M": "insert-newline", "\\e^J": "insert-newline", "^X^E": "edit-line",
    "\\e[1;5C": "em-next-word", "\\e[1;5D": "ed-prev-word",
  ]

  static let viCommandMode: KeyValuePairs = [
    "^C": "interrupt-line", "^Z": "suspend-job", "^J": "ed-newline", "^M": "ed-newline",
    "k": "older-entry", "j": "newer-entry", "v": "edit-line",
    "^R": "search-history", "^L": "clear-window",
  ]

  /// Binds what must hold whatever the user's `.editrc` says. Only afterwards, for its `bind -v` clears every binding.
  static func apply(to editor: OpaquePointer) {
    for (key, command) in everywhere { _ = editline_bind(editor, key, command) }
    for bind in [editline_bind, editline_bind_alternative] { _ = bind(editor, Keyboard.actionKeyNotation, "obey-key") }
    if editline_is_vi(editor) {
      _ = editline_bind(editor, "^E", "line-end")
      for bind in [editline_bind, editline_bind_alternative] {
        _ = bind(editor, Keyboard.newlineKeyNotation, "insert-newline")
      }
      for (key, command) in Array(afterEscape) + Array(viCommandMode) {
        _ = editline_bind_alternative(editor, key, command)
      }
    } else {
      for (key, command) in afterEscape { _ = editline_bind(editor, "\\e" + key, command) }
      for (key, command) in emacsOnly { _ = editline_bind(editor, key, command) }
    }
  }
}
