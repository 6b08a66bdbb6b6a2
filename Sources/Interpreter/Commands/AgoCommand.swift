import OrderedJSON

enum AgoCommand {
  private static let duration = Parameter.positional("duration", .duration, "how long ago, such as 90s, 1h30m or 7d")

  static let command = Command(
    "ago", topic: .text, "tells the time that was so long ago, as ISO 8601 text",
    discussion: "Times in this form compare as text, so that < and > tell which is earlier.",
    input: .none, result: .value, parameters: [duration], isConstantPerStage: true,
    examples: [
      .init("ago 1h30m", "a time"),
      .init(#"[{createdAt: "2001-01-01T00:00:00.000Z"}] | where .createdAt < (ago 7d) | count"#, "older than a week"),
    ]
  ) { call throws(Interruption) in
    let time = TimeReference.ago(try await call.value(duration))
    return .value(.string(TimeReference.iso8601(time.seconds(now: call.session.now()))))
  }
}
