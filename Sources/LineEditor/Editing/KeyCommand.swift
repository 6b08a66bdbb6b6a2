import CLibedit

/// What a key does beyond libedit's own commands.
struct KeyCommand {
  /// The name by which a user's `.editrc` may bind other keys to it.
  let name: String
  let help: String
  let function: editline_command

  static let all = [
    KeyCommand(name: "interrupt-line", help: "Give the line up") { editor, _ in
      EditingSession.of(editor).interruptLine().code
    },
    KeyCommand(name: "suspend-job", help: "Stop the program until the shell continues it") { editor, _ in
      EditingSession.of(editor).suspendJob().code
    },
    KeyCommand(name: "complete-word", help: "Complete the word at the cursor, or list how it may go on") { editor, _ in
      EditingSession.of(editor).completeWord().code
    },
    KeyCommand(name: "insert-newline", help: "Begin a new line without running this one") { editor, _ in
      EditingSession.of(editor).insertNewline().code
    },
    KeyCommand(name: "edit-line", help: "Change the line in your own text editor") { editor, _ in
      EditingSession.of(editor).editLine().code
    },
    KeyCommand(name: "insert-paste", help: "Insert what the terminal pastes, as it is") { editor, _ in
      EditingSession.of(editor).insertPaste().code
    },
    KeyCommand(name: "older-entry", help: "Recall the next older entry that begins like this line") { editor, _ in
      EditingSession.of(editor).recallOlder().code
    },
    KeyCommand(name: "newer-entry", help: "Recall the next newer entry that begins like this line") { editor, _ in
      EditingSession.of(editor).recallNewer().code
    },
    KeyCommand(name: "line-end", help: "Move behind the last character") { editor, _ in
      EditingSession.of(editor).moveToEnd().code
    },
    KeyCommand(name: "search-history", help: "Search backwards, from the command mode of vi") { editor, _ in
      EditingSession.of(editor).searchHistory().code
    },
    KeyCommand(name: "clear-window", help: "Clear the screen, and draw the line at its top") { editor, _ in
      EditingSession.of(editor).clearScreen().code
    },
    KeyCommand(name: "obey-key", help: "Do what a key means to what is shown beside the line") { editor, _ in
      EditingSession.of(editor).obeyAction().code
    },
  ]

  /// What libedit does after a command.
  enum Outcome {
    case nothing
    case redraw
    case beep

    var code: UInt8 {
      switch self {
      case .nothing: UInt8(CC_NORM)
      case .redraw: UInt8(CC_REFRESH)
      case .beep: UInt8(CC_ERROR)
      }
    }
  }
}
