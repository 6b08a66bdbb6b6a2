import Basics
import Interpreter

/// A command line of the person's own, run by the system's shell on the same terminal, in the same process group: keys
/// that send signals reach it as they would without this process. Of the environment it gets no secret.
struct ForegroundProgram: Sendable {
  let process: pid_t

  /// - Parameters:
  ///   - command: what the shell reads; `"$1"` and so on in it are the arguments.
  ///   - environment: all of it; the program gets what `ChildEnvironment` allows.
  ///   - input: what becomes its standard input; nil for the terminal.
  ///   - output: what becomes its standard output; nil for this process's own.
  /// - Throws: why there is no shell.
  init(
    _ command: String, arguments: [String] = [], environment: [String: String], input: Int32? = nil,
    output: Int32? = nil
  ) throws(SystemError) {
    var launch = ProcessLaunch(
      "/bin/sh", arguments: ["sh", "-c", command, "sh"] + arguments,
      environment: ChildEnvironment.ofPrograms(environment))
    launch.defaultSignals = [SIGPIPE, SIGINT, SIGQUIT]
    if let input { launch.descriptors[STDIN_FILENO] = .descriptor(input) }
    if let output { launch.descriptors[STDOUT_FILENO] = .descriptor(output) }
    process = try launch.start()
  }

  /// Waits for its end, and leaves the exit status to be asked for. From any thread.
  func waitForEnd() {
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0 { guard errno == EINTR else { return } }
  }

  /// Waits for its end.
  /// - Returns: the exit status; 128 and more for a signal.
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return 1 } }
    return Self.exitStatus(status)
  }

  /// The exit status, if it has ended.
  func statusIfEnded() -> Int32? {
    var status: Int32 = 0
    return waitpid(process, &status, WNOHANG) == process ? Self.exitStatus(status) : nil
  }

  /// - Parameter status: as `waitpid` gives it.
  /// - Returns: the exit status; 128 and more for a signal.
  static func exitStatus(_ status: Int32) -> Int32 {
    status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}
