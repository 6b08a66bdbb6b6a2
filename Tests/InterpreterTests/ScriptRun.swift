import Interpreter
import OrderedJSON
import TestSupport

/// Runs a script on the general commands alone, with everything around it in memory.
struct ScriptRun {
  let output: String
  let errors: String
  let status: Int32

  init(
    _ script: String, arguments: [String] = [], files: [String: String] = [:], standardInput: String = "",
    rendering: RenderingOptions = RenderingOptions(), extra: [Command] = []
  ) async {
    let (output, errors) = (MemorySink(), MemorySink())
    let session = Session(
      registry: CommandRegistry(Command.general + extra), output: output, errors: errors,
      files: MemoryFiles(files: files.mapValues { Array($0.utf8) }, standardInput: Array(standardInput.utf8)),
      environment: ["NAME": "value"], arguments: arguments, rendering: rendering, now: { 1_767_225_600 })
    status = await session.run(SourceText(name: "test.mittr", text: script))
    self.output = output.text
    self.errors = errors.text
  }
}
