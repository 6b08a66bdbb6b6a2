/// The parts of a JSON number's text: the one place where they are read digit by digit, however many there are.
package struct WrittenNumber {
  package let isNegative: Bool
  /// From 0 to 9, the most significant first, the point left out; there may be zeros in front.
  package let digits: [UInt8]
  /// How many of the digits stand behind the point.
  package let fractionCount: Int
  /// The exponent as it is written; empty without one.
  package let power: Substring

  package init(_ number: JSONNumber) {
    let text = number.text
    var (isNegative, pointPlace): (Bool, Int?) = (false, nil)
    var (digits, power): ([UInt8], Substring) = ([], "")
    for (place, byte) in text.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): pointPlace = digits.count
      case UInt8(ascii: "e"), UInt8(ascii: "E"): power = text.dropFirst(place + 1)
      default: digits.append(byte - UInt8(ascii: "0"))
      }
      if !power.isEmpty { break }
    }
    (self.isNegative, self.digits, self.power) = (isNegative, digits, power)
    fractionCount = pointPlace.map { digits.count - $0 } ?? 0
  }

  /// The exponent of the number without its point; nil when it does not fit 64 bits.
  package var exponent: Int? {
    guard let written = power.isEmpty ? 0 : Int(power) else { return nil }
    let (exponent, overflows) = written.subtractingReportingOverflow(fractionCount)
    return overflows ? nil : exponent
  }
}
