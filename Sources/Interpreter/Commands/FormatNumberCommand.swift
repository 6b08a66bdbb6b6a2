import OrderedJSON

enum FormatNumberCommand {
  private static let decimals = Parameter.option(
    "decimals", .integer(in: 0...100), "so many digits behind the point, rounded half away from zero")
  private static let isGrouped = Parameter.flag("group", "a comma between thousands")

  static let command = Command(
    "format number", topic: .text, "writes a number as text, without an exponent",
    discussion: "It is rounded by its digits, exactly as it was written. Null stays null.",
    input: .required, result: .asInput, parameters: [decimals, isGrouped],
    searchWords: ["printf", "toFixed", "thousands", "separator", "round", "money", "to_char"],
    examples: [
      .init("1234567.891 | format number --decimals 2 --group", "as a bill has it", gives: "1,234,567.89"),
      .init("[1.005, 2, 1e3] | format number --decimals 2", "all alike", gives: "1.01\n2.00\n1000.00"),
    ]
  ) { call throws(Interruption) in
    let decimals = try await call.value(decimals)
    let isGrouped = try await call.value(isGrouped)
    return try await call.eachNumber { number throws(Failure) in
      let rounded = decimals.map { Rounding.rounded(number, to: $0, .halfAwayFromZero) } ?? number
      let decimal = try PlainDecimal(writing: rounded)
      let digits = decimal.fraction + [UInt8](repeating: 0, count: max(0, (decimals ?? 0) - decimal.fraction.count))
      let whole = decimal.whole.isEmpty ? "0" : DecimalDigits.text(decimal.whole)
      let fraction = digits.isEmpty ? "" : "." + DecimalDigits.text(digits)
      // What was rounded to nothing has no sign.
      let sign = decimal.isNegative && !decimal.isZero ? "-" : ""
      return .string(sign + (isGrouped ? grouped(whole) : whole) + fraction)
    }
  }

  private static func grouped(_ digits: String) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.utf8.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return result
  }
}
