import OrderedJSON

enum ShiftCommand {
  private static let duration = Parameter.positional(
    "duration", .signedDuration, "how far, such as 5m, or -1h30m for back")

  static let command = Command(
    "shift", topic: .text, "moves a time forward, or back",
    discussion: """
      A text gives a text by the same clocks, a number of seconds since 1970 a number. It is exact, whatever digits the \
      second has. A day is 24 hours. Null stays null.
      """,
    input: .required, result: .asInput, parameters: [duration],
    searchWords: ["dateadd", "date_add", "add", "plus", "timedelta", "later", "earlier"],
    examples: [
      .init(#""2026-01-31T23:58:00.500+02:00" | shift 5m"#, "later", gives: "2026-02-01T00:03:00.500+02:00"),
      .init("1767225600.1 | shift -250ms", "earlier", gives: "1767225599.85"),
    ]
  ) { call throws(Interruption) in
    let milliseconds = try await call.value(duration)
    return try await call.eachTime { time throws(Failure) in
      var time = time
      time.move(by: milliseconds)
      guard time.isInRange else { throw .outOfTime }
      return time.value
    }
  }
}

extension ParameterKind where Wrapped == Int {
  /// A duration in milliseconds, negative with a sign in front.
  fileprivate static var signedDuration: ParameterKind {
    ParameterKind(.duration) { value throws(ConversionError) in
      let text = value.text
      let isNegative = text.hasPrefix("-")
      guard let duration = Duration(durationText: isNegative ? String(text.dropFirst()) : text) else {
        throw .expected("a duration such as 5m or -1h30m", got: value)
      }
      return isNegative ? -duration.inMilliseconds : duration.inMilliseconds
    }
  }
}
