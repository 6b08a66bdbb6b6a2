import Basics
import OrderedJSON

enum PrintCommand {
  private static let values = Parameter.variadic("value", .value, "what to print, joined by spaces", isPerItem: true)
  private static let toErrors = Parameter.flag(
    "err", "write to standard error instead, with control characters escaped")

  static let command = Command(
    "print", topic: .data, "writes a line to standard output at once: strings raw, the rest as JSON",
    discussion: "With items from the pipe and no argument it prints each item; with arguments, a line for each item.",
    input: .optional, result: .nothing, parameters: [values, toErrors],
    examples: [
      .init(#"print "events:" 3"#, "a line"),
      .init(#"[{id: 1}, {id: 2}] | print "id \(.id)""#, "a line for each item"),
      .init("print --err \"half of it is done\"", "progress, apart from the data"),
    ]
  ) { call throws(Interruption) in
    let isNote = try await call.value(toErrors)
    guard let input = call.input else {
      try call.session.printLine(try await call.value(values), isNote: isNote)
      return .nothing
    }
    while let item = try await input.next() {
      let line = call.isGiven(values) ? try await call.value(values, for: item) : [item]
      try call.session.printLine(line, isNote: isNote)
    }
    return .nothing
  }
}

extension Session {
  fileprivate func printLine(_ values: [JSONValue], isNote: Bool) throws(Interruption) {
    var line = values.map { $0.text }.joined(separator: " ")
    if isNote { return note(line) }
    if rendering.isTerminal { line = SafeText.escapedLines(rendering.masked(line)) }
    try print(line + "\n")
  }
}
