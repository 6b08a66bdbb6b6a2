import Basics
import OrderedJSON

enum NowCommand {
  private static let inSeconds = Parameter.flag("seconds", "as seconds since 1970, a number")

  static let command = Command(
    "now", topic: .text, "tells the time as ISO 8601 text: 2026-01-31T12:00:00.000Z",
    input: .none, result: .value, parameters: [inSeconds], isConstantPerStage: true,
    examples: [
      .init("now", "in UTC, to the millisecond"),
      .init("let start = now --seconds; (now --seconds) - $start", "how long something took"),
    ]
  ) { call throws(Interruption) in
    let milliseconds = TimeReference.milliseconds(call.session.now())
    guard try await call.value(inSeconds) else { return .value(.string(InternetTime.text(milliseconds))) }
    return .value(.number(JSONNumber(milliseconds: milliseconds)))
  }
}
