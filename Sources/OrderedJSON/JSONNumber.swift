/// A JSON number, kept as the text it was written with: `1.10`, `-0`, `1e400` and `12345678901234567890` all survive.
///
/// Equality compares the text; comparing by value is left to code that gives numbers a meaning.
public struct JSONNumber: Sendable, Hashable {
  /// The number's text, always valid JSON.
  public let text: String

  /// Takes a text when it is a JSON number from its first byte to its last.
  public init?(_ text: String) {
    var text = text
    let isNumber = text.withUTF8 { bytes in
      guard let base = bytes.baseAddress else { return false }
      var validator = JSONValidator(base, from: 0, to: bytes.count)
      return (try? validator.number()) != nil && validator.position == bytes.count
    }
    guard isNumber else { return nil }
    self.text = text
  }

  /// The number of an integer, as its decimal text.
  public init(_ value: Int) { text = String(value) }

  /// The shortest text that reads back as the same double; nil for infinities and NaN, which JSON lacks.
  /// Whole numbers below 2^53 are written without a fraction.
  public init?(_ value: Double) {
    guard value.isFinite else { return nil }
    if value == value.rounded(), value.magnitude < 9_007_199_254_740_992, !(value == 0 && value.sign == .minus) {
      text = String(Int(value))
    } else {
      text = value.description
    }
  }

  /// Any whole number, exactly.
  public init(_ value: some BinaryInteger) { text = String(value) }

  /// The shortest text that reads back as the same single-precision number; nil for infinities and NaN.
  public init?(_ value: Float) {
    guard value.isFinite else { return nil }
    if let whole = Int32(exactly: value), whole != 0 || value.sign == .plus {
      text = String(whole)
    } else {
      text = value.description
    }
  }

  init(validated text: String) { self.text = text }

  /// The value when it is written as an integer (no fraction, no exponent) and fits 64 bits; `-0` is nil.
  public var int: Int? {
    guard text != "-0" else { return nil }
    return Int(text)
  }

  /// The nearest double; infinite when out of range.
  public var double: Double { Double(text) ?? .nan }
}

extension JSONNumber: CustomStringConvertible {
  public var description: String { text }
}
