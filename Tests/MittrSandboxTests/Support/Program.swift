import Basics
import Dispatch
import Synchronization
import TestSupport

/// The built `mittr-sandbox`, running as a child process with pipes at its three standard streams.
final class Program: Sendable {
  let identifier: pid_t
  private let input: Int32
  private let output: Int32
  private let errors: Int32

  struct CannotStart: Error {
    let reason: String
  }

  /// - Parameters:
  ///   - environment: all of it.
  ///   - redirection: what a shell does to the streams before, such as `>/dev/full`.
  init(_ arguments: [String], environment: [String: String] = [:], redirection: String? = nil) throws {
    let command =
      (redirection.map { ["/bin/sh", "-c", "exec \"$0\" \"$@\" \($0)"] } ?? [])
      + [try BuiltProgram.path("mittr-sandbox")] + arguments
    (identifier, input, output, errors) = try Self.lock.withLock { _ in try Self.spawn(command, environment) }
  }

  /// Programs start one after the other: a pipe that is just being made must not leak into another child.
  private static let lock = Mutex(())

  private static func spawn(
    _ command: [String], _ environment: [String: String]
  ) throws -> (identifier: pid_t, input: Int32, output: Int32, errors: Int32) {
    let pipes = try (0..<3).map { _ in try newPipe() }
    let ends = [pipes[0].read, pipes[1].write, pipes[2].write]
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, end) in ends.enumerated() { posix_spawn_file_actions_adddup2(&actions, end, Int32(number)) }
    let argv = command.map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var identifier = pid_t()
    let code = posix_spawn(&identifier, command[0], &actions, nil, argv, envp)
    for end in ends { close(end) }
    guard code == 0 else { throw CannotStart(reason: String(cString: strerror(code))) }
    return (identifier, pipes[0].write, pipes[1].read, pipes[2].read)
  }

  deinit { for end in [output, errors] { close(end) } }

  /// The address it printed, without the line feed; empty when it ended before.
  func firstLine() async -> String {
    await Self.blocking { [output] in
      var line: [UInt8] = []
      var byte: UInt8 = 0
      while read(output, &byte, 1) == 1, byte != UInt8(ascii: "\n") { line.append(byte) }
      return String(decoding: line, as: UTF8.self)
    }
  }

  func closeInput() { close(input) }

  func signal(_ number: Int32) { kill(identifier, number) }

  struct End: Sendable {
    /// nil when a signal ended it.
    let status: Int32?
    let output: String
    let errors: String
  }

  /// Waits until it has ended and returns what it still wrote.
  func end() async -> End {
    await Self.blocking { [output, errors, identifier] in
      let texts = [output, errors].map(Self.rest)
      var status: Int32 = 0
      waitpid(identifier, &status, 0)
      return End(status: status & 0x7F == 0 ? status >> 8 & 0xFF : nil, output: texts[0], errors: texts[1])
    }
  }

  private static func rest(of descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Both ends are closed in children: no other child may hold an input open.
  private static func newPipe() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw CannotStart(reason: "no pipe") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  private static func blocking<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: body()) }
    }
  }
}
