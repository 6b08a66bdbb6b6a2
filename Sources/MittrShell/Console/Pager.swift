import Basics
import Interpreter

/// A pager that runs on our terminal and reads from us.
///
/// While it runs, the keys that interrupt are its own. Afterwards the terminal has the modes that it had before, however
/// the pager ended.
final class Pager {
  private let program: ForegroundProgram
  private let descriptor: Int32
  private var isClosed = false
  /// What it is still to be given: it has not read so far yet.
  private var pending: [UInt8] = []
  private var modes = termios()
  private var interrupts = (interrupt: sigaction(), quit: sigaction())
  /// What it was given, while that may turn out to be read by nobody.
  private var given: [UInt8]? = []
  private var status: Int32?

  /// More than a pipe holds, so that a pager that took this much has read some of it.
  private static let largestPipe = 1 << 20

  /// - Returns: nil, and the reason in `errno`, when the system refuses a pipe or a process.
  init?(_ command: PagerCommand) {
    guard let ends = try? SystemPipe() else { return nil }
    SystemPipe.setNonBlocking(ends.writeEnd)
    var ignored = sigaction()
    ignored.ignoreSignal()
    sigaction(SIGINT, &ignored, &interrupts.interrupt)
    sigaction(SIGQUIT, &ignored, &interrupts.quit)
    tcgetattr(STDIN_FILENO, &modes)
    descriptor = ends.writeEnd
    defer { _ = closeDescriptor(ends.readEnd) }
    do throws(SystemError) {
      program = try ForegroundProgram(command.text, environment: command.environment, input: ends.readEnd)
    } catch {
      _ = closeDescriptor(ends.writeEnd)
      sigaction(SIGINT, &interrupts.interrupt, nil)
      sigaction(SIGQUIT, &interrupts.quit, nil)
      errno = error.code
      return nil
    }
  }

  /// Gives it what it takes now, and keeps the rest for the next time.
  /// - Throws: when it reads no more.
  func take(_ bytes: [UInt8]) throws(Interruption) {
    if let count = given?.count {
      if count + bytes.count <= Self.largestPipe { given?.append(contentsOf: bytes) } else { given = nil }
    }
    pending += bytes
    guard !pending.isEmpty else { return }
    guard !isClosed else { throw .outputClosed }
    var taken = 0
    defer { pending = Array(pending.dropFirst(taken)) }
    do throws(SystemError) {
      try writeAll(
        pending, to: descriptor, written: { taken += $0 },
        whileWaiting: { () throws(SystemError) in throw SystemError(EAGAIN) })
    } catch {
      guard error.code == EAGAIN else { throw .outputClosed }
    }
  }

  /// Whether it was given more than it has taken yet.
  var isBehind: Bool { !pending.isEmpty }

  /// What waits for it without holding up whoever writes.
  var waiter: PagerWaiter { PagerWaiter(program: program, descriptor: descriptor) }

  /// Says that nothing more comes.
  func close() {
    guard !isClosed else { return }
    isClosed = true
    _ = closeDescriptor(descriptor)
  }

  /// Whether it has ended by itself. Then `finish` does not wait.
  var hasEnded: Bool {
    if status == nil { status = program.statusIfEnded() }
    return status != nil
  }

  /// Says that nothing more comes, and waits until the person leaves it.
  /// - Returns: what it was given, if there is no such program.
  func finish() -> [UInt8]? {
    close()
    let status = status ?? program.wait()
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    sigaction(SIGINT, &interrupts.interrupt, nil)
    sigaction(SIGQUIT, &interrupts.quit, nil)
    return status == 126 || status == 127 ? given : nil
  }
}

/// Waits for a pager. From any thread.
struct PagerWaiter: Sendable {
  fileprivate let program: ForegroundProgram
  fileprivate let descriptor: Int32

  /// Waits until it takes more, or has ended; not for long, since by then another may have ended it.
  func waitForRoom() {
    var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    poll(&poller, 1, 100)
  }

  /// Waits until the person has left it. Then `Pager.finish` does not wait.
  func waitForEnd() { program.waitForEnd() }
}

extension sigaction {
  fileprivate mutating func ignoreSignal() {
    #if canImport(Darwin)
      __sigaction_u.__sa_handler = SIG_IGN
    #else
      __sigaction_handler.sa_handler = SIG_IGN
    #endif
  }
}

private func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }
