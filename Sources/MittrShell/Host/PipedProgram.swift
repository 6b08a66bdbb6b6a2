import Basics
import Interpreter
import ShellCommands

/// Programs of the machine, on this process's terminal where it has one.
final class HostPrograms: ProgramRunner {
  private let environment: [String: String]

  init(_ environment: [String: String]) { self.environment = environment }

  func start(_ command: String) throws(Failure) -> any RunningProgram {
    do throws(SystemError) { return try PipedProgram(command, environment: environment) } catch {
      throw Failure("program-failed", "no program can be started: \(error.text)")
    }
  }
}

/// A program with both ends of its pipes here. Neither side waits for the other with its hands full: what the program does
/// not take yet is kept, and its output is read meanwhile.
final class PipedProgram: RunningProgram {
  private let program: ForegroundProgram
  private let output: Int32
  /// Nil once it is closed.
  private var input: Int32?
  private var pending: [UInt8] = []
  private var isInputEnding = false
  private var isOutputOpen = true
  private var status: Int32?

  /// - Throws: why the system refuses a pipe or a process.
  init(_ command: String, environment: [String: String]) throws(SystemError) {
    let toProgram = try SystemPipe()
    let fromProgram: SystemPipe
    do throws(SystemError) { fromProgram = try SystemPipe() } catch {
      for end in [toProgram.readEnd, toProgram.writeEnd] { closeDescriptor(end) }
      throw error
    }
    for end in [toProgram.writeEnd, fromProgram.readEnd] { SystemPipe.setNonBlocking(end) }
    defer {
      closeDescriptor(toProgram.readEnd)
      closeDescriptor(fromProgram.writeEnd)
    }
    do throws(SystemError) {
      program = try ForegroundProgram(
        command, environment: environment, input: toProgram.readEnd, output: fromProgram.writeEnd)
    } catch {
      closeDescriptor(toProgram.writeEnd)
      closeDescriptor(fromProgram.readEnd)
      throw error
    }
    input = toProgram.writeEnd
    output = fromProgram.readEnd
  }

  func give(_ bytes: [UInt8]) { if input != nil { pending += bytes } }

  func closeInput() { isInputEnding = true }

  func next(patience: Duration) async throws(Interruption) -> ProgramStep {
    let step = advance()
    if let step, step != .takesMore || patience == .zero { return step }
    // Whoever waits is this method's caller alone, so nobody else touches the state meanwhile.
    nonisolated(unsafe) let program = self
    return try await BlockingWork.run { (isCancelled) throws(Interruption) in
      let deadline = ContinuousClock.now + patience
      while true {
        if isCancelled() { throw .cancelled }
        let step = program.advance()
        if let step, step != .takesMore || ContinuousClock.now >= deadline { return step }
        program.waitForSomething()
      }
    }
  }

  /// Does what can be done without waiting.
  /// - Returns: nil when nothing has come of it yet.
  private func advance() -> ProgramStep? {
    writePending()
    // Looked at before the last of its output is: what it printed before it ended is in the pipe by then.
    if status == nil { status = program.statusIfEnded() }
    if let bytes = readSome() { return .output(bytes) }
    if let status {
      closeInputNow()
      return .end(status)
    }
    return input != nil && pending.isEmpty && !isInputEnding && isOutputOpen ? .takesMore : nil
  }

  private func writePending() {
    guard let input else { return }
    var count = 0
    do throws(SystemError) {
      try writeAll(
        pending, to: input, written: { count += $0 },
        whileWaiting: { () throws(SystemError) in throw SystemError(EAGAIN) })
    } catch {
      // One that reads no more is let be: it may still have something to say.
      if error.code != EAGAIN { return closeInputNow() }
    }
    pending.removeFirst(count)
    if pending.isEmpty, isInputEnding { closeInputNow() }
  }

  private func closeInputNow() {
    pending = []
    guard let input else { return }
    self.input = nil
    closeDescriptor(input)
  }

  private func readSome() -> [UInt8]? {
    guard isOutputOpen else { return nil }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(output, &buffer, buffer.count)
    if count > 0 { return Array(buffer[..<count]) }
    if count == 0 {
      isOutputOpen = false
      // Nothing that it reads could come to anything any more.
      closeInputNow()
    }
    return nil
  }

  /// Waits until it takes or gives something; not for long, since it may also end, or the task be cancelled.
  private func waitForSomething() {
    var pollers = [
      pollfd(fd: isOutputOpen ? output : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pending.isEmpty ? -1 : input ?? -1, events: Int16(POLLOUT), revents: 0),
    ]
    poll(&pollers, 2, 20)
  }

  func stop() async {
    closeInputNow()
    isOutputOpen = false
    closeOnce()
    guard status == nil else { return }
    // Most end by themselves, since nobody reads and nothing comes.
    nonisolated(unsafe) let program = self
    await BlockingWork.run { _ in
      for signal in [nil, SIGTERM, SIGKILL] {
        if let signal { kill(program.program.process, signal) }
        for _ in 0..<25 {
          program.status = program.program.statusIfEnded()
          if program.status != nil { return }
          poll(nil, 0, 20)
        }
      }
    }
  }

  private var isClosed = false

  private func closeOnce() {
    guard !isClosed else { return }
    isClosed = true
    closeDescriptor(output)
  }

  deinit {
    closeInputNow()
    closeOnce()
  }
}

private func closeDescriptor(_ descriptor: Int32) { _ = close(descriptor) }
