/// A page about something that is no command and no statement: `help csv`.
public struct HelpTopic: Sendable {
  /// The word under which it is found.
  public let name: String
  /// One line without a full stop.
  public let summary: String
  /// At most 74 columns wide. They are made when somebody reads them.
  public var lines: String { makeLines() }
  public let examples: [Command.Example]
  private let makeLines: @Sendable () -> String

  public init(
    name: String, summary: String, lines: @escaping @Sendable @autoclosure () -> String,
    examples: [Command.Example] = []
  ) {
    self.name = name
    self.summary = summary
    makeLines = lines
    self.examples = examples
  }
}
