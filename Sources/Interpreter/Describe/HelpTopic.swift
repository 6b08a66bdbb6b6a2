/// A page about something that is no command and no statement: `help csv`.
struct HelpTopic: Sendable {
  /// The word under which it is found.
  let name: String
  /// One line without a full stop.
  let summary: String
  /// At most 74 columns wide.
  let lines: String
  let examples: [Command.Example]

  /// All of them, in the order of the overview.
  static let all = [
    EditingTopic.topic, CSVTopic.topic, TimeTopic.topic, NumbersTopic.topic, StringsTopic.topic, PathsTopic.topic,
    PipesTopic.topic, ScriptsTopic.topic, TestsTopic.topic, BulkTopic.topic, OutputTopic.topic, SecretsTopic.topic,
  ]

  static func called(_ name: String) -> HelpTopic? { all.first { $0.name == name } }

  var text: String {
    let body = lines.split(separator: "\n", omittingEmptySubsequences: false).map {
      ($0.isEmpty ? "" : "  " + $0) + "\n"
    }
    return TextLayout.filled("\(name): \(summary)") + "\n" + body.joined() + HelpPage.examples(examples)
  }
}
