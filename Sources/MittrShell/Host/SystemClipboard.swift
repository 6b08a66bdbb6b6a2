import Basics
import Interpreter
import ShellCommands

/// The clipboard of the desktop, by one of its programs, or of the terminal, which may stand on another machine.
final class SystemClipboard: Clipboard {
  private let program: String?
  private let environment: [String: String]
  /// Writes to the terminal as it is; nil where there is none.
  private let terminal: ((String) -> Void)?

  /// What a terminal takes in one control sequence, in bytes of Base64: xterm's limit, which others have too.
  private static let longestSequence = 100_000

  init(_ environment: [String: String], terminal: ((String) -> Void)?) {
    self.environment = environment
    self.terminal = terminal
    program = Self.program(environment)
  }

  /// Over SSH the desktop of this machine is not the person's.
  static func program(_ environment: [String: String]) -> String? {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    guard !isSet("SSH_TTY"), !isSet("SSH_CONNECTION") else { return nil }
    var programs = ["pbcopy"]
    if isSet("WAYLAND_DISPLAY") { programs.append("wl-copy") }
    if isSet("DISPLAY") { programs += ["xclip -selection clipboard", "xsel --clipboard --input"] }
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    return programs.first { program in
      folders.contains { access("\($0)/\(program.prefix { $0 != " " })", X_OK) == 0 }
    }
  }

  /// The control sequence that has a terminal take a text; nil when it is too long.
  static func sequence(_ text: String) -> String? {
    let encoded = Base64.text(text.utf8)
    return encoded.utf8.count > longestSequence ? nil : "\u{1B}]52;c;\(encoded)\u{7}"
  }

  func copy(_ text: String) async throws(Failure) {
    if let program { return try await copy(text, by: program) }
    guard let terminal else {
      throw Failure("copy-failed", "there is no clipboard", help: "it needs a terminal, or pbcopy, wl-copy or xclip")
    }
    guard let sequence = Self.sequence(text) else {
      throw Failure(
        "copy-failed", "\(text.utf8.count) bytes are more than a terminal takes, so nothing is copied",
        help: "up to 75,000 are possible; save FILE takes any size")
    }
    terminal(sequence)
  }

  private func copy(_ text: String, by program: String) async throws(Failure) {
    let environment = environment
    let status = try await BlockingWork.run { (isCancelled) throws(Failure) -> Int32 in
      let ends: SystemPipe
      do throws(SystemError) { ends = try SystemPipe() } catch { throw Self.cannotStart(program, error) }
      SystemPipe.setNonBlocking(ends.writeEnd)
      let running: ForegroundProgram
      do throws(SystemError) {
        defer { close(ends.readEnd) }
        // What some of them leave running to serve the text is not to hold our own streams.
        running = try ForegroundProgram(
          "exec \(program) >/dev/null 2>&1", environment: environment, input: ends.readEnd)
      } catch {
        close(ends.writeEnd)
        throw Self.cannotStart(program, error)
      }
      try? writeAll(
        Array(text.utf8), to: ends.writeEnd,
        whileWaiting: { () throws(SystemError) in if isCancelled() { throw SystemError(EINTR) } })
      close(ends.writeEnd)
      while true {
        if let status = running.statusIfEnded() { return status }
        if isCancelled() {
          kill(running.process, SIGKILL)
          return running.wait()
        }
        poll(nil, 0, 10)
      }
    }
    guard status == 0 else { throw Failure("copy-failed", "\(program) ended with status \(status)") }
  }

  private static func cannotStart(_ program: String, _ error: SystemError) -> Failure {
    Failure("copy-failed", "cannot start \(program): \(error.text)")
  }
}
