import Interpreter
import OrderedJSON

enum PipeToCommand {
  private static let program = Parameter.positional("program", .text, "a command line, in quotes")

  static let command = Command(
    "pipe-to", topic: .shell, "gives the items to a program, and yields the lines that it prints",
    discussion: """
      The program reads an item a line, as JSON. The system's shell reads the command line; of the environment the program \
      gets what a pager gets, and no secret. Its messages go where this shell's go. A program that ends before it has read \
      everything is no failure; one that ends with another status than 0 is. | from jsonl makes values of its lines again.
      """,
    input: .required, result: .stream, parameters: [program], changesData: true,
    searchWords: ["shell", "exec", "system", "run", "external", "command", "jq"],
    examples: [
      .init(#"[{a: 1}, {a: 2}] | pipe-to "cat""#, "what a program reads"),
      .init(#"["b", "a"] | pipe-to "sort" | from jsonl"#, "and values again"),
    ]
  ) { call throws(Interruption) in
    let text = try await call.value(program)
    guard !text.isEmpty, !text.utf8.contains(0) else {
      throw .failure(Failure(.badArgument, "a program is needed", at: call.span(of: program)))
    }
    guard let runner = call.session[ProgramRunnerKey.self] else {
      throw .failure(Failure("program-failed", "no program can be run here", at: call.nameSpan))
    }
    let input = call.requiredInput
    let span = call.span(of: program)
    let session = call.session
    return .stream(
      .deferred(input: input) { _ throws(Interruption) in
        try session.flush()
        let program: any RunningProgram
        do throws(Failure) { program = try runner.start(text) } catch {
          var error = error
          error.span = span
          await input.close()
          throw .failure(error)
        }
        return ProgramItems(program, input, session.clock, span).stream
      })
  }
}

/// The lines of a program's output, while it is fed.
private final class ProgramItems {
  private let program: any RunningProgram
  private let input: ItemStream
  private let clock: SessionClock
  private let span: SourceSpan?
  private var isInputOpen = true
  /// Of how many more items the output is waited for a little: they come slowly, and each one's is wanted at once.
  private var slowItems = 0
  /// What was read, up to which it was taken apart, and the status once it has ended.
  private var bytes: [UInt8] = []
  private var taken = 0
  private var searched = 0
  private var status: Int32?

  /// A line may not be longer, in bytes.
  private static let longestLine = 64 << 20
  private static let slow = Duration.milliseconds(50)

  init(_ program: any RunningProgram, _ input: ItemStream, _ clock: SessionClock, _ span: SourceSpan?) {
    self.program = program
    self.input = input
    self.clock = clock
    self.span = span
  }

  var stream: ItemStream {
    ItemStream(
      cleanUp: {
        await self.input.close()
        await self.program.stop()
      }, pull: { () async throws(Interruption) -> JSONValue? in try await self.next() })
  }

  private func next() async throws(Interruption) -> JSONValue? {
    while true {
      if let line = try takeLine() { return .string(line) }
      if let status {
        guard status == 0 else { throw .failure(Self.failed(status, span)) }
        return nil
      }
      switch try await program.next(patience: slowItems > 0 ? .milliseconds(100) : .zero) {
      case .output(let more):
        bytes.removeFirst(taken)
        searched -= taken
        taken = 0
        bytes += more
        guard bytes.count <= Self.longestLine else {
          throw .failure(Failure("program-failed", "the program printed a line of more than 64 MiB", at: span))
        }
      case .takesMore: try await feed()
      case .end(let status): self.status = status
      }
    }
  }

  private func feed() async throws(Interruption) {
    let start = clock.uptime()
    guard isInputOpen, let item = try await input.next() else {
      isInputOpen = false
      return program.closeInput()
    }
    slowItems = clock.uptime() - start >= Self.slow ? 10 : max(0, slowItems - 1)
    var line: [UInt8] = []
    JSONWriter.compact.write(item, to: &line)
    program.give(line + [UInt8(ascii: "\n")])
  }

  /// The next line, without its end; what stands behind the last one is a line too.
  private func takeLine() throws(Interruption) -> String? {
    let line: ArraySlice<UInt8>
    let end = bytes[max(searched, taken)...].firstIndex(of: UInt8(ascii: "\n"))
    if let end {
      line = bytes[taken..<end]
      (taken, searched) = (end + 1, end + 1)
    } else if status != nil, taken < bytes.count {
      line = bytes[taken...]
      (taken, searched) = (bytes.count, bytes.count)
    } else {
      searched = bytes.count
      return nil
    }
    guard let text = String(validating: line, as: UTF8.self) else {
      throw .failure(Failure("program-failed", "the program printed something that is not UTF-8 text", at: span))
    }
    return text.hasSuffix("\r") ? String(text.dropLast()) : text
  }

  private static func failed(_ status: Int32, _ span: SourceSpan?) -> Failure {
    switch status {
    case 127: Failure("program-failed", "there is no such program", at: span)
    case let status where status > 128:
      Failure("program-failed", "the program was ended by a signal (\(status - 128))", at: span)
    default: Failure("program-failed", "the program ended with status \(status)", at: span)
    }
  }
}
