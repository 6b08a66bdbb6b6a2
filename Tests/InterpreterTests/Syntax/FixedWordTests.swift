import OrderedJSON
import Testing

@testable import Interpreter

@Suite("Words that are fixed")
struct FixedWordTests {
  private static let statuses = ["pending", "failed", "dead"]
  private static let status = Parameter.option("status", .suggestion(statuses), "only such")
  private static let mode = Parameter.option("mode", .choice(["fast", "slow"]), "how")
  private static let patch = Parameter.optionalPositional("patch", .record, "what to change").naming([
    "url", "enabled", "eventTypes",
  ])

  private static let commands = [
    Command(
      "things list", topic: .streams, "lists things", input: .none, result: .stream,
      itemKind: ItemKind("thing", columns: ["id", "status"], words: ["status": statuses]), parameters: [status, mode],
      examples: []
    ) { _ throws(Interruption) in
      .stream(ItemStream([["id": 1, "status": "failed"]]))
    },
    Command(
      "things update", topic: .streams, "changes", input: .optional, result: .nothing, parameters: [patch], examples: []
    ) {
      _ throws(Interruption) in .nothing
    },
  ]

  private static func diagnostics(_ script: String) -> [Diagnostic] {
    let registry = CommandRegistry(Command.general + commands)
    return Parser.parse(SourceText(name: "", text: script), in: ParsingContext(registry: registry)).diagnostics
  }

  @Test(
    "A flag's wrong word is an error",
    arguments: [
      ("things list --status Failed", "did you mean failed?"), ("things list --status faild", "did you mean failed?"),
      ("things list --status=DEAD", "did you mean dead?"), ("things list --mode Fast", "did you mean fast?"),
      ("things list --mode medium", "expected one of fast, slow"),
    ])
  func flags(script: String, message: String) {
    let found = Self.diagnostics(script)
    #expect(found.map { $0.code } == [.badArgument])
    #expect(found.first?.severity == .error && found.first?.message.contains(message) == true, "\(found)")
  }

  @Test("A word that the server may know passes", arguments: ["failed", "retrying", "archived"])
  func unknownWords(word: String) { #expect(Self.diagnostics("things list --status \(word)") == []) }

  @Test(
    "A comparison that never holds is warned about",
    arguments: [
      (#"things list | where .status == "Failed""#, "did you mean \"failed\"?"),
      (#"things list | where "faild" == .status"#, "did you mean \"failed\"?"),
      (#"things list | where .id == 1 and not .status != "Dead""#, "did you mean \"dead\"?"),
      (#"things list | first 3 | where .status in ["failed", "gone"]"#, "it is one of: pending, failed, dead"),
      (#"things list | where .status == "ok" | count"#, "it is one of: pending, failed, dead"),
      (#"let x = (things list | where .status == "Failed")"#, "did you mean \"failed\"?"),
    ])
  func comparisons(script: String, help: String) {
    let found = Self.diagnostics(script)
    #expect(found.map { $0.code } == [.unknownWord])
    #expect(found.map { $0.severity } == [.warning])
    #expect(found.first?.help == help)
  }

  @Test(
    "Nothing is said where it may be right",
    arguments: [
      #"things list | where .status == "failed""#, #"things list | where .id == "Failed""#,
      #"things list | each { {status: "Failed"} } | where .status == "Failed""#,
      #"things list | select status | where .status == "Failed""#, #"[1] | where .a? == "Failed""#,
      #"things list | where .status.a? == "Failed""#, #"things list | where .status == null"#,
      #"things list | where .status like "F*""#,
      #"things list | where ([{status: 1}] | where .status == "Failed" | count) == 0"#,
    ])
  func silence(script: String) { #expect(Self.diagnostics(script) == []) }

  @Test("The warning is shown and the script runs")
  func running() async {
    let run = await ScriptRun("things list | where .status == \"Failed\" | count", extra: Self.commands)
    #expect(run.output == "0\n")
    #expect(run.status == 0)
    #expect(
      run.errors == """
        warning[unknown-word]: the status of thing records is never 'Failed'
         --> test.mittr:1:32
        1 | things list | where .status == "Failed" | count
          |                                ^^^^^^^^ did you mean "failed"?

        """)
  }

  @Test(
    "A key that the command does not know is warned about where it stands; nearly one that it knows, it is an error",
    arguments: [
      ("things update {urll: 1}", 15, "did you mean url?"),
      (#"things update {"enabeld": true}"#, 15, "did you mean enabled?"),
      ("things update {url: $args.0, eventtypes: []}", 29, "did you mean eventTypes?"),
      (#"[{a: "x"}] | things update {url: .a, zzz: .a}"#, 37, nil),
    ])
  func keys(script: String, column: Int, help: String?) {
    let found = Self.diagnostics(script).filter { [.unknownField, .unknownKey].contains($0.code) }
    #expect(found.map { $0.code } == [help == nil ? .unknownField : .unknownKey])
    #expect(found.map { $0.severity } == [help == nil ? .warning : .error])
    #expect(found.first?.span.start == column)
    #expect(found.first?.help == help)
    #expect(Self.diagnostics("things update {url: 1, enabled: true}") == [])
  }

  @Test(
    "A key of a list says what to do, and never to hide it",
    arguments: [
      "let e = [1] | first 1; $e.id", "[1].id", "[[1]] | get id", "[[1]] | each { .id }", "[[1]] | select id",
      "{a: [1]}.a.b",
    ])
  func lists(script: String) async {
    let run = await ScriptRun(script)
    #expect(run.status == 1)
    #expect(run.errors.contains("error[no-such-field]: a list has no key"), "\(run.errors)")
    #expect(run.errors.contains("it is a list: [0], or | one"))
    #expect(!run.errors.contains("?"))
  }
}
