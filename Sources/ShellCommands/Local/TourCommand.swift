import Interpreter

enum TourCommand {
  private static let step = Parameter.positional(
    "step", .integer(in: 1...Tour.steps.count), default: 1, "which step to begin with", defaultText: "1")

  static let command = Command(
    "tour", topic: .shell, "shows the shell in \(Tour.steps.count) steps, on the sandbox alone",
    discussion: """
      Each step is shown first; Enter runs it, q or Ctrl-C leaves the tour. On any other server nothing is done: mittr \
      --sandbox starts on a local one.
      """,
    input: .none, result: .nothing, parameters: [step],
    searchWords: ["tutorial", "demo", "intro", "learn", "start", "guide", "walkthrough"],
    examples: [
      .init("tour", "from the beginning"),
      .init("tour 4", "from the fourth step on"),
    ]
  ) { call throws(Interruption) in
    let first = try await call.value(step)
    guard let guide = call.session[TourGuideKey.self] else {
      throw .failure(Failure("not-interactive", "the tour is for a person at the prompt", at: call.nameSpan))
    }
    do throws(Failure) { try guide.begin(at: first) } catch {
      var error = error
      error.span = call.nameSpan
      throw .failure(error)
    }
    return .nothing
  }
}
