import Interpreter
import OrderedJSON
import TestSupport

/// Runs a script on the general commands alone, with everything around it in memory.
struct ScriptRun {
  let output: String
  let errors: String
  let status: Int32
  /// What the files hold at the end.
  let files: [String: String]
  /// How many files were begun and never ended.
  let unfinishedFiles: Int

  /// - Parameter prepare: what the host adds to the session.
  init(
    _ script: String, arguments: [String] = [], files: [String: String] = [:], standardInput: String = "",
    rendering: RenderingOptions = RenderingOptions(), extra: [Command] = [],
    clock: SessionClock = SessionClock(), path: String? = nil, commandLine: [String]? = nil,
    prepare: (Session) -> Void = { _ in }
  ) async {
    let (output, errors) = (MemorySink(), MemorySink())
    let memory = MemoryFiles(
      files: files.mapValues { Array($0.utf8) }, standardInput: Array(standardInput.utf8))
    let host = StreamHost(
      output: output, errors: errors, files: memory, environment: ["NAME": "value"], clock: clock,
      now: { 1_767_225_600 })
    host.zone = LocalZone { _ in 5400 }
    let session = Session(
      registry: CommandRegistry(
        Command.general + extra, vocabulary: Vocabulary(source: "events list", secretPrefixes: ["mtr_", "whsec_"])),
      host: host, options: SessionOptions(rendering: rendering), arguments: arguments)
    prepare(session)
    let source = SourceText(name: path ?? "test.mittr", path: path, text: script)
    if let commandLine {
      status = await session.runScript(source, arguments: commandLine)
    } else {
      status = await session.run(source)
    }
    self.output = output.text
    self.errors = errors.text
    self.files = memory.files.mapValues { String(decoding: $0, as: UTF8.self) }
    unfinishedFiles = memory.unfinished
  }
}
