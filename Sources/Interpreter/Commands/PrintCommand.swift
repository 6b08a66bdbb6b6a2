import OrderedJSON

enum PrintCommand {
  private static let values = Parameter.variadic("value", .value, "what to print, joined by spaces", isPerItem: true)

  static let command = Command(
    "print", topic: .data, "writes a line to standard output at once: strings raw, the rest as JSON",
    discussion: "With items from the pipe and no argument it prints each item; with arguments, a line for each item.",
    input: .optional, result: .nothing, parameters: [values],
    examples: [
      .init(#"print "events:" 3"#, "a line"),
      .init(#"[{id: 1}, {id: 2}] | print "id \(.id)""#, "a line for each item"),
    ]
  ) { call throws(Interruption) in
    guard let input = call.input else {
      try call.session.printLine(try await call.value(values))
      return .nothing
    }
    while let item = try await input.next() {
      try call.session.printLine(call.isGiven(values) ? try await call.value(values, for: item) : [item])
    }
    return .nothing
  }
}

extension Session {
  fileprivate func printLine(_ values: [JSONValue]) throws(Interruption) {
    var line = values.map { $0.text }.joined(separator: " ")
    if rendering.isTerminal { line = TerminalText.escapedLines(rendering.masked(line)) }
    try print(line + "\n")
  }
}
