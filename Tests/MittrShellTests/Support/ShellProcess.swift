import Basics
import Dispatch
import TestSupport

/// The built `mittr` with pipes at its three standard streams, in a home of its own and without any `MITTR_` variable.
final class ShellProcess: Sendable {
  let identifier: pid_t
  private let input: Pipe
  private let output: Pipe
  private let errors: Pipe
  private let home: TemporaryFolder

  struct End: Sendable {
    /// The exit status; nil when a signal ended it.
    let status: Int32?
    let output: String
    let errors: String

    /// The lines of the output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// - Parameters:
  ///   - redirection: what a shell does to the streams before, such as `>/dev/full`.
  ///   - launcher: a program that starts it, with its arguments.
  init(
    _ arguments: [String], environment: [String: String] = [:], redirection: String? = nil, launcher: [String] = []
  ) throws {
    home = try TemporaryFolder()
    (input, output, errors) = (try Pipe(), try Pipe(), try Pipe())
    let variables = ["HOME": home.path, "XDG_STATE_HOME": home.path + "/state", "PATH": "/usr/bin:/bin"]
    identifier = try BuiltProgram.start(
      (redirection.map { ["/bin/sh", "-c", "exec \"$0\" \"$@\" \($0)"] } ?? [])
        + launcher + [BuiltProgram.path("mittr")] + arguments, environment: variables.merging(environment) { $1 },
      descriptors: [input.readEnd, output.writeEnd, errors.writeEnd])
    input.closeReadEnd()
    output.closeWriteEnd()
    errors.closeWriteEnd()
  }

  /// Runs it to its end.
  static func run(
    _ arguments: String..., input: String = "", environment: [String: String] = [:]
  ) async throws -> End {
    let process = try ShellProcess(arguments, environment: environment)
    process.write(input)
    process.closeInput()
    return await process.end()
  }

  func write(_ text: String) { input.write(Array(text.utf8)) }

  func closeInput() { input.closeWriteEnd() }

  /// What it puts out next.
  func nextOutput() async -> String {
    await blocking { [output] in String(decoding: output.read(), as: UTF8.self) }
  }

  /// What it tells next on its error stream.
  func nextErrors() async -> String {
    await blocking { [errors] in String(decoding: errors.read(), as: UTF8.self) }
  }

  /// Nobody reads its output any more.
  func closeOutput() { output.closeReadEnd() }

  func signal(_ number: Int32) { kill(identifier, number) }

  /// Waits until it has ended, and so has whoever else writes to its standard error. If it does not, it is killed.
  func end() async -> End {
    let watchdog = DispatchWorkItem { [identifier] in kill(identifier, SIGKILL) }
    DispatchQueue.global().asyncAfter(deadline: .now() + 60, execute: watchdog)
    defer { watchdog.cancel() }
    async let output = blocking { [output] in output.readAll() }
    async let errors = blocking { [errors] in errors.readAll() }
    let (text, errorText) = (
      String(decoding: await output, as: UTF8.self), String(decoding: await errors, as: UTF8.self)
    )
    let status = await blocking { [identifier] in
      var status: Int32 = 0
      waitpid(identifier, &status, 0)
      return status
    }
    return End(status: status & 0x7F == 0 ? status >> 8 & 0xFF : nil, output: text, errors: errorText)
  }
}

/// Waits for something on a thread that may be blocked.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
  await withCheckedContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(returning: body()) }
  }
}
