import OrderedJSON

/// `{"field": "$.customer.tier", "operator": "eq", "value": "gold"}`.
///
/// A field that the payload lacks satisfies no operator but `ne` and `exists` with the value false. Numbers compare by
/// value, strings by their bytes; values of different types never compare.
struct FilterCondition: Sendable {
  enum Operator: String, Sendable, CaseIterable {
    case eq, ne, gt, gte, lt, lte, contains, startsWith, endsWith, exists, regex
  }

  private let path: FieldPath
  private let `operator`: Operator
  private let value: JSONValue
  /// What `regex` matches; nil for the other operators.
  private let pattern: FilterPattern?

  /// nil when a part is missing or does not fit the operator. The value of `exists` is true unless it is given.
  init?(_ object: JSONValue) {
    guard let path = object["field"]?.stringValue.flatMap(FieldPath.init),
      let `operator` = object["operator"]?.stringValue.flatMap(Operator.init(rawValue:)),
      let value = object["value"] ?? (`operator` == .exists ? JSONValue.bool(true) : JSONValue?.none)
    else { return nil }
    let pattern = `operator` == .regex ? value.stringValue.flatMap(FilterPattern.init) : nil
    let fits =
      switch `operator` {
      case .eq, .ne, .contains: true
      case .gt, .gte, .lt, .lte: value.numberValue != nil || value.stringValue != nil
      case .startsWith, .endsWith: value.stringValue != nil
      case .exists: value.boolValue != nil
      case .regex: pattern != nil
      }
    guard fits else { return nil }
    (self.path, self.operator, self.value, self.pattern) = (path, `operator`, value.detached(), pattern)
  }

  func matches(_ payload: JSONValue) -> Bool {
    let found = path.value(in: payload)
    return switch `operator` {
    case .exists: (found != nil) == value.boolValue
    case .ne: found.map { !Self.areEqual($0, value) } ?? true
    case .eq: found.map { Self.areEqual($0, value) } ?? false
    case .gt:
      compare(found) {
        $0 > $1
      } strings: {
        $1.precedes($0)
      }
    case .gte:
      compare(found) {
        $0 >= $1
      } strings: {
        !$0.precedes($1)
      }
    case .lt:
      compare(found) {
        $0 < $1
      } strings: {
        $0.precedes($1)
      }
    case .lte:
      compare(found) {
        $0 <= $1
      } strings: {
        !$1.precedes($0)
      }
    case .contains: contains(found)
    case .startsWith: strings(found) { $0.utf8.starts(with: $1.utf8) }
    case .endsWith: strings(found) { $0.utf8.reversed().starts(with: $1.utf8.reversed()) }
    case .regex: pattern.flatMap { found?.stringValue.map($0.matches) } ?? false
    }
  }

  private func strings(_ found: JSONValue?, _ test: (String, String) -> Bool) -> Bool {
    guard let left = found?.stringValue, let right = value.stringValue else { return false }
    return test(left, right)
  }

  private func compare(
    _ found: JSONValue?, numbers: (Double, Double) -> Bool, strings test: (String, String) -> Bool
  ) -> Bool {
    guard let left = found?.numberValue, let right = value.numberValue else { return strings(found, test) }
    return numbers(left.double, right.double)
  }

  /// A string that contains the text, or an array that has the value.
  private func contains(_ found: JSONValue?) -> Bool {
    if let items = found?.arrayValue { return items.contains { Self.areEqual($0, value) } }
    return strings(found) { $1.isEmpty || Array($0.utf8).contains(Array($1.utf8)) }
  }

  private static func areEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    guard let leftNumber = left.numberValue, let rightNumber = right.numberValue else { return left == right }
    if let leftInteger = leftNumber.int, let rightInteger = rightNumber.int { return leftInteger == rightInteger }
    return leftNumber.double == rightNumber.double
  }
}

extension String {
  fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
