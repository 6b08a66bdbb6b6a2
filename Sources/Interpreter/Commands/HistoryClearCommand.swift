enum HistoryClearCommand {
  static let command = Command(
    "history clear", topic: .shell, "forgets all lines typed so far, those on disk too",
    input: .none, result: .nothing, changesData: true,
    examples: [
      .init("history clear", "nothing can be recalled afterwards"),
      .init("history clear; history | count", "which is 0 then"),
    ]
  ) { call throws(Interruption) in
    call.session[LineHistoryKey.self]?.clear()
    return .nothing
  }
}
