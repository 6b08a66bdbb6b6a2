import Interpreter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A pager that runs on our terminal and reads from us.
///
/// While it runs, the keys that interrupt are its own. Afterwards the terminal has the modes that it had before, however
/// the pager ended.
final class Pager {
  private let program: ForegroundProgram
  private let input: DescriptorSink
  private let descriptor: Int32
  private var modes = termios()
  private var interrupts = (interrupt: sigaction(), quit: sigaction())
  /// What it was given, while that may turn out to be read by nobody.
  private var given: [UInt8]? = []
  private var status: Int32?

  /// More than a pipe holds, so that whoever took this much has read some of it.
  private static let largestPipe = 1 << 20

  /// - Returns: nil, and the reason in `errno`, when the system refuses a pipe or a process.
  init?(_ command: PagerCommand) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var ignored = sigaction()
    ignored.ignoreSignal()
    sigaction(SIGINT, &ignored, &interrupts.interrupt)
    sigaction(SIGQUIT, &ignored, &interrupts.quit)
    tcgetattr(STDIN_FILENO, &modes)
    descriptor = ends[1]
    input = DescriptorSink(ends[1])
    let program = ForegroundProgram(command.text, environment: command.environment, input: ends[0])
    close(ends[0])
    guard let program else {
      let code = errno
      close(ends[1])
      sigaction(SIGINT, &interrupts.interrupt, nil)
      sigaction(SIGQUIT, &interrupts.quit, nil)
      errno = code
      return nil
    }
    self.program = program
  }

  /// - Throws: when it reads no more.
  func write(_ bytes: [UInt8]) throws(Interruption) {
    if let count = given?.count { given = count + bytes.count <= Self.largestPipe ? (given ?? []) + bytes : nil }
    try input.write(bytes)
  }

  /// Whether it has ended by itself. Then `finish` does not wait.
  var hasEnded: Bool {
    if status == nil { status = program.statusIfEnded() }
    return status != nil
  }

  /// Says that nothing more comes, and waits until the person leaves it.
  /// - Returns: what it was given, if there is no such program.
  func finish() -> [UInt8]? {
    close(descriptor)
    let status = status ?? program.wait()
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
    sigaction(SIGINT, &interrupts.interrupt, nil)
    sigaction(SIGQUIT, &interrupts.quit, nil)
    return status == 126 || status == 127 ? given : nil
  }
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
