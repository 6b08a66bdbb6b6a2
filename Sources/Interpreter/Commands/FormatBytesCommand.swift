import OrderedJSON

enum FormatBytesCommand {
  private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

  static let command = Command(
    "format bytes", topic: .text, "writes a number of bytes in a unit that suits it: 1536 is 1.5 KiB",
    discussion: """
      Each unit is 1024 of the one before. There is one digit behind the point, which is left out where it is 0. Null \
      stays null.
      """,
    input: .required, result: .asInput,
    searchWords: ["filesize", "humanize", "size", "du -h", "KB", "MB", "MiB"],
    examples: [
      .init("1536 | format bytes", "bytes", gives: "1.5 KiB"),
      .init("[0, 1023, 1048576, 1500000000] | format bytes", "of any size", gives: "0 B\n1023 B\n1 MiB\n1.4 GiB"),
    ]
  ) { call throws(Interruption) in
    try await call.eachNumber { number throws(Failure) in
      let rounded = try PlainDecimal(writing: Rounding.rounded(number, to: 0, .halfAwayFromZero))
      guard let bytes = rounded.wholeInt else {
        throw Failure(.overflow, "the number of bytes does not fit 64 bits")
      }
      return .string((rounded.isNegative && bytes > 0 ? "-" : "") + text(UInt64(bytes)))
    }
  }

  private static func text(_ bytes: UInt64) -> String {
    if bytes < 1024 { return "\(bytes) B" }
    var exponent = 1
    // 1023.96 KiB would be rounded to 1024.
    while exponent < units.count - 1, tenths(bytes, exponent) >= 10_240 { exponent += 1 }
    let tenths = tenths(bytes, exponent)
    return "\(tenths / 10)\(tenths % 10 == 0 ? "" : ".\(tenths % 10)") \(units[exponent])"
  }

  /// Tenths of a unit, rounded half up.
  private static func tenths(_ bytes: UInt64, _ exponent: Int) -> UInt64 {
    let unit = UInt64(1) << (10 * exponent)
    return bytes / unit * 10 + (bytes % unit * 10 + unit / 2) / unit
  }
}
