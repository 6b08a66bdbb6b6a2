public import OrderedJSON

/// How values compare: exactly.
public enum Comparison {
  /// Equality by value: numbers by their exact value (`1.0 == 1`), records without regard to key order, strings by their
  /// scalars. Values of different kinds are never equal.
  public static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): Number.compare(left, right) == 0
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { areEqual($0, $1) }
    case (.object(let left), .object(let right)): left.isEqual(to: right, by: areEqual)
    default: left == right
    }
  }

  /// Negative, zero or positive; nil when the two cannot be ordered. Numbers, strings (by scalars) and booleans
  /// (false first) are ordered among themselves.
  public static func order(_ left: JSONValue, _ right: JSONValue) -> Int? {
    switch (left, right) {
    case (.number(let left), .number(let right)): Number.compare(left, right)
    case (.string(let left, _), .string(let right, _)): order(left, right)
    case (.bool(let left), .bool(let right)): (left ? 1 : 0) - (right ? 1 : 0)
    default: nil
    }
  }

  /// By UTF-8 bytes, which is by Unicode scalars.
  static func order(_ left: String, _ right: String) -> Int {
    var (left, right) = (left, right)
    return left.withUTF8 { left in
      right.withUTF8 { right in
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
          return left[index] < right[index] ? -1 : 1
        }
        return left.count - right.count
      }
    }
  }
}
