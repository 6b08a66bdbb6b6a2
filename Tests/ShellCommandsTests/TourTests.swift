import MittrSDK
import MittrSandbox
import ShellCommands
import Testing

@Suite("The tour")
struct TourTests {
  @Test("Each of its eight steps shows what it says, one after another on the sandbox")
  func steps() async throws {
    #expect(Tour.steps.count == 8)
    try await Sandbox.with(.demo) { sandbox in
      let client = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
      func run(upTo count: Int) async -> CommandRun {
        let script = Tour.steps[..<count].map { $0.script }.joined(separator: "\nprint \"---\"\n")
        return await CommandRun(script, client, answer: true, now: 1_767_225_600)
      }
      let run = await run(upTo: 8)
      #expect(run.status == 0, "\(run.errors)")
      let parts = run.output.split(separator: "---\n", omittingEmptySubsequences: false).map(String.init)
      try #require(parts.count == 8)
      #expect(parts[0].split(separator: "\n").count == 5)
      #expect(parts[1].contains(#"{"key":"the receiver answered 500","count":"#))
      #expect(parts[2].contains("cus_"))
      #expect(parts[4].split(separator: "\n").count == 3 && parts[4].contains(#""ok":true"#))
      #expect(parts[5].contains(#""circuitState":"open""#))
      #expect(parts[6].contains("order.created"))
      #expect(parts[7].contains("replay"))
      #expect(run.questions == ["replay 3 events?"])
      await client.shutdown()
    }
  }

  @Test("No line of it is wider than a terminal")
  func width() {
    for step in Tour.steps {
      #expect("Step 1 of 8. \(step.text)".count <= 90 && step.script.count <= 84, "\(step.script)")
    }
  }

  @Test("It begins where it is told to, and a script has none")
  func begin() async {
    let guide = ScriptedTour()
    #expect(await CommandRun("tour; tour 4", tour: guide).status == 0)
    #expect(guide.begun == [1, 4])
    #expect(await CommandRun("tour").errors.contains("error[not-interactive]"))
    #expect(await CommandRun("tour 9").errors.contains("1 to 8"))
  }
}
