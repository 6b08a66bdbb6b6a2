/// A JSON object: pairs in the order they came, each key once.
///
/// When a text holds a key twice the last value wins and stands at the place of the first, as in JavaScript. An object
/// that was parsed is kept as its text: looking up a key costs a scan over that text, a first change turns it into
/// pairs. Lookup in pairs is a linear search up to 16 keys and hashed above.
public struct JSONObject: Sendable {
  private enum Storage: Sendable {
    case text(JSONText)
    case pairs(Pairs)
  }

  private var storage: Storage

  public init() { storage = .pairs(Pairs()) }

  public init(_ pairs: some Sequence<(String, JSONValue)>) {
    var unique = Pairs()
    for (key, value) in pairs { unique[key] = value }
    storage = .pairs(unique)
  }

  init(_ text: JSONText) { storage = .text(text) }

  /// The value of a key, or nil when there is none. Setting nil removes the key; setting a new key appends it.
  public subscript(key: String) -> JSONValue? {
    get {
      switch storage {
      case .text(let text): text.value(forKey: key)
      case .pairs(let pairs): pairs[key]
      }
    }
    set {
      var pairs = self.pairs
      storage = .pairs(Pairs())
      pairs[key] = newValue
      storage = .pairs(pairs)
    }
  }

  /// Whether the object was put together or changed, rather than only parsed.
  public var isBuilt: Bool { text == nil }

  public var keys: [String] { pairs.keys }
  public var count: Int { pairs.keys.count }
  public var isEmpty: Bool { pairs.keys.isEmpty }

  func detached() -> JSONObject {
    switch storage {
    case .text(let text): JSONObject(text.detached())
    case .pairs(let pairs): JSONObject(zip(pairs.keys, pairs.values.map { $0.detached() }))
    }
  }

  /// The text that the object was parsed from, if it was not changed since.
  var text: JSONText? { if case .text(let text) = storage { text } else { nil } }

  private var pairs: Pairs {
    switch storage {
    case .pairs(let pairs): return pairs
    case .text(let text):
      var pairs = Pairs()
      text.forEachPair { pairs[$0] = $1 }
      return pairs
    }
  }
}

extension JSONObject: Sequence {
  public func makeIterator() -> AnyIterator<(key: String, value: JSONValue)> {
    let pairs = self.pairs
    var index = 0
    return AnyIterator {
      guard index < pairs.keys.count else { return nil }
      defer { index += 1 }
      return (pairs.keys[index], pairs.values[index])
    }
  }
}

extension JSONObject: Hashable {
  /// The same keys with equal values, in any order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool {
    let (left, right) = (left.pairs, right.pairs)
    return left.keys.count == right.keys.count
      && zip(left.keys, left.values).allSatisfy { key, value in right[key] == value }
  }

  public func hash(into hasher: inout Hasher) {
    var sum = 0
    for (key, value) in self { sum ^= [JSONValue.string(key), value].hashValue }
    hasher.combine(sum)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self.init(elements) }
}

extension JSONObject: CustomStringConvertible {
  public var description: String { JSONWriter.compact.string(.object(self)) }
}

/// Keys and values side by side.
private struct Pairs: Sendable {
  private(set) var keys: [String] = []
  private(set) var values: [JSONValue] = []
  /// Where a key stands, once there are too many to search one by one.
  private var slots: [ExactKey: Int] = [:]
  private static let searchLimit = 16

  subscript(key: String) -> JSONValue? {
    get { index(of: key).map { values[$0] } }
    set {
      switch (index(of: key), newValue) {
      case (let index?, let value?): values[index] = value
      case (nil, let value?):
        keys.append(key)
        values.append(value)
        if keys.count == Self.searchLimit + 1 {
          reindex()
        } else if keys.count > Self.searchLimit {
          slots[ExactKey(text: key)] = keys.count - 1
        }
      case (let index?, nil):
        keys.remove(at: index)
        values.remove(at: index)
        reindex()
      case (nil, nil): break
      }
    }
  }

  private func index(of key: String) -> Int? {
    guard keys.count > Self.searchLimit else { return keys.firstIndex { $0.isIdenticalText(to: key) } }
    return slots[ExactKey(text: key)]
  }

  private mutating func reindex() {
    slots = [:]
    guard keys.count > Self.searchLimit else { return }
    for (index, key) in keys.enumerated() { slots[ExactKey(text: key)] = index }
  }
}

/// A key by its scalars. As a `String` it would equal all that is canonically equivalent, of which hostile text can hold
/// any number.
private struct ExactKey: Hashable {
  let text: String

  static func == (left: ExactKey, right: ExactKey) -> Bool { left.text.isIdenticalText(to: right.text) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
