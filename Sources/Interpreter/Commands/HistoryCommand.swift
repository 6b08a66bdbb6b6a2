import OrderedJSON

enum HistoryCommand {
  static let command = Command(
    "history", topic: .shell, "gives the lines typed so far, oldest first",
    discussion: """
      Lines that start with a space are not kept, lines with a secret for this session alone. A script has no history,
      so nothing comes.
      """,
    input: .none, result: .stream,
    examples: [
      .init("history | where . =~ \"replay\"", "what was replayed, and how"),
      .init("history | count", "how many lines are kept"),
    ]
  ) { call throws(Interruption) in
    .stream(ItemStream((call.session[LineHistoryKey.self]?.lines ?? []).map { .string($0) }))
  }
}
