/// A JSON object: pairs in the order they came, each key once.
///
/// When a text holds a key twice the last value wins and stands at the place of the first, as in JavaScript. Keys that
/// differ in what no text can say, lone halves of surrogate pairs, are different keys with the same text: a lookup by
/// text finds the last of them. An object that was parsed is kept as its text, and a first change turns it into pairs. Lookup
/// is a linear search, through what was noted of the text when it was checked or else through the text, and in pairs hashed
/// above 16 keys.
public struct JSONObject: Sendable {
  private enum Storage: Sendable {
    case text(JSONText)
    case pairs(JSONPairs)
  }

  private var storage: Storage

  /// An object without keys.
  public init() { storage = .pairs(JSONPairs()) }

  /// An object of these pairs, in their order. Of a key that comes twice the last value wins, at the first one's place.
  public init(_ pairs: some Sequence<(String, JSONValue)>) {
    var unique = JSONPairs()
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
      storage = .pairs(JSONPairs())
      pairs[key] = newValue
      storage = .pairs(pairs)
    }
  }

  /// Whether the object was put together or changed, rather than only parsed.
  package var isBuilt: Bool { text == nil }

  /// The keys' texts.
  public var keys: [String] { pairs.keys.map { $0.text } }
  /// The number of keys.
  public var count: Int { pairs.keys.count }
  /// Whether there is no key.
  public var isEmpty: Bool { pairs.keys.isEmpty }

  func detached() -> JSONObject {
    switch storage {
    case .text(let text): JSONObject(text.detached())
    case .pairs: mapValues { $0.detached() }
    }
  }

  /// The keys with what their texts cannot say, and the values.
  package var exactPairs: [(key: JSONKey, value: JSONValue)] {
    let pairs = self.pairs
    return Array(zip(pairs.keys, pairs.values))
  }

  /// The same keys with other values.
  package func mapValues(_ transform: (JSONValue) -> JSONValue) -> JSONObject {
    var changed = JSONPairs()
    for (key, value) in exactPairs { changed.set(key, transform(value)) }
    var object = JSONObject()
    object.storage = .pairs(changed)
    return object
  }

  /// Whether both have the same keys, in any order, with values that are equal by some measure.
  package func isEqual(to other: JSONObject, by areEqual: (JSONValue, JSONValue) -> Bool) -> Bool {
    let (left, right) = (pairs, other.pairs)
    return left.keys.count == right.keys.count
      && zip(left.keys, left.values).allSatisfy { key, value in right[key].map { areEqual(value, $0) } ?? false }
  }

  /// The text that the object was parsed from, if it was not changed since.
  var text: JSONText? { if case .text(let text) = storage { text } else { nil } }

  private var pairs: JSONPairs {
    switch storage {
    case .pairs(let pairs): return pairs
    case .text(let text):
      var pairs = JSONPairs()
      text.forEachPair { pairs.set($0, $1) }
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
      return (pairs.keys[index].text, pairs.values[index])
    }
  }
}

extension JSONObject: Hashable {
  /// The same keys with equal values, in any order.
  public static func == (left: JSONObject, right: JSONObject) -> Bool { left.isEqual(to: right, by: ==) }

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
