import ArgumentParser
import Basics
import MittrSandbox

/// ArgumentParser's own entry exits with 64 for a wrong command line; Mittr's programs all exit with 2.
@main
enum SandboxMain {
  static func main() async {
    do {
      var command = try SandboxCommand.parseAsRoot()
      if let sandbox = command as? SandboxCommand {
        try await sandbox.run()
        exit(0)
      } else {
        // `--help` and the like.
        try command.run()
      }
    } catch let error as SandboxError {
      Process.printError("mittr-sandbox: \(error)")
      exit(1)
    } catch {
      let code = SandboxCommand.exitCode(for: error)
      let message = SandboxCommand.fullMessage(for: error)
      guard code != .success else {
        Process.printLine(message)
        exit(0)
      }
      Process.printError(message)
      exit(code == .validationFailure ? 2 : code.rawValue)
    }
  }
}
