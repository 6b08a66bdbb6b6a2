import Interpreter
import OrderedJSON

/// By which field items are sorted.
struct ItemSorting: Equatable {
  /// Nil for items that are no records, which are compared themselves.
  var field: String?
  var isDescending = false

  /// What an item is compared by; nil when it has no such field.
  func key(of value: JSONValue) -> SortKey? {
    guard let field else { return SortKey(value) }
    return value[field].map { SortKey($0) }
  }

  /// Whether one comes before the other; what has no such field comes last, and of equal ones the one that came first.
  func precedes(_ left: (key: SortKey?, number: Int), _ right: (key: SortKey?, number: Int)) -> Bool {
    switch (left.key, right.key) {
    case (nil, nil): return left.number < right.number
    case (nil, _): return false
    case (_, nil): return true
    case (let leftKey?, let rightKey?):
      let order = SortKey.order(leftKey, rightKey)
      guard order != 0 else { return left.number < right.number }
      return isDescending ? order > 0 : order < 0
    }
  }
}
