#if Codable
  /// Fills one node.
  struct NodeEncoder: Encoder {
    let node: EncodingNode
    let options: JSONValueEncoder

    init(_ node: EncodingNode, _ options: JSONValueEncoder) { (self.node, self.options) = (node, options) }

    var codingPath: [any CodingKey] { node.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      let isDictionary = type == DictionaryKey.type
      return KeyedEncodingContainer(
        KeyedNodeContainer<Key>(node, options, order: isDictionary ? .sortedKeys : .given))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { UnkeyedNodeContainer(node, options) }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleNodeContainer(encoder: self) }

    func encode<Value: Encodable>(_ value: Value) throws {
      if let scalar = value as? any JSONScalar {
        return try node.set(json(of: scalar))
      }
      guard codingPath.count < JSONValue.maximumDepth else {
        let problem = "nested more than \(JSONValue.maximumDepth) levels deep"
        throw EncodingError.invalidValue(
          value, EncodingError.Context(codingPath: codingPath, debugDescription: problem))
      }
      if let collection = Value.self as? any UnorderedCollection.Type {
        node.order = .sortedItems(groupedBy: collection.itemsPerElement)
      }
      try value.encode(to: self)
    }

    private func json(of scalar: any JSONScalar) throws -> JSONValue {
      do throws(JSONScalarProblem) {
        return try scalar.json(options)
      } catch {
        // By its type alone: to print a date beyond all calendars is a trap in Foundation.
        throw EncodingError.invalidValue(
          "\(type(of: scalar))", EncodingError.Context(codingPath: codingPath, debugDescription: error.description))
      }
    }
  }

  /// What has another order in each process.
  private protocol UnorderedCollection {
    /// How many items of an array an element becomes.
    static var itemsPerElement: Int { get }
  }

  extension Set: UnorderedCollection { static var itemsPerElement: Int { 1 } }
  /// Where the keys are no texts, they and the values stand in turns.
  extension Dictionary: UnorderedCollection { static var itemsPerElement: Int { 2 } }

  private struct SingleNodeContainer: SingleValueEncodingContainer {
    let encoder: NodeEncoder

    var codingPath: [any CodingKey] { encoder.codingPath }

    func encodeNil() throws { try encoder.node.set(.null) }
    // One for all types: those of numbers and texts are told apart by `JSONScalar`.
    func encode<Value: Encodable>(_ value: Value) throws { try encoder.encode(value) }
  }

  private struct UnkeyedNodeContainer: UnkeyedEncodingContainer {
    let node: EncodingNode
    let options: JSONValueEncoder

    init(_ node: EncodingNode, _ options: JSONValueEncoder) {
      (self.node, self.options) = (node, options)
      node.beginArray()
    }

    var codingPath: [any CodingKey] { node.codingPath }
    var count: Int { node.count }

    func encodeNil() throws { try node.appendItem().set(.null) }

    func encode<Value: Encodable>(_ value: Value) throws { try NodeEncoder(node.appendItem(), options).encode(value) }

    func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      NodeEncoder(node.appendItem(), options).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      UnkeyedNodeContainer(node.appendItem(), options)
    }

    func superEncoder() -> any Encoder { NodeEncoder(node.appendItem(), options) }
  }

  private struct KeyedNodeContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let node: EncodingNode
    let options: JSONValueEncoder

    init(_ node: EncodingNode, _ options: JSONValueEncoder, order: EncodingNode.Order) {
      (self.node, self.options) = (node, options)
      node.beginObject()
      node.order = order
    }

    var codingPath: [any CodingKey] { node.codingPath }

    func encodeNil(forKey key: Key) throws { try node.newChild(key).set(.null) }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      try NodeEncoder(try node.newChild(key), options).encode(value)
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      NodeEncoder(node.child(key), options).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      UnkeyedNodeContainer(node.child(key), options)
    }

    func superEncoder() -> any Encoder { NodeEncoder(node.child(JSONCodingKey.super), options) }
    func superEncoder(forKey key: Key) -> any Encoder { NodeEncoder(node.child(key), options) }
  }

  /// The type of coding key that dictionaries encode themselves with. It has no public name, so one of them is asked.
  private enum DictionaryKey {
    static let type: (any CodingKey.Type)? = {
      let probe = KeyTypeProbe()
      try? [String: Int]().encode(to: probe)
      return probe.keyType
    }()
  }

  private final class KeyTypeProbe: Encoder {
    private(set) var keyType: (any CodingKey.Type)?
    private let encoder = NodeEncoder(EncodingNode(codingPath: []), JSONValueEncoder())

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      keyType = type
      return KeyedEncodingContainer(KeyedNodeContainer<Key>(encoder.node, encoder.options, order: .given))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
    func singleValueContainer() -> any SingleValueEncodingContainer { encoder.singleValueContainer() }
  }
#endif
