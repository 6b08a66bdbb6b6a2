import Interpreter
import LineEditor
import ShellCommands

/// `help editing`: what the keys of the prompt do, read from their bindings.
enum EditingTopic {
  static let topic = HelpTopic(
    name: "editing", summary: "the keys at the prompt", lines: lines)

  /// Where what a key does begins, and where it ends, in columns.
  private static let (indent, width) = (20, 74)

  private static var lines: String {
    """
    \(text(KeyHelp.emacs))
    With bind -v in ~/.editrc the keys are those of vi. In its command mode:

    \(text(KeyHelp.viCommandMode))
    A line goes on in the next one while a bracket or a quote is open, and
    behind a |, an operator or a \\ at its end. A block can be pasted.
    history shows the lines typed so far, $_ holds the last result.
    """
  }

  private static func text(_ keys: [KeyHelp]) -> String {
    keys.map { entry in
      let keys = entry.keys.joined(separator: ", ")
      let summary = entry.summary.prefix(1).lowercased() + entry.summary.dropFirst()
      let first = keys.count < indent - 1 ? keys.padding(to: indent) : keys + "\n" + "".padding(to: indent)
      return first + wrapped(summary) + "\n"
    }.joined()
  }

  private static func wrapped(_ text: String) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      let line = lines[lines.count - 1]
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = line.isEmpty ? String(word) : line + " " + word
      }
    }
    return lines.joined(separator: "\n" + "".padding(to: indent))
  }
}

extension CommandRegistry {
  /// The commands and all pages of help of the program.
  static let program = CommandRegistry.shell.adding(topics: [EditingTopic.topic])
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
