#if Codable
  /// A place in the JSON that is being made. Containers that a type keeps, or hands to others, go on filling it until the
  /// whole is read: so it is a class.
  final class EncodingNode {
    private enum Content {
      case nothing
      case value(JSONValue)
      case array([EncodingNode])
      case object(keys: [JSONKey], children: [EncodingNode], places: [JSONKey: Int])
    }

    /// What is known of the order of what is in it.
    enum Order {
      case given
      /// The keys come from a dictionary.
      case sortedKeys
      /// So many items at a time belong together, and come from a set or a dictionary.
      case sortedItems(groupedBy: Int)
    }

    let codingPath: [any CodingKey]
    var order = Order.given
    private var content = Content.nothing
    /// What the type did that makes no JSON, in a call that cannot throw.
    private var misuse: String?

    init(codingPath: [any CodingKey]) { self.codingPath = codingPath }

    var count: Int { if case .array(let items) = content { items.count } else { 0 } }

    func set(_ value: JSONValue) throws {
      guard case .nothing = content else { throw problem("two values are encoded for one", value) }
      content = .value(value)
    }

    /// Makes it an array, if it is none yet.
    func beginArray() {
      switch content {
      case .nothing: content = .array([])
      case .array: break
      case .value, .object: misuse = "two values are encoded for one"
      }
    }

    /// Makes it an object, if it is none yet.
    func beginObject() {
      switch content {
      case .nothing: content = .object(keys: [], children: [], places: [:])
      case .object: break
      case .value, .array: misuse = "two values are encoded for one"
      }
    }

    /// A new item at the array's end.
    func appendItem() -> EncodingNode {
      guard case .array(var items) = content else { return EncodingNode(codingPath: codingPath) }
      content = .nothing
      let item = EncodingNode(codingPath: codingPath + [JSONCodingKey(intValue: items.count)])
      items.append(item)
      content = .array(items)
      return item
    }

    /// The place for a key's value.
    /// - Throws: `EncodingError` where the key has one already.
    func newChild(_ key: any CodingKey) throws -> EncodingNode {
      guard existingChild(key) == nil else {
        throw EncodingError.invalidValue(
          key.stringValue,
          EncodingError.Context(codingPath: codingPath + [key], debugDescription: "the key is encoded twice"))
      }
      return child(key)
    }

    /// The place for a key's container. Several may fill it: a class and the class that it inherits from.
    func child(_ key: any CodingKey) -> EncodingNode {
      if let existing = existingChild(key) { return existing }
      guard case .object(var keys, var children, var places) = content else {
        return EncodingNode(codingPath: codingPath)
      }
      content = .nothing
      let child = EncodingNode(codingPath: codingPath + [key])
      let name = JSONKey(key.stringValue)
      places[name] = keys.count
      keys.append(name)
      children.append(child)
      content = .object(keys: keys, children: children, places: places)
      return child
    }

    private func existingChild(_ key: any CodingKey) -> EncodingNode? {
      guard case .object(_, let children, let places) = content else { return nil }
      return places[JSONKey(key.stringValue)].map { children[$0] }
    }

    /// What was encoded. A type that encodes nothing is an empty object.
    func json() throws -> JSONValue {
      if let misuse { throw problem(misuse, codingPath) }
      switch content {
      case .nothing: return .object(JSONObject())
      case .value(let value): return value
      case .array(let items):
        let values = try items.map { try $0.json() }
        guard case .sortedItems(let size) = order else { return .array(values) }
        return .array(Self.sorted(values, groupedBy: size))
      case .object(let keys, let children, _):
        var pairs = Array(zip(keys, try children.map { try $0.json() }))
        if case .sortedKeys = order { pairs.sort { JSONKey.precedes($0.0, $1.0) } }
        return .object(JSONObject(pairs.map { ($0.0.text, $0.1) }))
      }
    }

    private static func sorted(_ values: [JSONValue], groupedBy size: Int) -> [JSONValue] {
      let groups = stride(from: 0, to: values.count, by: size).map { start in
        values[start..<min(start + size, values.count)]
      }
      let named = groups.map { (name: Array(JSONValue.array(Array($0)).description.utf8), items: $0) }
      return named.sorted { $0.name.lexicographicallyPrecedes($1.name) }.flatMap(\.items)
    }

    private func problem(_ description: String, _ value: Any) -> EncodingError {
      .invalidValue(value, EncodingError.Context(codingPath: codingPath, debugDescription: description))
    }
  }

  /// A key that no type has: an item's number, or `super`.
  struct JSONCodingKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
    init(intValue: Int) { (stringValue, self.intValue) = ("\(intValue)", intValue) }

    static let `super` = JSONCodingKey(stringValue: "super")
  }
#endif
