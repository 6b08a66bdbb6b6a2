enum SleepCommand {
  private static let duration = Parameter.positional("duration", .duration, "how long, such as 500ms, 2s or 1m")

  static let command = Command(
    "sleep", topic: .shell, "waits, and stops waiting on Ctrl-C",
    input: .none, result: .nothing, parameters: [duration],
    examples: [
      .init("sleep 10ms", "a short while"),
      .init("for n in [1, 2] { print $n; sleep 5ms }", "between two steps"),
    ]
  ) { call throws(Interruption) in
    try await call.session.pause(try await call.value(duration))
    return .nothing
  }
}
