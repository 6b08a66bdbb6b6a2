import Interpreter
import ShellCommands

/// Programs that print what they were given once nothing more comes, and end with a status.
final class EchoingPrograms: ProgramRunner {
  private let status: Int32
  /// After so many lines it reads no more.
  private let most: Int
  private(set) var started: [String] = []
  private(set) var stopped = 0

  init(status: Int32 = 0, most: Int = .max) {
    self.status = status
    self.most = most
  }

  func start(_ command: String) throws(Failure) -> any RunningProgram {
    started.append(command)
    return Program(self)
  }

  private final class Program: RunningProgram {
    private let programs: EchoingPrograms
    private var given: [[UInt8]] = []
    private var isEnding = false

    init(_ programs: EchoingPrograms) { self.programs = programs }

    func give(_ bytes: [UInt8]) { given.append(bytes) }
    func closeInput() { isEnding = true }

    func next(patience: Duration) async throws(Interruption) -> ProgramStep {
      if given.count >= programs.most { isEnding = true }
      guard isEnding else { return .takesMore }
      guard !given.isEmpty else { return .end(programs.status) }
      // In pieces that end anywhere, as a pipe gives them.
      let all = given.flatMap { $0 }
      given = all.count > 3 ? [Array(all[3...])] : []
      return .output(Array(all.prefix(3)))
    }

    func stop() async { programs.stopped += 1 }
  }
}

/// Keeps what is copied.
final class MemoryClipboard: Clipboard {
  private(set) var text: String?

  func copy(_ text: String) async throws(Failure) { self.text = text }
}
