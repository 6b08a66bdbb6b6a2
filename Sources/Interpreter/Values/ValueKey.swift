import OrderedJSON

/// A value as a key of sets and dictionaries: two keys are the same exactly where `==` of the language holds. `1`, `1.0`
/// and `10e-1` give one key, and so do records with their keys in another order.
struct ValueKey: Hashable {
  /// Each value in one spelling of its own, which tells by itself where it ends.
  private let bytes: [UInt8]

  init(_ value: JSONValue) {
    var bytes: [UInt8] = []
    Self.append(value, to: &bytes)
    self.bytes = bytes
  }

  func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  private static func append(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes.append(UInt8(ascii: "n"))
    case .bool(let value): bytes.append(UInt8(ascii: value ? "t" : "f"))
    case .number(let number): append(number, to: &bytes)
    case .string(let text, _): append(Array(text.utf8), to: &bytes)
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for item in items { append(item, to: &bytes) }
      bytes.append(UInt8(ascii: "]"))
    case .object(let record):
      bytes.append(UInt8(ascii: "{"))
      for (key, value) in record.exactPairs.sorted(by: { JSONKey.precedes($0.key, $1.key) }) {
        append(key.exact ?? Array(key.text.utf8), to: &bytes)
        append(value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// With its length in front, since it may hold any byte.
  private static func append(_ text: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "s"))
    bytes.append(contentsOf: String(text.count).utf8)
    bytes.append(UInt8(ascii: ":"))
    bytes.append(contentsOf: text)
  }

  /// The sign, the digits from the first to the last that is not zero, and the power of ten of the last one.
  private static func append(_ number: JSONNumber, to bytes: inout [UInt8]) {
    let decimal = DecimalText(number.text)
    if decimal.isNegative { bytes.append(UInt8(ascii: "-")) }
    bytes.append(UInt8(ascii: "0"))
    bytes.append(contentsOf: decimal.digits)
    bytes.append(UInt8(ascii: "e"))
    bytes.append(contentsOf: decimal.exponent)
    bytes.append(UInt8(ascii: ";"))
  }
}

/// A number's one shortest spelling: `digits × 10^exponent`, without zeros at either end of the digits.
private struct DecimalText {
  private(set) var isNegative = false
  private(set) var digits: [UInt8] = []
  private(set) var exponent: [UInt8] = []

  /// - Parameter text: a valid JSON number.
  init(_ text: String) {
    var fraction = 0
    var isFraction = false
    var power: [UInt8]?
    for byte in text.utf8 {
      switch byte {
      case _ where power != nil: power?.append(byte)
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): isFraction = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"): power = []
      default:
        digits.append(byte)
        if isFraction { fraction += 1 }
      }
    }
    let zeros = digits.reversed().prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeLast(zeros)
    digits.removeFirst(digits.prefix { $0 == UInt8(ascii: "0") }.count)
    guard !digits.isEmpty else {
      isNegative = false
      return
    }
    exponent = Self.sum(power ?? [], zeros - fraction)
  }

  /// A written power, of any length, plus a shift: `sum("+0012", -2)` is `10`.
  private static func sum(_ power: [UInt8], _ shift: Int) -> [UInt8] {
    let text = String(decoding: power, as: UTF8.self)
    // A number's own digits are never so many that this could overflow.
    if let power = Int(power.isEmpty ? "0" : text), power.magnitude < 1 << 62 {
      return Array(String(power + shift).utf8)
    }
    let isNegative = power.first == UInt8(ascii: "-")
    var digits = power.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
    digits.removeFirst(digits.prefix { $0 == UInt8(ascii: "0") }.count)
    // From the last digit on, as by hand. The power is far from zero: its sign stays.
    var carry = isNegative ? -shift : shift
    for index in digits.indices.reversed() where carry != 0 {
      let sum = Int(digits[index] - UInt8(ascii: "0")) + carry
      let digit = (sum % 10 + 10) % 10
      digits[index] = UInt8(digit) + UInt8(ascii: "0")
      carry = (sum - digit) / 10
    }
    if carry > 0 { digits = Array(String(carry).utf8) + digits }
    digits.removeFirst(digits.prefix { $0 == UInt8(ascii: "0") }.count)
    return (isNegative ? [UInt8(ascii: "-")] : []) + digits
  }
}
