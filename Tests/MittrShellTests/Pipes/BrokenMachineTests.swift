import Basics
import Interpreter
import TestSupport
import Testing

@testable import MittrShell

/// Errors that take a machine on which something is missing.
@Suite("What the machine does not give is an error with a code of its own", .timeLimit(.minutes(1)))
struct BrokenMachineTests {
  @Test("a sandbox that is not there: sandbox-failed")
  func sandbox() {
    let failure = #expect(throws: Failure.self) {
      try SandboxProcess(executable: "/nonexistent/mittr-sandbox", file: nil, environment: [:])
    }
    #expect(failure?.code == "sandbox-failed")
    #expect(failure?.message == "cannot start the sandbox /nonexistent/mittr-sandbox")
  }

  @Test("a terminal that is gone when a secret is asked for: no-terminal", .enabled(if: isatty(STDIN_FILENO) == 0))
  func terminal() async {
    let screen = ScreenSink()
    let prompter = TerminalPrompter(Console(output: screen, errors: screen, Console.Configuration()), screen)
    do throws(Interruption) {
      _ = try await prompter.secret("secret")
      Issue.record("it was answered")
    } catch {
      guard case .failure(let failure) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(failure.code == "no-terminal")
    }
  }

  /// Starts a program without the right to listen on any port; root has it unless it is taken away.
  private static let launcher =
    geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set", "-net_bind_service", "--inh-caps", "-all"] : []
  /// Whether this system keeps low ports for root.
  private static let keepsPorts =
    TemporaryFolder.read("/proc/sys/net/ipv4/ip_unprivileged_port_start").hasPrefix("1024")
    && (launcher.first.map { access($0, X_OK) == 0 } ?? true)

  @Test("a port that the system keeps: port-not-permitted", .enabled(if: keepsPorts))
  func port() async throws {
    let process = try ShellProcess(["-c", "listen 1"], launcher: Self.launcher)
    process.closeInput()
    let end = await process.end()
    #expect(end.errors.contains("error[port-not-permitted]: the system keeps port 1 for others"), "\(end.errors)")
    #expect(end.status == 1)
  }
}
