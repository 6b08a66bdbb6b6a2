enum SetOutputCommand {
  private static let mode = Parameter.optionalPositional(
    "mode", .choice(RenderingOptions.Mode.allCases.map { $0.rawValue }),
    "auto, table, expanded, lines, jsonl, json or csv; auto is a table on a terminal and lines elsewhere")
  private static let plainEditing = Parameter.flag(
    "plain-editing", "no colours, suggestions and menus while a line is typed, until set-output auto")

  static let command = Command(
    "set-output", topic: .shell, "sets how the results that follow are shown, as --output does",
    discussion: """
      A table shows ids and the columns named by `select` whole and cuts long texts; … in its header says how many columns \
      found no room. Records that fit no table are shown one a block, as expanded shows all.
      """,
    input: .none, result: .nothing, parameters: [mode, plainEditing],
    searchWords: [
      "format", "vertical", "\\x", "expand", "wide", "columns", "truncate", "pretty", "colour", "color", "highlight",
      "suggestion",
    ],
    examples: [
      .init("set-output json; {id: 1}", "JSON from now on"),
      .init("set-output expanded; {id: 1, ok: true}", "a field a line", gives: "id  1\nok  true"),
      .init("set-output auto", "as at the start"),
      .init("set-output --plain-editing", "for a terminal that draws lines badly"),
    ]
  ) { call throws(Interruption) in
    guard call.isGiven(mode) || call.isGiven(plainEditing) else {
      throw .failure(
        Failure(
          .missingArgument, "'set-output' needs a mode; it is \(call.session.options.rendering.mode.rawValue) now",
          help: "such as: set-output table; auto is as at the start"))
    }
    if let mode = try await call.value(mode).flatMap({ RenderingOptions.Mode(rawValue: $0) }) {
      call.session.options.rendering.mode = mode
      if mode == .auto { call.session.options.isEditingPlain = false }
    }
    if try await call.value(plainEditing) { call.session.options.isEditingPlain = true }
    return .nothing
  }
}
