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
    let (input, output): (SystemPipe, SystemPipe)
    do throws(SystemError) { (input, output) = (try SystemPipe(), try SystemPipe()) } catch {
      throw Failure("sandbox-failed", "cannot start the sandbox: \(error.text)")
    }
    var arguments = [executable, "--port", "0", "--exit-with-stdin"]
    if let file { arguments += ["--data", file] }
    let variables = ChildEnvironment.ofSandbox(environment)
    var launch = ProcessLaunch(executable, arguments: arguments, environment: variables)
    launch.descriptors = [STDIN_FILENO: .descriptor(input.readEnd), STDOUT_FILENO: .descriptor(output.writeEnd)]
    launch.defaultSignals = [SIGPIPE]
    // Ctrl-C at the terminal is not for the sandbox.
    launch.startsSession = true
    let process = try? launch.start()
    close(input.readEnd)
    close(output.writeEnd)
    defer { close(output.readEnd) }
    guard let process else {
      close(input.writeEnd)
      throw Failure(
        "sandbox-failed", "cannot start the sandbox \(executable)",
        help: "mittr-sandbox must lie beside mittr; scripts/mittr --sandbox builds it")
    }
    guard let line = Self.firstLine(of: output.readEnd), line.hasPrefix("http://") else {
      close(input.writeEnd)
      waitpid(process, nil, 0)
      throw Failure("sandbox-failed", "the sandbox did not start")
    }
    self.process = process
    lifeline = input.writeEnd
    baseURL = line
  }

  /// Ends the sandbox and waits for it, so that its data is on disk.
  func stop() {
    close(lifeline)
    waitpid(process, nil, 0)
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
