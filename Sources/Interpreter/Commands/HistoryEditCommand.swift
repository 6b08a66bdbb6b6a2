import OrderedJSON

enum HistoryEditCommand {
  private static let position = Parameter.positional(
    "n", .integer(in: 1...Int.max), default: 1, "which line: 1 is the last one, 2 the one before it", defaultText: "1")

  static let command = Command(
    "history edit", topic: .shell, "opens an earlier line in your editor and runs what you save",
    discussion: """
      The editor is $VISUAL, or $EDITOR, or vi. When it fails (`:cq` in vi), or saves nothing, nothing is run.
      """,
    input: .none, result: .nothing, parameters: [position],
    examples: [
      .init("history edit", "the last line"),
      .init("history edit 3", "the line before the last two"),
    ]
  ) { call throws(Interruption) in
    let position = try await call.value(position)
    guard let history = call.session[LineHistoryKey.self] else { throw .failure(noHistory) }
    // The line that calls this command is in the history too.
    let lines = history.lines.filter { !$0.hasPrefix("history edit") }
    guard position <= lines.count else { throw .failure(tooFar(lines.count, call.span(of: Self.position))) }
    do throws(Failure) {
      try history.edit(lines[lines.count - position])
    } catch {
      throw .failure(error)
    }
    return .nothing
  }

  private static let noHistory = Failure(.noHistory, "only a line typed at the prompt can be edited")

  private static func tooFar(_ count: Int, _ span: SourceSpan?) -> Failure {
    let lines = count == 1 ? "1 line" : "\(count) lines"
    return Failure(.badArgument, "the history goes \(lines) back", at: span)
  }
}
