import Basics
import OrderedJSON

/// What the operators of expressions do with two values.
enum Operators {
  /// - Parameter pattern: where the right one stands, for what is wrong in it.
  static func apply(
    _ operation: Operator, _ left: JSONValue, _ right: JSONValue, at span: SourceSpan, pattern: SourceSpan? = nil
  ) throws(PureEvaluator.Suspension) -> JSONValue {
    do throws(Failure) {
      return try result(operation, left, right)
    } catch {
      throw .failure(error.located(at: error.code == .badPattern ? pattern ?? span : span))
    }
  }

  private static func result(
    _ operation: Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(Failure) -> JSONValue {
    switch operation {
    case .equal: return .bool(Comparison.areEqual(left, right))
    case .notEqual: return .bool(!Comparison.areEqual(left, right))
    case .less: return .bool(try compare(operation, left, right).map { $0 < 0 } ?? false)
    case .lessOrEqual: return .bool(try compare(operation, left, right).map { $0 <= 0 } ?? false)
    case .greater: return .bool(try compare(operation, left, right).map { $0 > 0 } ?? false)
    case .greaterOrEqual: return .bool(try compare(operation, left, right).map { $0 >= 0 } ?? false)
    case .add: return try sum(left, right)
    case .subtract: return try arithmetic(.subtract, operation, left, right)
    case .multiply: return try arithmetic(.multiply, operation, left, right)
    case .divide: return try arithmetic(.divide, operation, left, right)
    case .remainder: return try arithmetic(.remainder, operation, left, right)
    case .isIn: return .bool(try contains(right, left, operation))
    case .contains: return .bool(try contains(left, right, operation))
    case .startsWith: return .bool(try texts(operation, left, right).map { $0.utf8.starts(with: $1.utf8) } ?? false)
    case .endsWith:
      return .bool(
        try texts(operation, left, right).map { $0.utf8.reversed().starts(with: $1.utf8.reversed()) } ?? false)
    case .like: return .bool(try texts(operation, left, right).map { Wildcard($1).matches($0) } ?? false)
    case .matches: return .bool(try matches(operation, left, right))
    case .doesNotMatch: return .bool(!(try matches(operation, left, right)))
    // Whether the right one is computed at all is decided before.
    case .and: return .bool(left.isTrue && right.isTrue)
    case .or: return .bool(left.isTrue || right.isTrue)
    case .coalesce: return left.isNull ? right : left
    }
  }

  /// Nil when one of the two is null, which compares false.
  private static func compare(
    _ operation: Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(Failure) -> Int? {
    if left.isNull || right.isNull { return nil }
    if case .string(let first, _) = left, case .string(let second, _) = right, let first = Instant(first),
      let second = Instant(second)
    {
      return Instant.order(first, second)
    }
    guard let order = Comparison.order(left, right) else { throw mixed(operation, left, right) }
    return order
  }

  private static func sum(_ left: JSONValue, _ right: JSONValue) throws(Failure) -> JSONValue {
    switch (left, right) {
    case (.string(let left, _), .string(let right, _)):
      guard left.utf8.count + right.utf8.count <= JSONValue.longestText else {
        throw .tooLongText
      }
      return .string(left + right)
    case (.array(let left), .array(let right)):
      guard left.count + right.count <= JSONValue.longestList else {
        throw Failure(.tooLarge, "a list would have more than \(JSONValue.longestList) items")
      }
      return .array(left + right)
    case (.object(let left), .object(let right)): return .object(left.merged(with: right))
    default: return try arithmetic(.add, .add, left, right)
    }
  }

  private static func arithmetic(
    _ computation: Number.Operation, _ operation: Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(Failure) -> JSONValue {
    guard case (.number(let first), .number(let second)) = (left, right) else { throw mixed(operation, left, right) }
    do throws(Number.ArithmeticError) {
      return .number(try Number.compute(computation, first, second))
    } catch {
      switch error {
      case .overflow:
        throw Failure(.overflow, "\(first.text) \(operation.sign) \(second.text) does not fit 64 bits")
      case .divisionByZero:
        throw Failure(.divisionByZero, "\(first.text) \(operation.sign) \(second.text): division by zero")
      case .outOfRange: throw Failure(.overflow, "\(first.text) \(operation.sign) \(second.text) is out of range")
      }
    }
  }

  private static func contains(
    _ container: JSONValue, _ value: JSONValue, _ operation: Operator
  ) throws(Failure) -> Bool {
    switch (container, value) {
    case (.array(let items), _): items.contains { Comparison.areEqual($0, value) }
    case (.object(let record), .string(let key, _)): record[key] != nil
    case (.string(let text, _), .string(let part, _)): TextSearch(part).isFound(in: text)
    case (.null, _), (.string, .null): false
    default: throw operation == .isIn ? mixed(operation, value, container) : mixed(operation, container, value)
    }
  }

  /// Nil when the left one is null, which matches nothing.
  private static func texts(
    _ operation: Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(Failure) -> (String, String)? {
    switch (left, right) {
    case (.string(let left, _), .string(let right, _)): (left, right)
    case (.null, .string): nil
    default: throw mixed(operation, left, right)
    }
  }

  private static func matches(
    _ operation: Operator, _ left: JSONValue, _ right: JSONValue
  ) throws(Failure) -> Bool {
    guard case .string(let source, _) = right, left.isNull || left.stringValue != nil else {
      throw mixed(operation, left, right)
    }
    // A bad pattern is an error whatever it is matched with.
    let pattern = try PatternCache.pattern(source)
    guard case .string(let text, _) = left else { return false }
    do throws(MatchingStopped) {
      return try pattern.matches(text)
    } catch {
      throw .tooMuchWork
    }
  }

  private static func mixed(_ operation: Operator, _ left: JSONValue, _ right: JSONValue) -> Failure {
    Failure(
      .typeMismatch,
      "'\(operation.sign)' does not go between \(left.kindWithArticle) and \(right.kindWithArticle)",
      help: advice(operation, left, right))
  }

  private static func advice(_ operation: Operator, _ left: JSONValue, _ right: JSONValue) -> String? {
    if operation.takesNumbers, isNumberText(left, beside: right) || isNumberText(right, beside: left) {
      return "the text is a number: (… | parse number) makes one of it"
    }
    guard operation == .subtract || operation == .add, isTime(left) else { return nil }
    if operation == .subtract, isTime(right) { return "seconds between two times: (… | parse time) - (… | parse time)" }
    return "a time is moved by: … | shift \(operation == .subtract ? "-" : "")1h"
  }

  private static func isTime(_ value: JSONValue) -> Bool { value.stringValue.flatMap { Instant($0) } != nil }

  private static func isNumberText(_ value: JSONValue, beside other: JSONValue) -> Bool {
    guard case .number = other, case .string(let text, _) = value, text.utf8.count < 100 else { return false }
    return JSONNumber(text) != nil
  }
}

extension Operator {
  /// Whether it computes or orders, so that a text in its way may be meant as a number.
  fileprivate var takesNumbers: Bool {
    switch self {
    case .add, .subtract, .multiply, .divide, .remainder, .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }
}
