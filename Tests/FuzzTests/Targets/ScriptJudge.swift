import OrderedJSON
import ShellCommands
import Synchronization
import TestSupport
import Testing

@testable import Interpreter

/// Does to a text all that the shell would do to it, and says what went wrong beyond diagnostics.
struct ScriptJudge {
  /// Everything but what waits by itself.
  private static let runnable = CommandRegistry(Command.general.filter { !["sleep", "retry"].contains($0.name) })
  /// New ones each time, since a script may write some.
  private static var files: MemoryFiles {
    MemoryFiles(
      files: [
        "events.jsonl": Array("{\"status\": \"failed\"}\n{\"status\": \"dead\"}\n".utf8),
        "notes.txt": Array("a\nb\n".utf8), "library.mittr": Array("def greet(name) { \"hello \\($name)\" }\n".utf8),
      ], standardInput: Array("[1, 2]".utf8))
  }
  func judge(_ bytes: [UInt8], cursor: Int) async {
    let source = SourceText(name: "fuzz", bytes: bytes)
    parse(source, .script)
    parse(source, .interactive)
    if let text = String(validating: bytes, as: UTF8.self) {
      _ = Completer(
        CompletionContext(registry: .shell, variables: ["x": ["a": ["b": 1]]])
      ).complete(text, at: cursor)
    }
    await run(source)
  }

  @discardableResult
  func parse(_ source: SourceText, _ mode: ParsingContext.Mode) -> ParseResult {
    let context = ParsingContext(registry: .shell, mode: mode, readFile: { path in try? Self.files.read(path) })
    let result = Parser.parse(source, in: context)
    let isSound = result.diagnostics.allSatisfy { diagnostic in
      let text = DiagnosticFormatter().text(diagnostic, in: source)
      return diagnostic.span.end <= source.bytes.count && text.utf8.count < 10_000 && text.hasSuffix("\n")
    }
    if !isSound || result.diagnostics.count > Parser.maximumDiagnostics {
      Issue.record("\(source.text(SourceSpan(0, source.bytes.count))): \(result.diagnostics)")
    }
    return result
  }

  private func run(_ source: SourceText) async {
    let session = Session(
      registry: Self.runnable,
      host: StreamHost(
        output: BoundedSink(), errors: BoundedSink(), files: Self.files, environment: ["NAME": "value"],
        now: { 1_767_225_600 }),
      arguments: ["a"])
    let program = Parser.parse(source, in: session.parsingContext(.script))
    guard !program.hasErrors else { return }
    let status = await session.run(program.program)
    #expect(0...255 ~= status)
  }
}

/// A reader that goes away after a while, as `head` does.
final class BoundedSink: ByteSink {
  private let left = Atomic(100_000)

  func write(_ bytes: [UInt8]) throws(Interruption) {
    guard left.subtract(bytes.count, ordering: .relaxed).newValue > 0 else { throw .outputClosed }
  }
}
