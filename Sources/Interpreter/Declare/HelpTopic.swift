/// A page about something that is no command and no statement: `help csv`.
public struct HelpTopic: Sendable {
  /// The word under which it is found.
  public let name: String
  /// One line without a full stop.
  public let summary: String
  /// At most 74 columns wide.
  public let lines: String
  public let examples: [Command.Example]

  public init(name: String, summary: String, lines: String, examples: [Command.Example] = []) {
    self.name = name
    self.summary = summary
    self.lines = lines
    self.examples = examples
  }
}
