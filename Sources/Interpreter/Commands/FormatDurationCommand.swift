import OrderedJSON

enum FormatDurationCommand {
  static let command = Command(
    "format duration", topic: .text, "writes seconds as a duration: 90 is 1m30s",
    discussion: """
      In days, hours, minutes and seconds, exactly; what is less than a second is written in milliseconds. parse duration \
      reads it again, unless it is negative or finer than that takes. Null stays null.
      """,
    input: .required, result: .asInput,
    searchWords: ["humanize", "elapsed", "seconds", "timespan", "pretty"],
    examples: [
      .init("90 | format duration", "seconds", gives: "1m30s"),
      .init("[93784.5, 0.25, -60] | format duration", "of any size", gives: "1d2h3m4.5s\n250ms\n-1m"),
    ]
  ) { call throws(Interruption) in
    try await call.eachNumber { number throws(Failure) in
      let decimal = try PlainDecimal(writing: number)
      guard let seconds = decimal.wholeInt else {
        throw Failure(.overflow, "the number of seconds does not fit 64 bits")
      }
      return .string(text(seconds, decimal.fraction, isNegative: decimal.isNegative && !decimal.isZero))
    }
  }

  private static func text(_ seconds: Int, _ fraction: [UInt8], isNegative: Bool) -> String {
    let sign = isNegative ? "-" : ""
    let digits = DecimalDigits.withoutZerosBehind(fraction)
    if seconds == 0, !digits.isEmpty {
      let whole = DecimalDigits.text((digits + [0, 0, 0]).prefix(3).drop { $0 == 0 })
      let rest = DecimalDigits.text(digits.dropFirst(3))
      return "\(sign)\(whole.isEmpty ? "0" : whole)\(rest.isEmpty ? "" : ".\(rest)")ms"
    }
    var parts: [String] = []
    for (unit, name, range) in [(86_400, "d", Int.max), (3600, "h", 24), (60, "m", 60)] {
      let count = seconds / unit % range
      if count > 0 { parts.append("\(count)\(name)") }
    }
    if seconds % 60 > 0 || !digits.isEmpty || parts.isEmpty {
      parts.append("\(seconds % 60)\(digits.isEmpty ? "" : "." + DecimalDigits.text(digits))s")
    }
    return sign + parts.joined()
  }
}
