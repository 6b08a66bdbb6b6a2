import Basics
import Interpreter
import ShellCommands

/// Plays the tour on the terminal, once the line that asked for it is done.
final class TourPlayer: TourGuide {
  private let session: Session
  private let resolver: ServerResolver
  private let run: (ParseResult) async -> Int32
  private var requested: Int?

  /// - Parameter run: runs a statement as if it had been typed; it answers its status.
  init(_ session: Session, _ resolver: ServerResolver, run: @escaping (ParseResult) async -> Int32) {
    self.session = session
    self.resolver = resolver
    self.run = run
  }

  func begin(at step: Int) throws(Failure) {
    guard isOnSandbox else {
      throw Failure(
        "not-on-sandbox", "the tour plays on a sandbox, and this session is on \(resolver.place)",
        help: "mittr --sandbox starts on a local one")
    }
    guard session.prompter is TerminalPrompter else {
      throw Failure("no-terminal", "the tour needs a terminal to ask at")
    }
    requested = step
  }

  private var isOnSandbox: Bool { if case .sandbox = resolver.target { true } else { false } }

  /// Plays it if it was asked for.
  func playIfRequested() async {
    guard let first = requested else { return }
    requested = nil
    for (index, step) in Tour.steps.enumerated().dropFirst(first - 1) {
      session.tell("\nStep \(index + 1) of \(Tour.steps.count). \(step.text)\n\n  \(step.script)\n\n")
      guard await goesOn(), isOnSandbox else { return leave(index) }
      let source = SourceText(name: "tour", text: step.script)
      let status = await run(Parser.parse(source, in: session.parsingContext(.interactive)))
      if status == 130 { return leave(index) }
    }
    session.tell("\nThat was the tour. help lists all commands; what is typed here goes to the sandbox.\n")
  }

  private func leave(_ index: Int) {
    session.tell("The tour is left; tour \(index + 1) goes on here.\n")
  }

  /// Whether the person wants the step.
  private func goesOn() async -> Bool {
    guard let prompter = session.prompter as? TerminalPrompter else { return false }
    return await InterruptWatcher.shared.run(session.stopping) {
      do throws(Interruption) {
        return try await prompter.goesOn("Enter runs it, q leaves the tour.") ? 0 : 1
      } catch {
        return 130
      }
    } == 0
  }
}
