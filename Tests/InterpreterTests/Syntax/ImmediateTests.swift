import Testing

@testable import Interpreter

@Suite("Done at once")
struct ImmediateTests {
  @Test(
    "A command's page is asked for in every way that means nothing else",
    arguments: [
      ("first --help", "help first"), ("[1] | first --help", "help first"), ("sort-by --help", "help sort-by"),
      ("[1] | sort-by .a --desc --help | count", "help sort-by"), ("[1] | where --help", "help where"),
      ("where --help", "help where"),
      ("where . > 1 --help", "help where"), ("each { . } --help", "help each"), ("each --help { . }", "help each"),
      ("first -h", "help first"),
      ("[1] | first ?", "help first"), ("first ?", "help first"), ("from json --help", "help from json"),
      ("from json ?", "help from json"), ("from --help", "help from"), ("from ?", "help from"),
      ("history -h", "help history"),
      ("print --help", "help print"), ("print a b --help", "help print"), ("save --help", "help save"),
      ("help --help", "help help"), ("?", "help"), ("? first", "help first"), ("?first", "help first"),
      ("open x --nope --help", "help open"), ("if true { first --help }", "help first"), ("split --help", "help split"),
    ])
  func pages(script: String, same: String) async {
    let (run, help) = (await ScriptRun(script), await ScriptRun(same))
    #expect(help.status == 0 && !help.output.isEmpty)
    #expect(run.output == help.output, "\(run.errors)")
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test("Nothing else of the pipeline runs")
  func nothingRuns() async {
    let run = await ScriptRun("[1] | save out.txt --help")
    #expect(run.files["out.txt"] == nil)
    #expect(run.output.hasPrefix("save: "))
  }

  @Test(
    "What may be meant as text is text",
    arguments: [
      ("print -h", "-h"), ("print ?", "?"), ("print '--help'", "--help"), (#"print "?""#, "?"),
      ("print a ? b", "a ? b"), ("def f(a) { $a }; f ?", "?"),
    ])
  func texts(script: String, output: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == output + "\n", "\(run.errors)")
  }

  private static func run(_ script: String, _ context: ParsingContext) -> ParseResult {
    Parser.parse(SourceText(name: "", text: script), in: context)
  }

  @Test("A person leaves with quit or \\q", arguments: ["quit", "\\q", " quit ", "quit;", "\\q  "])
  func leaving(script: String) async {
    var status: Int32?
    var exitStatus: Int32?
    var session: Session?
    _ = await ScriptRun("") { session = $0 }
    if let session {
      let result = Parser.parse(SourceText(name: "line", text: script), in: session.parsingContext(.interactive))
      #expect(!result.hasErrors && !result.isIncomplete, "\(result.diagnostics)")
      status = await session.run(result)
      exitStatus = session.exitStatus
    }
    #expect(status == 0)
    #expect(exitStatus == 0)
  }

  @Test(
    "Nobody leaves by accident",
    arguments: ["print quit", "quit now", "(quit)", "[1] | quit", "let x = quit", "\\quit", "quit\nprint 1"])
  func staying(script: String) {
    let registry = CommandRegistry(Command.general)
    let result = Self.run(script, ParsingContext(registry: registry, mode: .interactive))
    let exits = result.program.block.statements.contains { statement in
      guard case .pipeline(let pipeline) = statement.kind, case .statement = pipeline.head else { return false }
      return true
    }
    #expect(!exits)
    #expect(Self.run("quit", ParsingContext(registry: registry)).hasErrors, "a script ends with exit")
    #expect(!Self.run("quit", ParsingContext(registry: registry, functions: ["quit"], mode: .interactive)).hasErrors)
  }
}
