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
    case (.object(let left), .object(let right)):
      left.count == right.count
        && left.allSatisfy { key, value in right[key].map { areEqual(value, $0) } ?? false }
    default: left == right
    }
  }

  /// Negative, zero or positive; nil when the two cannot be ordered. Numbers, strings (by scalars) and booleans
  /// (false first) are ordered among themselves.
  public static func order(_ left: JSONValue, _ right: JSONValue) -> Int? {
    switch (left, right) {
    case (.number(let left), .number(let right)): Number.compare(left, right)
    case (.string(let left, _), .string(let right, _)): compare(left, right)
    case (.bool(let left), .bool(let right)): (left ? 1 : 0) - (right ? 1 : 0)
    default: nil
    }
  }

  /// A total order for sorting: null, booleans, numbers, strings, lists, records; within the last two by JSON text.
  public static func sortOrder(_ left: JSONValue, _ right: JSONValue) -> Int {
    if let order = order(left, right) { return order }
    let ranks = (rank(left), rank(right))
    guard ranks.0 == ranks.1 else { return ranks.0 - ranks.1 }
    return left.isNull ? 0 : compare(left.text, right.text)
  }

  /// By UTF-8 bytes, which is by Unicode scalars.
  private static func compare(_ left: String, _ right: String) -> Int {
    if left.utf8.elementsEqual(right.utf8) { return 0 }
    return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
  }

  private static func rank(_ value: JSONValue) -> Int {
    switch value {
    case .null: 0
    case .bool: 1
    case .number: 2
    case .string: 3
    case .array: 4
    case .object: 5
    }
  }
}
