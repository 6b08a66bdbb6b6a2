import Interpreter
import OrderedJSON

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

final class MemorySink: ByteSink {
  private var bytes: [UInt8] = []
  var text: String { String(decoding: bytes, as: UTF8.self) }

  func write(_ bytes: [UInt8]) throws(Interruption) { self.bytes += bytes }
}

struct MemoryFiles: FileAccess {
  let files: [String: [UInt8]]
  let standardInput: [UInt8]

  func read(_ path: String) throws(Failure) -> [UInt8] {
    guard let bytes = files[path] else { throw Failure("file-error", "\(path): no such file") }
    return bytes
  }

  func readStandardInput() throws(Failure) -> [UInt8] { standardInput }

  func open(_ path: String) throws(Failure) -> any ChunkReader { MemoryChunks(try read(path)) }
}

/// Gives a few bytes at a time, so that every boundary falls somewhere inconvenient.
final class MemoryChunks: ChunkReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  func next() throws(Failure) -> [UInt8] {
    defer { rest = rest.dropFirst(7) }
    return Array(rest.prefix(7))
  }

  func close() { rest = [] }
}
