extension HelpTopic {
  /// Those of the language, in the order of the overview.
  static let all = [
    CSVTopic.topic, TimeTopic.topic, NumbersTopic.topic, StringsTopic.topic, PathsTopic.topic,
    PipesTopic.topic, ScriptsTopic.topic, TestsTopic.topic, BulkTopic.topic, OutputTopic.topic, SecretsTopic.topic,
  ]

  static func called(_ name: String) -> HelpTopic? { all.first { $0.name == name } }

  package var text: String {
    let body = lines.split(separator: "\n", omittingEmptySubsequences: false).map {
      ($0.isEmpty ? "" : "  " + $0) + "\n"
    }
    return TextLayout.filled("\(name): \(summary)") + "\n" + body.joined() + HelpPage.examples(examples)
  }
}

extension CommandRegistry {
  /// The topics of the language, of which an application may say one anew, and the application's own.
  package var helpTopics: [HelpTopic] {
    let own = vocabulary.topics
    return HelpTopic.all.map { topic in own.first { $0.name == topic.name } ?? topic }
      + own.filter { HelpTopic.called($0.name) == nil }
  }

  func helpTopic(_ name: String) -> HelpTopic? { helpTopics.first { $0.name == name } }
}
