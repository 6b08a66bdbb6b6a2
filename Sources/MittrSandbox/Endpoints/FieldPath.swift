import OrderedJSON

/// Where a value stands in a payload: `$`, `$.customer.tier`, `$.items[0].sku`.
struct FieldPath: Sendable {
  private enum Step: Sendable {
    case key(String)
    case index(Int)
  }

  private let steps: [Step]

  /// nil when the text is no path, is longer than 1,000 characters or has an empty key.
  init?(_ text: String) {
    guard text.first == "$", text.unicodeScalars.count <= 1000 else { return nil }
    var steps: [Step] = []
    var rest = text.dropFirst()
    while let first = rest.first {
      rest = rest.dropFirst()
      let end = rest.firstIndex { $0 == "." || $0 == "[" || $0 == "]" } ?? rest.endIndex
      let word = rest[..<end]
      rest = rest[end...]
      switch first {
      case "." where !word.isEmpty:
        steps.append(.key(String(word)))
      case "[":
        guard let index = Int(word), index >= 0, word.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), rest.first == "]" else {
          return nil
        }
        steps.append(.index(index))
        rest = rest.dropFirst()
      default: return nil
      }
    }
    self.steps = steps
  }

  /// nil when any step leads nowhere.
  func value(in payload: JSONValue) -> JSONValue? {
    var value = payload
    for step in steps {
      switch step {
      case .key(let key):
        guard let next = value[key] else { return nil }
        value = next
      case .index(let index):
        guard let items = value.arrayValue, index < items.count else { return nil }
        value = items[index]
      }
    }
    return value
  }
}
