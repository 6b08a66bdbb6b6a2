import Basics
import Testing

@testable import Interpreter

@Suite("Help: topics and search")
struct HelpSearchTests {
  private static let registry = CommandRegistry(Command.general)

  @Test("A topic's page is at most 40 lines of 80 columns", arguments: HelpTopic.all.map { $0.name })
  func size(name: String) throws {
    let topic = try #require(HelpTopic.called(name))
    let lines = topic.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    #expect(lines.count <= 40)
    for line in lines { #expect(DisplayWidth.width(String(line)) <= 80 && !line.hasSuffix(" "), "\(line)") }
    #expect(!topic.summary.hasSuffix("."))
  }

  @Test("Every example of a topic runs, and gives what it says", arguments: HelpTopic.all.flatMap { $0.examples })
  func examples(example: Command.Example) async {
    let run = await ScriptRun(example.script)
    #expect(run.status == 0 && run.errors == "", "\(run.errors)")
    if let result = example.result { #expect(run.output == result + "\n") }
  }

  @Test("Every topic is found by its name, the one that is a command's name too behind the command")
  func topics() async {
    for topic in HelpTopic.all {
      let run = await ScriptRun("help \(topic.name)")
      #expect(run.output.contains("\(topic.name): \(topic.summary)\n"), "\(run.errors)")
      #expect(HelpPage.overview(of: Self.registry).contains(topic.name))
    }
    #expect(await ScriptRun("help time").output.hasPrefix("time: \(Self.registry["time"]?.summary ?? "none")\n"))
  }

  @Test(
    "A word leads to what has to do with it, the best first",
    arguments: [
      ("smallest", "min"), ("head", "first"), ("map", "each"), ("ascii_downcase", "lower"), ("json", "from json"),
      ("while", "for"), ("function", "def"), ("file", "open"), ("--desc", "sort-by"), ("desc", "sort-by"),
      ("quit", "exit"), ("elif", "if"), ("keyboard", nil), ("reject", "where"), ("tail", "last"),
      ("CASE", "upper"),
    ])
  func search(words: String, best: String?) async {
    let hits = HelpSearch(registry: Self.registry).hits(for: words)
    guard let best else { return #expect(hits.isEmpty, "\(hits.map { $0.name })") }
    #expect(
      hits.first?.name.split(separator: ",").first.map(String.init) == best || hits.first?.name == best,
      "\(hits.prefix(3))")
    let run = await ScriptRun("help '\(words)'")
    #expect(run.status == 0 && run.output.contains(best))
    let lines = run.output.split(separator: "\n")
    for line in lines { #expect(DisplayWidth.width(String(line)) <= 80) }
  }

  @Test("At most twelve hits are listed, and how many more there are")
  func bounds() async {
    let output = await ScriptRun("help of").output
    let names =
      Self.registry.commands.map { $0.name } + StatementPage.all.map { $0.title } + HelpTopic.all.map { $0.name }
    let listed = output.split(separator: "\n").filter { line in names.contains { line.hasPrefix($0 + "  ") } }
    #expect(listed.count == 12, "\(output)")
    #expect(output.split(separator: "\n").last?.hasSuffix(" more") == true)
  }

  @Test("A word of another tool says first what it is here")
  func foreign() async {
    #expect(await ScriptRun("help tail").output.hasPrefix("'tail' is here: last N\n\nlast  "))
    #expect(await ScriptRun("help '&&'").output.hasPrefix("'&&' is here: and joins conditions"))
    #expect(await ScriptRun("help elif").output.hasPrefix("'elif' is here: else if CONDITION { … }\n\nif  "))
  }

  @Test(
    "What is found nowhere is an error with the nearest page", arguments: ["help langage", "help frist", "help xyzzy"])
  func nothing(script: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[unknown-command]: there is no help for"))
    #expect(run.status == 1)
  }

  @Test("The codes of errors are all there, each once, with what they mean")
  func errors() {
    let page = ErrorPage.text(of: Self.registry)
    for code in Failure.Code.language {
      #expect(page.split(separator: "\n").filter { $0.hasPrefix(code.rawValue + " ") }.count == 1, "\(code.rawValue)")
    }
    #expect(Set(Failure.Code.language.map { $0.rawValue }).count == Failure.Code.language.count)
  }

  /// The names that the shell has besides the general ones.
  private static let others: [(topic: String, names: [String])] = [
    (
      "Events",
      ["list", "get", "send", "replay", "wait", "watch", "types"].map { "events \($0)" } + ["replay"]
        + ["show", "items", "retry"].map { "journal \($0)" }
    ),
    ("Endpoints", ["list", "get", "create", "update", "delete"].map { "endpoints \($0)" }), ("API", ["api"]),
    ("Signatures", ["sign", "verify", "listen", "deliveries"]), ("Local loop", ["deliver", "forward"]),
    (
      "Streams",
      [
        "any", "all", "slice", "range", "zip", "chunk", "lookup", "rename", "merge", "entries", "from-entries", "type",
        "diff",
        "round", "floor", "ceil", "abs", "avg", "median", "percentile", "stats", "count-by", "histogram", "chart",
        "sparkline",
      ]
    ),
    (
      "Text and time",
      [
        "pad", "substring", "repeat", "uuid", "format time", "format duration", "format number", "format bytes",
        "bucket", "shift",
      ]
    ), ("Shell", ["watch", "alias", "profile list", "profile use", "profile show", "browse"]),
  ]

  @Test("The overview fits a screen with all the shell's commands")
  func overview() {
    func command(_ name: String, _ topic: String) -> Command {
      Command(name, topic: Topic(topic), "does it", input: .optional, result: .nothing, examples: []) {
        _ throws(Interruption) in
        .nothing
      }
    }
    let others = Self.others.flatMap { group in group.names.map { command($0, group.topic) } }
    let steps = [
      Command.Example("events list --status failed", "what failed"),
      Command.Example("events list --status failed | first 3 | replay", "deliver three of them again"),
    ]
    let general = Set(Command.general.map { $0.name })
    let registry = CommandRegistry(
      others.prefix(19) + Command.general + others.dropFirst(19).filter { !general.contains($0.name) },
      vocabulary: Vocabulary(firstSteps: steps))
    let overview = HelpPage.overview(of: registry)
    let lines = overview.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    // The statements that are to come take a line more at most.
    let room = Parser.statementWords.contains("retry") ? 24 : 23
    #expect(lines.count <= room, "\(overview)")
    for line in lines { #expect(DisplayWidth.width(String(line)) <= 80 && !line.hasSuffix(" "), "\(line)") }
    for command in registry.commands {
      let word = command.name.split(separator: " ").last.map(String.init) ?? ""
      #expect(overview.contains(word), "\(command.name)")
    }
    for step in steps { #expect(overview.contains(step.script)) }
  }
}
