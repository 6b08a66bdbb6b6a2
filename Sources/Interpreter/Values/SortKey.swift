package import OrderedJSON

/// A value made ready to be compared often, in a total order: null, booleans (false first), numbers by their exact
/// value, strings by scalars, lists item by item, records by their keys and then by the values of these.
package enum SortKey: Sendable {
  case null
  case bool(Bool)
  /// With its value when that is a whole number of 64 bits, which need not be read from the text each time.
  case number(JSONNumber, integer: Int?)
  case string(String)
  /// A text that names a time, where all texts that it is compared with do.
  case time(Instant)
  case list([SortKey])
  /// In the order of the keys.
  case record([(key: String, value: SortKey)])

  package init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let number): self = .number(number, integer: number.int)
    case .string(let text, _): self = .string(text)
    case .array(let items): self = .list(items.map { SortKey($0) })
    case .object(let record):
      self = .record(
        record.map { (key: $0.key, value: SortKey($0.value)) }.sorted { Comparison.order($0.key, $1.key) < 0 })
    }
  }

  /// Negative, zero or positive; zero exactly where `==` of the language holds, and for times of the same moment.
  package static func order(_ left: SortKey, _ right: SortKey) -> Int {
    switch (left, right) {
    case (.bool(let left), .bool(let right)): (left ? 1 : 0) - (right ? 1 : 0)
    case (.number(_, let left?), .number(_, let right?)): left < right ? -1 : left == right ? 0 : 1
    case (.number(let left, _), .number(let right, _)): Number.compare(left, right)
    case (.string(let left), .string(let right)): Comparison.order(left, right)
    case (.time(let left), .time(let right)): Instant.order(left, right)
    case (.list(let left), .list(let right)): order(left, right)
    case (.record(let left), .record(let right)): order(left, right)
    default: left.rank - right.rank
    }
  }

  /// The first difference decides; a list comes before those that begin with it.
  static func order(_ left: [SortKey], _ right: [SortKey]) -> Int {
    for (left, right) in zip(left, right) {
      let order = order(left, right)
      if order != 0 { return order }
    }
    return left.count - right.count
  }

  private static func order(_ left: [(key: String, value: SortKey)], _ right: [(key: String, value: SortKey)]) -> Int {
    for (left, right) in zip(left, right) {
      let order = Comparison.order(left.key, right.key)
      if order != 0 { return order }
    }
    guard left.count == right.count else { return left.count - right.count }
    return order(left.map { $0.value }, right.map { $0.value })
  }

  private var rank: Int {
    switch self {
    case .null: 0
    case .bool: 1
    case .number: 2
    case .string, .time: 3
    case .list: 4
    case .record: 5
    }
  }
}
