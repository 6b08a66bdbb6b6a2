enum ClearCommand {
  static let command = Command(
    "clear", topic: .shell, "clears the screen; where there is none, nothing happens",
    input: .none, result: .nothing,
    examples: [
      .init("clear", "an empty screen"),
      .init("clear; [1, 2] | count", "a result at the top of the screen"),
    ]
  ) { call throws(Interruption) in
    // Home, the screen, what was scrolled off it.
    if call.session.rendering.isTerminal { try call.session.print("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
    return .nothing
  }
}
