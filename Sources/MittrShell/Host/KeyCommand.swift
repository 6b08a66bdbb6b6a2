import Basics
import Interpreter

/// Runs the `api_key_command` of a profile, such as `pass show mittr/live`, which prints the key.
///
/// The system's shell reads it, as it would at its own prompt. It has this process's environment but Mittr's own variables,
/// since managers of passwords find their sessions there, and the terminal to ask for a passphrase at (`/dev/tty`); its
/// standard input is empty, and what it says on standard error is not shown: it may hold the key.
struct KeyCommand {
  /// As the configuration has it.
  let command: String
  /// Whose key it prints, for messages.
  let profile: String
  let environment: [String: String]
  /// How long it may take: a person may have to type a passphrase.
  var patience: Duration = .seconds(60)

  /// It may print no more, in bytes: `pass` puts notes behind the first line.
  private static let mostOutput = 64 << 10
  private static let longestKey = 4096

  /// The first line that it prints, without white space around it.
  /// - Throws: a failure that quotes neither the command nor anything that it printed. A cancelled task ends it.
  func key() async throws(Failure) -> String {
    let bytes = try await BlockingWork.run { (isCancelled) throws(Failure) in try self.output(isCancelled) }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    guard let text = String(validating: line, as: UTF8.self) else { throw failed("printed no text") }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let key = words.first else { throw failed("printed nothing", help: "the key is its first line") }
    guard words.count == 1, key.utf8.count <= Self.longestKey, key.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else {
      throw failed("printed something that is no key", help: "the key is its first line, and nothing else stands there")
    }
    return String(key)
  }

  private func output(_ isCancelled: () -> Bool) throws(Failure) -> [UInt8] {
    let ends: SystemPipe
    do throws(SystemError) { ends = try SystemPipe() } catch { throw failed("cannot be started: \(error.text)") }
    SystemPipe.setNonBlocking(ends.readEnd)
    defer { close(ends.readEnd) }
    var launch = ProcessLaunch(
      "/bin/sh", arguments: ["sh", "-c", command], environment: environment.filter { !$0.key.hasPrefix("MITTR_") })
    launch.defaultSignals = [SIGPIPE, SIGINT, SIGQUIT]
    launch.descriptors = [
      STDIN_FILENO: .file("/dev/null", flags: O_RDONLY), STDOUT_FILENO: .descriptor(ends.writeEnd),
      STDERR_FILENO: .file("/dev/null", flags: O_WRONLY),
    ]
    let process: pid_t
    do throws(SystemError) {
      defer { close(ends.writeEnd) }
      process = try launch.start()
    } catch {
      throw failed("cannot be started: \(error.text)")
    }
    var child = Child(process)
    defer { child.end() }
    return try output(of: &child, from: ends.readEnd, isCancelled)
  }

  private func output(
    of child: inout Child, from descriptor: Int32, _ isCancelled: () -> Bool
  ) throws(Failure) -> [UInt8] {
    let deadline = ContinuousClock.now + patience
    var bytes: [UInt8] = []
    var isOpen = true
    while true {
      // Looked at before the last of its output is: what it printed before it ended is in the pipe by then.
      let hasEnded = child.hasEnded
      if isOpen { isOpen = try read(descriptor, into: &bytes) }
      if hasEnded { break }
      if isCancelled() { throw Failure(.cancelled, "the key was not fetched") }
      guard ContinuousClock.now < deadline else {
        throw failed("did not end within \(patience.components.seconds) s")
      }
      var poller = pollfd(fd: isOpen ? descriptor : -1, events: Int16(POLLIN), revents: 0)
      poll(&poller, 1, 20)
    }
    switch child.status ?? 1 {
    case 0: return bytes
    case 127: throw failed("names a program that is not there")
    case 126: throw failed("names a program that cannot be run")
    case let status where status > 128: throw failed("was ended by a signal (\(status - 128))")
    case let status:
      throw failed("ended with status \(status)", help: "run it in a terminal to see what it says")
    }
  }

  /// Reads what is there.
  /// - Returns: whether more may come.
  private func read(_ descriptor: Int32, into bytes: inout [UInt8]) throws(Failure) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = systemRead(descriptor, &buffer, buffer.count)
      if count < 0 { return errno == EAGAIN || errno == EINTR }
      guard count > 0 else { return false }
      bytes += buffer[..<count]
      guard bytes.count <= Self.mostOutput else { throw failed("printed more than \(Self.mostOutput >> 10) KiB") }
    }
  }

  private func failed(_ what: String, help: String? = nil) -> Failure {
    Failure("key-command-failed", "the api_key_command of the profile '\(profile)' \(what)", help: help)
  }
}

/// The shell that runs it.
private struct Child {
  private let process: pid_t
  /// 128 and more for a signal.
  private(set) var status: Int32?

  init(_ process: pid_t) { self.process = process }

  var hasEnded: Bool {
    mutating get {
      guard status == nil else { return true }
      var raw: Int32 = 0
      guard waitpid(process, &raw, WNOHANG) == process else { return false }
      status = ForegroundProgram.exitStatus(raw)
      return true
    }
  }

  mutating func end() {
    guard !hasEnded else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    status = 128 + SIGKILL
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
