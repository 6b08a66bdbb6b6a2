import OrderedJSON

/// Rounds numbers by the digits of their text: nothing is lost on the way, however long they are.
enum Rounding {
  enum Direction {
    case halfAwayFromZero
    case down
    case up
  }

  /// The number to so many places behind the point; negative ones stand in front of it. One that has no digits further
  /// back stays as it is written.
  static func rounded(_ number: JSONNumber, to places: Int, _ direction: Direction) -> JSONNumber {
    let written = WrittenNumber(number)
    let digits = written.digits
    // Further away than any digit reaches it makes no difference how far.
    let exponent = written.exponent ?? (written.power.hasPrefix("-") ? -furthest : furthest)
    let dropped = -max(-furthest, min(furthest, exponent)) - places
    guard dropped > 0 else { return number }
    let kept = max(0, digits.count - dropped)
    let rest = digits[kept...]
    let isAway =
      switch direction {
      // Where more is dropped than there is, the first dropped digit is a zero.
      case .halfAwayFromZero: dropped <= digits.count && (rest.first ?? 0) >= 5
      case .down: written.isNegative && rest.contains { $0 != 0 }
      case .up: !written.isNegative && rest.contains { $0 != 0 }
      }
    var result = Array(digits[..<kept])
    if isAway { DecimalDigits.increment(&result) }
    return ExactDecimal(
      isNegative: written.isNegative, digits: DecimalDigits.withoutZeros(result), exponent: -places
    ).plainNumber ?? number
  }

  private static let furthest = 1 << 40

  static func magnitude(of number: JSONNumber) -> JSONNumber {
    guard number.text.hasPrefix("-") else { return number }
    return JSONNumber(String(number.text.dropFirst())) ?? number
  }
}
