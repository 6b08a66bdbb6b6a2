import Basics
import Interpreter

/// A `mittr-sandbox` that this process started. It ends when this process does, however that ends: the sandbox watches
/// the pipe that only this process holds.
final class SandboxProcess {
  let baseURL: String
  private let process: pid_t
  private let lifeline: Int32

  /// How long the sandbox may take to say its address, in milliseconds.
  private static let patience: Int32 = 30_000

  /// - Parameters:
  ///   - executable: the path of `mittr-sandbox`.
  ///   - file: where it keeps its data; nil is memory.
  ///   - environment: all of this process's; the sandbox gets what `ChildEnvironment` allows.
  init(executable: String, file: String?, environment: [String: String]) throws(Failure) {
    var input: [Int32] = [-1, -1]
    var output: [Int32] = [-1, -1]
    guard Self.pipe(&input), Self.pipe(&output) else {
      throw Failure("sandbox-failed", "cannot start the sandbox: \(SystemError(errno).text)")
    }
    var arguments = [executable, "--port", "0", "--exit-with-stdin"]
    if let file { arguments += ["--data", file] }
    let variables = ChildEnvironment.ofSandbox(environment)
    var launch = ProcessLaunch(executable, arguments: arguments, environment: variables)
    launch.descriptors = [STDIN_FILENO: .descriptor(input[0]), STDOUT_FILENO: .descriptor(output[1])]
    launch.defaultSignals = [SIGPIPE]
    // Ctrl-C at the terminal is not for the sandbox.
    launch.startsSession = true
    let process = try? launch.start()
    close(input[0])
    close(output[1])
    defer { close(output[0]) }
    guard let process else {
      close(input[1])
      throw Failure(
        "sandbox-failed", "cannot start the sandbox \(executable)",
        help: "mittr-sandbox must lie beside mittr; build it with: swift build --product mittr-sandbox")
    }
    guard let line = Self.firstLine(of: output[0]), line.hasPrefix("http://") else {
      close(input[1])
      waitpid(process, nil, 0)
      throw Failure("sandbox-failed", "the sandbox did not start")
    }
    self.process = process
    lifeline = input[1]
    baseURL = line
  }

  /// Ends the sandbox and waits for it, so that its data is on disk.
  func stop() {
    close(lifeline)
    waitpid(process, nil, 0)
  }

  /// A pipe that no other child inherits: a copy of its end would keep the sandbox alive.
  private static func pipe(_ ends: inout [Int32]) -> Bool {
    systemPipe(&ends) == 0 && ends.allSatisfy { fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }
  }

  private static func firstLine(of descriptor: Int32) -> String? {
    var line: [UInt8] = []
    while line.count < 4096 {
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&poller, 1, patience)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else { return nil }
      var byte: UInt8 = 0
      guard read(descriptor, &byte, 1) == 1 else { return nil }
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return nil
  }
}

private func systemPipe(_ ends: inout [Int32]) -> Int32 { pipe(&ends) }
