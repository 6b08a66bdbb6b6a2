#if Codable
  /// Reads one JSON value.
  struct ValueDecoder: Decoder {
    let json: JSONValue
    let options: JSONValueDecoder
    let codingPath: [any CodingKey]

    init(_ json: JSONValue, _ options: JSONValueDecoder, codingPath: [any CodingKey]) {
      (self.json, self.options, self.codingPath) = (json, options, codingPath)
    }

    var userInfo: [CodingUserInfoKey: Any] { options.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
      guard let object = json.objectValue else {
        throw mismatch([String: JSONValue].self, .expected("an object", json))
      }
      return KeyedDecodingContainer(KeyedValueContainer<Key>(object, self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
      guard let items = json.arrayValue else { throw mismatch([JSONValue].self, .expected("an array", json)) }
      return UnkeyedValueContainer(items, self)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { SingleValueContainer(decoder: self) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      guard let scalar = type as? any JSONScalar.Type else { return try type.init(from: self) }
      do throws(JSONScalarProblem) {
        if let value = try scalar.read(json, options) as? Value { return value }
        throw .expected("\(type)", json)
      } catch {
        throw mismatch(type, error)
      }
    }

    private func mismatch(_ type: Any.Type, _ problem: JSONScalarProblem) -> DecodingError {
      let context = DecodingError.Context(codingPath: codingPath, debugDescription: problem.description)
      return switch problem {
      case .typeMismatch where json.isNull: .valueNotFound(type, context)
      case .typeMismatch: .typeMismatch(type, context)
      case .unusable: .dataCorrupted(context)
      }
    }

    func child(_ json: JSONValue, _ key: any CodingKey) -> ValueDecoder {
      ValueDecoder(json, options, codingPath: codingPath + [key])
    }
  }

  private struct SingleValueContainer: SingleValueDecodingContainer {
    let decoder: ValueDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.json.isNull }
    // One for all types: those of numbers and texts are told apart by `JSONScalar`.
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
  }

  private struct UnkeyedValueContainer: UnkeyedDecodingContainer {
    private let items: [JSONValue]
    private let decoder: ValueDecoder
    private(set) var currentIndex = 0

    init(_ items: [JSONValue], _ decoder: ValueDecoder) { (self.items, self.decoder) = (items, decoder) }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    mutating func decodeNil() throws -> Bool {
      guard try next(JSONValue.self).json.isNull else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let value = try next(type).decode(type)
      currentIndex += 1
      return value
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
      let container = try next([String: JSONValue].self).container(keyedBy: type)
      currentIndex += 1
      return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      let container = try next([JSONValue].self).unkeyedContainer()
      currentIndex += 1
      return container
    }

    mutating func superDecoder() throws -> any Decoder {
      let decoder = try next(JSONValue.self)
      currentIndex += 1
      return decoder
    }

    private func next(_ type: Any.Type) throws -> ValueDecoder {
      let key = JSONCodingKey(intValue: currentIndex)
      guard items.indices.contains(currentIndex) else {
        throw DecodingError.valueNotFound(
          type, DecodingError.Context(codingPath: codingPath + [key], debugDescription: "the array has no more items"))
      }
      return decoder.child(items[currentIndex], key)
    }
  }

  private struct KeyedValueContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let object: JSONObject
    private let decoder: ValueDecoder

    init(_ object: JSONObject, _ decoder: ValueDecoder) {
      // An object that was parsed is scanned for each key; one of pairs is not.
      (self.object, self.decoder) = (object.mapValues { $0 }, decoder)
    }

    var codingPath: [any CodingKey] { decoder.codingPath }
    var allKeys: [Key] { object.keys.compactMap { Key(stringValue: $0) } }

    func contains(_ key: Key) -> Bool { object[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try child(key).json.isNull }
    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try child(key).decode(type) }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try child(key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try child(key).unkeyedContainer()
    }

    func superDecoder() -> any Decoder {
      decoder.child(object[JSONCodingKey.super.stringValue] ?? .null, JSONCodingKey.super)
    }

    func superDecoder(forKey key: Key) -> any Decoder { decoder.child(object[key.stringValue] ?? .null, key) }

    private func child(_ key: Key) throws -> ValueDecoder {
      guard let json = object[key.stringValue] else {
        throw DecodingError.keyNotFound(
          key, DecodingError.Context(codingPath: codingPath, debugDescription: "the key is missing"))
      }
      return decoder.child(json, key)
    }
  }
#endif
