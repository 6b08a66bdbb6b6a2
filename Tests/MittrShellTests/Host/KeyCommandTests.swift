import Interpreter
import Testing

@testable import MittrShell

@Suite("A command that prints the key", .timeLimit(.minutes(1)))
struct KeyCommandTests {
  private func command(_ text: String) -> KeyCommand {
    KeyCommand(
      command: text, profile: "live",
      environment: ["PATH": "/usr/bin:/bin", "MITTR_WEBHOOK_SECRET": "whsec_x", "OP_SESSION": "open"])
  }

  @Test(
    "The key is the first line that it prints, without white space around it",
    arguments: [
      "printf mtr_1", "echo '  mtr_1\t'", "printf 'mtr_1\\r\\nuser: me\\n'", "echo mtr_1; echo noise >&2",
      // What it leaves running is not waited for.
      "sleep 5 & echo mtr_1",
      // It reads like any command line, and standard input has nothing to read.
      "cat; set -- mtr_1 x; echo \"$1\"",
      "test \"$OP_SESSION\" = open && test -z \"$MITTR_WEBHOOK_SECRET\" && echo mtr_1",
    ])
  func key(text: String) async throws { #expect(try await command(text).key() == "mtr_1") }

  @Test(
    "Its failure is told in plain words, without the command and what it printed",
    arguments: [
      ("echo mtr_1; exit 3", "ended with status 3"), ("nosuchprogram-mtr_1", "names a program that is not there"),
      ("true", "printed nothing"), ("echo mtr_1 mtr_2", "printed something that is no key"),
      ("printf 'mtr_1\\377'", "printed no text"), ("printf 'mtr_\\033[1m'", "printed something that is no key"),
      ("yes mtr_1", "printed more than 64 KiB"), ("echo mtr_1; kill -9 $$", "was ended by a signal (9)"),
    ])
  func failure(text: String, what: String) async throws {
    let failure = await #expect(throws: Failure.self) { _ = try await command(text).key() }
    #expect(failure?.code == "key-command-failed")
    #expect(failure?.message == "the api_key_command of the profile 'live' \(what)")
    #expect("\(failure?.message ?? "")\(failure?.help ?? "")".contains("mtr_") == false)
  }

  @Test("One that does not end is given up")
  func endless() async throws {
    var command = command("exec sleep 1000")
    command.patience = .zero
    let failure = await #expect(throws: Failure.self) { _ = try await command.key() }
    #expect(failure?.message == "the api_key_command of the profile 'live' did not end within 0 s")
  }

  @Test("A cancelled task ends it")
  func cancelled() async {
    let command = command("exec sleep 1000")
    let task = Task { () async -> Failure.Code? in
      do throws(Failure) { _ = try await command.key() } catch { return error.code }
      return nil
    }
    task.cancel()
    #expect(await task.value == .cancelled)
  }
}
