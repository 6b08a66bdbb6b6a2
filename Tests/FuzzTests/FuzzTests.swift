import ShellCommands
import Testing

@testable import Interpreter

/// Inputs made from a seed: each ends as it may, never with a crash, a wait without end or memory without bound.
///
/// Here each target runs the same inputs every time. `scripts/fuzz` runs them for longer and from other seeds.
@Suite("Fuzz", .serialized)
struct FuzzTests {
  @Test("Random bytes, random words of the language, and right scripts with something wrong in them")
  func scripts() async {
    let run = FuzzRun("scripts", inputs: 1200)
    while var random = run.next() {
      let script = ScriptGenerator.script(&random)
      run.begin(script)
      await ScriptJudge().judge(script, cursor: random.below(script.count + 1))
      run.count(1)
    }
    run.end()
  }

  @Test("Prefixes of every golden script, read as a script or as a line in turn")
  func prefixes() {
    let judge = ScriptJudge()
    for (number, script) in ScriptGenerator.scripts.enumerated() {
      // Every one of the short scripts; of the others a third, at other places in each. The longest ones only nest more
      // of the same.
      let step = script.count < 150 ? 1 : 3
      for end in stride(from: number % step, through: min(script.count, 2000), by: step) {
        judge.parse(
          SourceText(name: "fuzz", bytes: Array(script[..<end])), end.isMultiple(of: 2) ? .script : .interactive)
      }
    }
  }

  @Test("Programs made from the grammar and all commands, evaluated against a server that answers anything")
  func programs() async {
    let run = FuzzRun("programs", inputs: 1500)
    await ProgramFuzz.run(run)
    run.end()
  }

  @Test("Text to be read as JSON, JSON Lines, CSV and lines, in any encoding and in pieces")
  func data() async throws {
    let run = FuzzRun("data", inputs: 3000)
    try await DataFuzz.run(run)
    run.end()
  }

  @Test("Whatever holds a delivery")
  func deliveries() throws {
    let run = FuzzRun("deliveries", inputs: 400)
    try DeliveryFuzz.run(run)
    run.end()
  }

  @Test("Answers to the client")
  func client() async throws {
    let run = FuzzRun("client", inputs: 2000)
    try await ClientFuzz.run(run)
    run.end()
  }

  @Test("Requests to listen")
  func listen() async throws {
    let run = FuzzRun("listen", inputs: 2000)
    try await ListenFuzz.run(run)
    run.end()
  }

  @Test("Requests to the sandbox")
  func sandbox() async throws {
    let run = FuzzRun("sandbox", inputs: 4000)
    try await SandboxFuzz.run(run)
    run.end()
  }
}
