enum SetOutputCommand {
  private static let mode = Parameter.positional(
    "mode", .choice(RenderingOptions.Mode.allCases.map { $0.rawValue }),
    "auto, table, lines, jsonl, json or csv; auto is a table on a terminal and lines elsewhere")

  static let command = Command(
    "set-output", topic: .shell, "sets how the results that follow are shown, as --output does",
    input: .none, result: .nothing, parameters: [mode],
    examples: [
      .init("set-output json; {id: 1}", "JSON from now on"),
      .init("set-output auto", "as at the start"),
    ]
  ) { call throws(Interruption) in
    if let mode = RenderingOptions.Mode(rawValue: try await call.value(mode)) {
      call.session.options.rendering.mode = mode
    }
    return .nothing
  }
}
