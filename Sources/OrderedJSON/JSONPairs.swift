/// An object's keys and values side by side, each key once.
struct JSONPairs: Sendable {
  private(set) var keys: [JSONKey] = []
  private(set) var values: [JSONValue] = []
  /// Where a key stands, once there are too many to search one by one.
  private var slots: [JSONKey: Int] = [:]
  /// Whether some key means what its text cannot say, so that several may have one text.
  private var hasInexactTexts = false
  private static let searchLimit = 16

  /// The value of the last key with this text. Setting nil removes all keys with this text.
  subscript(text: String) -> JSONValue? {
    get { index(of: text).map { values[$0] } }
    set {
      guard let newValue else { return remove(text) }
      if let index = index(of: text) { values[index] = newValue } else { append(JSONKey(text), newValue) }
    }
  }

  /// The value of exactly this key.
  subscript(key: JSONKey) -> JSONValue? { index(of: key).map { values[$0] } }

  /// Sets the value of exactly this key, which keeps its place and its spelling when it is there already.
  mutating func set(_ key: JSONKey, _ value: JSONValue) {
    if let index = index(of: key) { values[index] = value } else { append(key, value) }
  }

  private mutating func append(_ key: JSONKey, _ value: JSONValue) {
    keys.append(key)
    values.append(value)
    if key.exact != nil { hasInexactTexts = true }
    if keys.count == Self.searchLimit + 1 {
      reindex()
    } else if keys.count > Self.searchLimit {
      slots[key] = keys.count - 1
    }
  }

  private mutating func remove(_ text: String) {
    while let index = index(of: text) {
      keys.remove(at: index)
      values.remove(at: index)
      reindex()
    }
  }

  private func index(of text: String) -> Int? {
    guard !hasInexactTexts else { return keys.lastIndex { $0.text.isIdenticalText(to: text) } }
    return index(of: JSONKey(text))
  }

  private func index(of key: JSONKey) -> Int? {
    guard keys.count > Self.searchLimit else { return keys.firstIndex(of: key) }
    return slots[key]
  }

  private mutating func reindex() {
    slots = [:]
    guard keys.count > Self.searchLimit else { return }
    for (index, key) in keys.enumerated() { slots[key] = index }
  }
}
