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
    let decimal = Decimal(number.text)
    let dropped = decimal.scale - places
    guard dropped > 0 else { return number }
    let kept = max(0, decimal.digits.count - dropped)
    let rest = decimal.digits[kept...]
    let isAway =
      switch direction {
      // Where more is dropped than there is, the first dropped digit is a zero.
      case .halfAwayFromZero: dropped <= decimal.digits.count && (rest.first ?? 0) >= 5
      case .down: decimal.isNegative && rest.contains { $0 != 0 }
      case .up: !decimal.isNegative && rest.contains { $0 != 0 }
      }
    let digits = isAway ? incremented(Array(decimal.digits[..<kept])) : Array(decimal.digits[..<kept])
    return JSONNumber(text(digits, places, isNegative: decimal.isNegative)) ?? number
  }

  static func magnitude(of number: JSONNumber) -> JSONNumber {
    guard number.text.hasPrefix("-") else { return number }
    return JSONNumber(String(number.text.dropFirst())) ?? number
  }

  /// One more in the last place.
  private static func incremented(_ digits: [UInt8]) -> [UInt8] {
    var digits = digits
    for index in digits.indices.reversed() {
      guard digits[index] == 9 else {
        digits[index] += 1
        return digits
      }
      digits[index] = 0
    }
    return [1] + digits
  }

  private static func text(_ digits: [UInt8], _ places: Int, isNegative: Bool) -> String {
    guard digits.contains(where: { $0 != 0 }) else { return "0" }
    var whole = Array(digits.drop { $0 == 0 })
    var fraction: [UInt8] = []
    if places > 0 {
      whole = [UInt8](repeating: 0, count: max(0, places + 1 - whole.count)) + whole
      fraction = Array(whole.suffix(places))
      whole.removeLast(places)
      while fraction.last == 0 { fraction.removeLast() }
    } else {
      whole += [UInt8](repeating: 0, count: -places)
    }
    func written(_ digits: [UInt8]) -> String { String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self) }
    return (isNegative ? "-" : "") + written(whole) + (fraction.isEmpty ? "" : "." + written(fraction))
  }

  /// The digits of a JSON number, the last of which counts 10^-scale.
  private struct Decimal {
    var isNegative = false
    var digits: [UInt8] = []
    var scale = 0

    init(_ text: String) {
      var isFraction = false
      var power: String?
      for scalar in text.unicodeScalars {
        switch scalar {
        case _ where power != nil: power?.unicodeScalars.append(scalar)
        case "-": isNegative = true
        case ".": isFraction = true
        case "e", "E": power = ""
        default:
          digits.append(UInt8(truncatingIfNeeded: scalar.value) - UInt8(ascii: "0"))
          if isFraction { scale += 1 }
        }
      }
      guard let power else { return }
      // Further away than any digit reaches it makes no difference how far.
      let furthest = 1 << 40
      scale -= max(-furthest, min(furthest, Int(power) ?? (power.hasPrefix("-") ? -furthest : furthest)))
    }
  }
}
