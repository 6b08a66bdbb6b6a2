import OrderedJSON

enum RetryCommand {
  private static let times = Parameter.option(
    "times", .integer(in: 1...1000), default: 3, "how often to run them at most", defaultText: "3")
  private static let delay = Parameter.option(
    "delay", .duration, default: .seconds(1), "how long to wait between two runs", defaultText: "1s")
  private static let block = Parameter.positional("block", .block, "the statements to run")

  static let command = Command(
    "retry", topic: .shell, "runs statements again when they fail, and yields what they yield",
    discussion: """
      What a run yields is held, all of it, until the run has ended: what a failed run yielded is dropped. Each failed run \
      is told on standard error; the failure of the last one is that of the statement. Ctrl-C ends the waiting at once. \
      What a bulk run left open or failed is the journal's: journal retry.
      """,
    input: .none, result: .asBlock, parameters: [times, delay, block],
    searchWords: ["again", "backoff", "repeat", "attempts"],
    examples: [
      .init("retry --times 3 --delay 1s { 21 * 2 }", "once is enough here", gives: "42"),
      .init(
        "try { retry --times 2 --delay 1ms { throw \"busy\" } } catch e { $e.message }", "the last failure counts",
        gives: "busy"),
    ]
  ) { call throws(Interruption) in
    let times = try await call.value(times)
    let delay = try await call.value(delay)
    var attempt = 1
    while true {
      do throws(Interruption) {
        let output = try await call.output(of: block)
        guard case .stream(let stream) = output else {
          try call.payOwed()
          return output
        }
        let items = try await stream.collect()
        try call.payOwed()
        return .stream(.counted(items, kind: stream.kind))
      } catch {
        guard case .failure(let failure) = error else { throw error }
        call.session.owedFailure = nil
        let isLast = attempt == times
        call.tell(
          "retry: run \(attempt) of \(times) failed: \(failure.message) (\(failure.code))"
            + (isLast ? "" : "; the next one in \(text(of: delay))"))
        if isLast { throw error }
        try await call.session.pause(delay)
        attempt += 1
      }
    }
  }

  /// `0.25 s`, `90 s`.
  private static func text(of duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    guard milliseconds > 0 else { return "\(seconds) s" }
    var digits = String(milliseconds)
    digits = String(repeating: "0", count: 3 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(seconds).\(digits) s"
  }
}
