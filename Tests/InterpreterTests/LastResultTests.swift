import Interpreter
import TestSupport
import Testing

@Suite("The last printed result")
struct LastResultTests {
  private func run(_ lines: [String], isInteractive: Bool) async -> (output: String, errors: String) {
    let (output, errors) = (MemorySink(), MemorySink())
    let session = Session(
      registry: CommandRegistry(Command.general),
      host: StreamHost(output: output, errors: errors, files: MemoryFiles(files: [:]), now: { 1_767_225_600 }),
      options: SessionOptions(isInteractive: isInteractive))
    for line in lines {
      _ = await session.run(
        SourceText(name: "prompt", text: line), mode: isInteractive ? .interactive : .script)
    }
    return (output.text, errors.text)
  }

  @Test(
    "At the prompt $_ is what was printed last: a value, or a stream's items as a list",
    arguments: [
      (["$_"], "null\n"), (["5", "$_ + 1"], "5\n6\n"), (["[1, 2] | first 2", "$_ | count"], "1\n2\n2\n"),
      (["5", "let x = 6", "$_"], "5\n5\n"), (["5", "print 6", "$_"], "5\n6\n5\n"), (["5; 6", "$_"], "5\n6\n6\n"),
    ])
  func kept(lines: [String], expected: String) async {
    let run = await run(lines, isInteractive: true)
    #expect(run.output == expected)
    #expect(run.errors == "")
  }

  @Test("It keeps at most a thousand items")
  func capped() async {
    let digits = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
    let many = "for a in \(digits) { for b in \(digits) { for c in \(digits) { 1; 2 } } }"
    let run = await run([many, "$_ | count"], isInteractive: true)
    #expect(run.output.hasSuffix("2\n1000\n"))
  }

  @Test("In a script there is none")
  func script() async {
    let run = await run(["5", "$_"], isInteractive: false)
    #expect(run.output == "5\n")
    #expect(run.errors.hasPrefix("error[unknown-variable]: there is no $_ here"))
  }
}
