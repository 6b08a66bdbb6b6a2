import OrderedJSON

enum HistoryCommand {
  static let list = Command(
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

  static let clear = Command(
    "history clear", topic: .shell, "forgets all lines typed so far, those on disk too",
    input: .none, result: .nothing,
    examples: [
      .init("history clear", "nothing can be recalled afterwards"),
      .init("history clear; history | count", "which is 0 then"),
    ]
  ) { call throws(Interruption) in
    call.session[LineHistoryKey.self]?.clear()
    return .nothing
  }

  private static let position = Parameter.positional(
    "n", .integer(in: 1...Int.max), default: 1, "which line: 1 is the last one, 2 the one before it", defaultText: "1")

  static let edit = Command(
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

  private static let noHistory = Failure("no-history", "only a line typed at the prompt can be edited")

  private static func tooFar(_ count: Int, _ span: SourceSpan?) -> Failure {
    let lines = count == 1 ? "1 line" : "\(count) lines"
    return Failure("bad-argument", "the history goes \(lines) back", at: span)
  }
}
