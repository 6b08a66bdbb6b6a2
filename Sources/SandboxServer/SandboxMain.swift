import ArgumentParser
import Basics
import MittrSandbox

/// ArgumentParser's own entry exits with 64 for a wrong command line; Mittr's programs all exit with 2.
@main
enum SandboxMain {
  static func main() async {
    StandardStreams.fillGaps()
    // Writing to a closed pipe is an error of `write`, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try SandboxCommand.parseAsRoot()
      if let sandbox = command as? SandboxCommand {
        if sandbox.manual { answer(SandboxCommand.manual(), end: "") }
        try await sandbox.run()
        exit(0)
      } else {
        // `--help` and the like.
        try command.run()
      }
    } catch let error as SandboxError {
      fail("\(error)")
    } catch let error as OutputError {
      fail("\(error)")
    } catch {
      let code = SandboxCommand.exitCode(for: error)
      let message = SandboxCommand.fullMessage(for: error)
      guard code != .success else { answer(message) }
      Process.printError(message)
      exit(code == .validationFailure ? 2 : code.rawValue)
    }
  }

  private static func answer(_ text: String, end: String = "\n") -> Never {
    do throws(OutputError) { try Process.write(text + end) } catch { fail("\(error)") }
    exit(0)
  }

  private static func fail(_ reason: String) -> Never {
    Process.printError("mittr-sandbox: \(reason)")
    exit(1)
  }
}
