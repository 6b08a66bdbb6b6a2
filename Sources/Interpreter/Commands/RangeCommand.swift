import OrderedJSON

enum RangeCommand {
  private static let first = Parameter.positional("from", .integer, "the first number")
  private static let last = Parameter.positional("to", .integer, "the last number")
  private static let step = Parameter.option(
    "step", .integer, default: 1, "from one number to the next; a negative one counts down", defaultText: "1")

  static let command = Command(
    "range", topic: .streams, "counts from one number to another, both included",
    discussion: """
      Each number is made when it is asked for. Where the last one lies in front of the first there is none: \
      range 1 0 is empty, and range 3 1 --step -1 counts down. More than one in front of it, as in range 3 1, is warned \
      about.
      """,
    input: .none, result: .stream, parameters: [first, last, step],
    searchWords: ["seq", "sequence", "generate_series", "loop", "repeat", "times", "while"],
    examples: [
      .init("range 1 3", "up", gives: "1\n2\n3"),
      .init("range 10 0 --step -5", "down", gives: "10\n5\n0"),
      .init(#"for n in (range 1 2) { "try \($n)" }"#, "a loop of so many rounds", gives: "try 1\ntry 2"),
    ]
  ) { call throws(Interruption) in
    let last = try await call.value(last)
    let step = try await call.value(step)
    guard step != 0 else {
      throw .failure(Failure(.badArgument, "--step: a step of 0 leads nowhere", at: call.span(of: RangeCommand.step)))
    }
    let start = try await call.value(first)
    if leadsAway(from: start, to: last, step) {
      call.warn(
        .emptyRange, "there is no number from \(start) \(step > 0 ? "up" : "down") to \(last)", at: call.nameSpan,
        help: step > 0 ? "to count down: --step -1" : "to count up: a positive --step")
    }
    var next: Int? = start
    return .stream(
      ItemStream { () async throws(Interruption) -> JSONValue? in
        guard let number = next, step > 0 ? number <= last : number >= last else { return nil }
        let (sum, overflows) = number.addingReportingOverflow(step)
        next = overflows ? nil : sum
        return .number(JSONNumber(number))
      })
  }

  /// Whether the last number lies on the other side. One in front of the first is a loop of no rounds, which may be meant.
  private static func leadsAway(from first: Int, to last: Int, _ step: Int) -> Bool {
    step > 0 ? last < first && last != first - 1 : last > first && last != first + 1
  }
}
