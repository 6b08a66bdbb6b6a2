import OrderedJSON

/// An endpoint's filter: which payloads it wants.
///
/// An array of filters holds when all hold. An object is `{"and": […]}`, `{"or": […]}`, `{"not": …}` or a condition.
/// Ten levels at most; a condition does not count as one.
indirect enum EventFilter: Sendable {
  case all([EventFilter])
  case any([EventFilter])
  case not(EventFilter)
  case condition(FilterCondition)

  static let maximumDepth = 10
  static let maximumBranches = 100

  /// Why a JSON value is no filter.
  enum Invalid: Error, Hashable {
    case tooDeep
    case tooManyBranches
    case notAFilter
    case invalidCondition
  }

  init(_ value: JSONValue) throws(Invalid) { try self.init(value, depth: 0) }

  private init(_ value: JSONValue, depth: Int) throws(Invalid) {
    if let items = value.arrayValue {
      self = .all(try Self.branches(items, depth: depth))
    } else if let items = value["and"]?.arrayValue {
      self = .all(try Self.branches(items, depth: depth))
    } else if let items = value["or"]?.arrayValue {
      self = .any(try Self.branches(items, depth: depth))
    } else if let inner = value["not"] {
      guard depth < Self.maximumDepth else { throw .tooDeep }
      self = .not(try EventFilter(inner, depth: depth + 1))
    } else if value["field"] != nil {
      guard let condition = FilterCondition(value) else { throw .invalidCondition }
      self = .condition(condition)
    } else {
      throw .notAFilter
    }
  }

  private static func branches(_ items: [JSONValue], depth: Int) throws(Invalid) -> [EventFilter] {
    guard depth < maximumDepth else { throw .tooDeep }
    guard items.count <= maximumBranches else { throw .tooManyBranches }
    var filters: [EventFilter] = []
    for item in items { filters.append(try EventFilter(item, depth: depth + 1)) }
    return filters
  }

  func matches(_ payload: JSONValue) -> Bool {
    switch self {
    case .all(let filters): filters.allSatisfy { $0.matches(payload) }
    case .any(let filters): filters.contains { $0.matches(payload) }
    case .not(let filter): !filter.matches(payload)
    case .condition(let condition): condition.matches(payload)
    }
  }
}
