import OrderedJSON

enum TimeCommand {
  private static let block = Parameter.positional("block", .block, "the statements to run")

  static let command = Command(
    "time", topic: .shell, "runs statements, passes on what they yield and tells how long they took",
    discussion: "The time is told on standard error, once the last item was taken.",
    input: .none, result: .asBlock, parameters: [block],
    examples: [
      .init("time { [3, 1, 2] | sort-by }", "how long a pipeline takes"),
      .init("let sum = time { [1, 2] | sum }", "and what it yields"),
    ]
  ) { call throws(Interruption) in
    let session = call.session
    let start = session.clock.uptime()
    func tell() { session.summarize("time: \(text(of: session.clock.uptime() - start))") }
    let output: Output
    do throws(Interruption) {
      output = try await call.output(of: block)
    } catch {
      tell()
      throw error
    }
    guard case .stream(let stream) = output else {
      tell()
      return output
    }
    return .stream(
      ItemStream(
        kind: stream.kind, expecting: { stream.expect(atMost: $0) },
        cleanUp: {
          await stream.close()
          tell()
        },
        pull: { () async throws(Interruption) -> JSONValue? in try await stream.next() }))
  }

  /// `0.042 s`, `75.300 s`.
  private static func text(of duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    let milliseconds = String(attoseconds / 1_000_000_000_000_000)
    return "\(seconds).\(String(repeating: "0", count: max(0, 3 - milliseconds.count)))\(milliseconds) s"
  }
}
