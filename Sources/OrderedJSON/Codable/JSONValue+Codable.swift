#if Codable
  #if canImport(FoundationEssentials)
    import FoundationEssentials
  #else
    import Foundation
  #endif

  /// Any coder may be used. `JSONValueEncoder` and `JSONValueDecoder` hand values through as they are, key order and exact
  /// numbers included. What other coders make of it:
  /// - Numbers keep their value, or are an error: integers of 64 bits, what a double says exactly, and what a `Decimal` holds.
  ///   Their text may change, `1.10` to `1.1`.
  /// - The order of keys is the coder's. Decoding sorts keys, since most decoders give them in another order each time.
  extension JSONValue: Codable {
    public func encode(to encoder: any Encoder) throws {
      if let encoder = encoder as? NodeEncoder { return try encoder.node.set(self) }
      switch self {
      case .null:
        var container = encoder.singleValueContainer()
        try container.encodeNil()
      case .bool(let value):
        var container = encoder.singleValueContainer()
        try container.encode(value)
      case .number(let number): try number.encode(toForeign: encoder)
      case .string(let text, _):
        var container = encoder.singleValueContainer()
        try container.encode(text)
      case .array(let items):
        var container = encoder.unkeyedContainer()
        for item in items { try container.encode(item) }
      case .object(let object):
        var container = encoder.container(keyedBy: JSONCodingKey.self)
        for (key, value) in object { try container.encode(value, forKey: JSONCodingKey(stringValue: key)) }
      }
    }

    public init(from decoder: any Decoder) throws {
      if let decoder = decoder as? ValueDecoder {
        self = decoder.json
      } else if let container = try? decoder.container(keyedBy: JSONCodingKey.self) {
        let keys = container.allKeys.sorted { $0.stringValue.utf8.lexicographicallyPrecedes($1.stringValue.utf8) }
        self = .object(JSONObject(try keys.map { ($0.stringValue, try container.decode(JSONValue.self, forKey: $0)) }))
      } else if var container = try? decoder.unkeyedContainer() {
        var items: [JSONValue] = []
        while !container.isAtEnd { items.append(try container.decode(JSONValue.self)) }
        self = .array(items)
      } else {
        self = try JSONValue(scalar: decoder.singleValueContainer())
      }
    }

    private init(scalar container: any SingleValueDecodingContainer) throws {
      if container.decodeNil() {
        self = .null
      } else if let value = try? container.decode(Bool.self) {
        self = .bool(value)
      } else if let value = try? container.decode(String.self) {
        self = .string(value)
      } else if let value = try? container.decode(Decimal.self), let number = JSONNumber(value.description) {
        // First, since `JSONDecoder` takes 12345678901234567.5 for an integer.
        self = .number(number)
      } else if let value = try? container.decode(Int64.self) {
        self = .number(JSONNumber(value))
      } else if let value = try? container.decode(UInt64.self) {
        self = .number(JSONNumber(value))
      } else if let number = JSONNumber(try container.decode(Double.self)) {
        self = .number(number)
      } else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "JSON has no infinity and no NaN")
      }
    }
  }

  extension JSONObject: Codable {
    public func encode(to encoder: any Encoder) throws { try JSONValue.object(self).encode(to: encoder) }

    public init(from decoder: any Decoder) throws {
      guard let object = try JSONValue(from: decoder).objectValue else {
        throw DecodingError.typeMismatch(
          JSONObject.self, DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "expected an object")
        )
      }
      self = object
    }
  }

  extension JSONNumber: Codable {
    public func encode(to encoder: any Encoder) throws { try JSONValue.number(self).encode(to: encoder) }

    public init(from decoder: any Decoder) throws {
      guard let number = try JSONValue(from: decoder).numberValue else {
        throw DecodingError.typeMismatch(
          JSONNumber.self, DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "expected a number"))
      }
      self = number
    }

    /// Whole numbers first, then what a double says exactly, then `Decimal`, which some coders write in an odd form.
    fileprivate func encode(toForeign encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let value = integer(Int64.self) {
        try container.encode(value)
      } else if let value = integer(UInt64.self) {
        try container.encode(value)
      } else if double.isFinite, let digits = SignificantDigits(self),
        JSONNumber(double).flatMap(SignificantDigits.init) == digits
      {
        try container.encode(double)
      } else if let value = decimal {
        try container.encode(value)
      } else {
        throw EncodingError.invalidValue(
          text,
          EncodingError.Context(
            codingPath: encoder.codingPath, debugDescription: "the number has more digits than this encoder takes"))
      }
    }
  }
#endif
