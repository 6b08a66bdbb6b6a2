/// A number of JSON as its digits, so that it can be spelled as other programs would without being rounded.
struct JSONDecimal {
  private let isNegative: Bool
  /// Without zeros at either end; empty for zero.
  private let digits: [UInt8]
  /// Where the point stands: the value is `0.digits` times ten to the power of this.
  private let point: Int
  /// Whether it is spelled without a fraction and an exponent.
  let isSpelledWhole: Bool
  /// Whether its fraction is nothing but zeros, and it has no exponent.
  let hasZeroFraction: Bool

  /// Nobody writes more digits, or a larger exponent.
  private static let limit = (length: 64, exponent: 400)

  /// Reads a valid number; nil when it is out of all proportion.
  init?(_ text: some Collection<UInt8>) {
    guard text.count <= Self.limit.length else { return nil }
    var (digits, fraction, exponentText) = ([UInt8](), 0, "")
    var (hasPoint, hasExponent) = (false, false)
    for byte in text.drop(while: { $0 == UInt8(ascii: "-") }) {
      switch byte {
      case UInt8(ascii: "."): hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): hasExponent = true
      case _ where hasExponent: exponentText.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        digits.append(byte)
        if hasPoint { fraction += 1 }
      }
    }
    let exponent = hasExponent ? Int(exponentText) : 0
    guard let exponent, exponent.magnitude <= Self.limit.exponent else { return nil }
    isNegative = text.first == UInt8(ascii: "-")
    isSpelledWhole = !hasPoint && !hasExponent
    hasZeroFraction = hasPoint && !hasExponent && digits.suffix(fraction).allSatisfy { $0 == UInt8(ascii: "0") }
    let zero = UInt8(ascii: "0")
    let leading = digits.prefix { $0 == zero }.count
    let point = digits.count - fraction + exponent - leading
    digits.removeFirst(leading)
    while digits.last == zero { digits.removeLast() }
    self.digits = digits
    self.point = digits.isEmpty ? 1 : point
  }

  /// How a program spells a number.
  enum Format: CaseIterable {
    /// JavaScript's and Go's: nothing that need not be there.
    case shortest
    /// The same for what JavaScript would write with an exponent.
    case plain
    /// Floating-point numbers of Python; `1.0`, `1e+16`.
    case python
    /// `1.0`, `1.0E7`.
    case java
    /// `1.0`, `1.0e+25`.
    case php
    /// `1`, `1E+16`.
    case dotNet
    case twoDecimals
    case exponent
    case exponentWithSign
    case lowercaseExponent
    case lowercaseExponentWithSign

    var phrase: String {
      switch self {
      case .shortest: "in their shortest spelling"
      case .plain: "without exponents"
      case .python: "as floating-point numbers"
      case .java: "as Java writes floating-point numbers"
      case .php: "as PHP writes floating-point numbers"
      case .dotNet: "as .NET writes them"
      case .twoDecimals: "with two decimals"
      case .exponent, .exponentWithSign, .lowercaseExponent, .lowercaseExponentWithSign: "with exponents"
      }
    }
  }

  /// The number as a program spells it; nil when it does not spell this one.
  func spelled(_ format: Format) -> [UInt8]? {
    let sign: [UInt8] = isNegative && !(digits.isEmpty && format == .shortest) ? [UInt8(ascii: "-")] : []
    return text(format).map { sign + $0 }
  }

  private func text(_ format: Format) -> [UInt8]? {
    let power = point - 1
    switch format {
    case .shortest: return -7 <= power && power < 21 ? positional() : scientific("e", plus: "+")
    case .plain: return -40...40 ~= power ? positional() : nil
    case .python:
      return -4..<16 ~= power
        ? positional(fewestDecimals: 1) : scientific("e", plus: "+", fewestDigits: 2)
    case .java: return -3..<7 ~= power ? positional(fewestDecimals: 1) : scientific("E", plus: "", fewestDecimals: 1)
    case .php: return -5..<15 ~= power ? positional(fewestDecimals: 1) : scientific("e", plus: "+", fewestDecimals: 1)
    case .dotNet: return -5..<15 ~= power ? positional() : scientific("E", plus: "+", fewestDigits: 2)
    case .twoDecimals: return digits.count - point <= 2 && power < 21 ? positional(fewestDecimals: 2) : nil
    case .exponent: return isWholeWithZeros ? scientific("E", plus: "") : nil
    case .exponentWithSign: return isWholeWithZeros ? scientific("E", plus: "+") : nil
    case .lowercaseExponent: return isWholeWithZeros ? scientific("e", plus: "") : nil
    case .lowercaseExponentWithSign: return isWholeWithZeros ? scientific("e", plus: "+") : nil
    }
  }

  private var isWholeWithZeros: Bool { digits.count < point && !digits.isEmpty }

  private func positional(fewestDecimals: Int = 0) -> [UInt8] {
    func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: UInt8(ascii: "0"), count: max(0, count)) }
    let whole = point > 0 ? digits.prefix(point) + zeros(point - digits.count) : [UInt8(ascii: "0")]
    var decimals = zeros(-point) + digits.dropFirst(max(0, point))
    if digits.isEmpty { decimals = [] }
    decimals += zeros(fewestDecimals - decimals.count)
    return decimals.isEmpty ? Array(whole) : whole + [UInt8(ascii: ".")] + decimals
  }

  private func scientific(_ mark: String, plus: String, fewestDecimals: Int = 0, fewestDigits: Int = 1) -> [UInt8] {
    var decimals = Array(digits.dropFirst())
    while decimals.count < fewestDecimals { decimals.append(UInt8(ascii: "0")) }
    let power = String((point - 1).magnitude)
    let padding = String(repeating: "0", count: max(0, fewestDigits - power.utf8.count))
    return digits.prefix(1) + (decimals.isEmpty ? [] : [UInt8(ascii: ".")] + decimals)
      + Array("\(mark)\(point < 1 ? "-" : plus)\(padding)\(power)".utf8)
  }
}
