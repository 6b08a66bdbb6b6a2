package import ManualPages

extension ManualPage {
  /// What each command takes, group by group, as it is declared.
  package mutating func add(_ registry: CommandRegistry) {
    var topics: [Topic] = []
    for command in registry.commands where !topics.contains(command.topic) { topics.append(command.topic) }
    for topic in topics {
      addSubsection(topic.title)
      for command in registry.commands where command.topic == topic { add(command) }
    }
  }

  private mutating func add(_ command: Command) {
    add([Option(command.usage, command.summary)])
    addIndented(
      command.parameters.filter { $0.isFlagLike }.map { flag in
        Option(flag.form == .flag ? flag.label : "\(flag.label) \(flag.shape.placeholder)", flag.summary)
      })
  }
}
