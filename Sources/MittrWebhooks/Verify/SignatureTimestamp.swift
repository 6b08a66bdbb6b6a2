/// The Unix seconds that a timestamp header states.
struct SignatureTimestamp {
  /// Seconds since 1970. A number above 64 bits is kept as the largest one: it is far in the future either way.
  let seconds: Int

  /// - seconds: 0 or more.
  init(seconds: Int) { self.seconds = seconds }

  /// Reads a decimal integer: one or more ASCII digits and nothing else, so neither sign, space, fraction nor exponent.
  init?(_ text: String) {
    var seconds = 0
    var overflows = false
    guard !text.isEmpty else { return nil }
    for byte in text.utf8 {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      let (scaled, scalingOverflows) = seconds.multipliedReportingOverflow(by: 10)
      let (sum, addingOverflows) = scaled.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      overflows = overflows || scalingOverflows || addingOverflows
      seconds = sum
    }
    self.seconds = overflows ? .max : seconds
  }

  /// How long ago the timestamp was, in seconds; negative when it is ahead, and never out of range.
  func age(at now: Int) -> Int {
    let (age, overflows) = now.subtractingReportingOverflow(seconds)
    // The seconds are never negative, so that only a time before 1970 can go out of range, and only downwards.
    return overflows ? .min : age
  }
}
