import Basics
import Interpreter
import ShellCommands

/// The first lines of an interactive shell: where it is connected, and where to begin.
enum Welcome {
  static func text(_ resolver: ServerResolver) -> String {
    let place: String =
      switch resolver.target {
      case .sandbox where resolver.fellBackToSandbox:
        "on a local sandbox with demo data, since MITTR_API_KEY is not set"
      case .sandbox: "on a local sandbox"
      case .server: "on \(SafeText.escaped(resolver.place, limit: 200))"
      case .noKey: "without an API key: set MITTR_API_KEY, or start with --sandbox"
      }
    let vocabulary = CommandRegistry.shell.vocabulary
    var steps = vocabulary.firstSteps
    // Where real receivers are, nothing that delivers to them is proposed.
    if case .sandbox = resolver.target {
      steps += vocabulary.sandboxSteps + [.init("tour", "the shell in \(Tour.steps.count) steps")]
    }
    steps.append(.init("help", "all commands; Tab helps"))
    return "mittr \(ReleaseVersion.text) \(place)\n" + HelpPage.steps(steps, indent: "  ")
  }
}
