#if Codable
  /// Makes anything that is `Decodable` of a JSON value, without a detour over text.
  ///
  /// Numbers are exact, or an error: an integer may be written as `12`, `12.0` or `1.2e1`, and must fit its type; a
  /// `Decimal` takes a number with all its digits or not at all. Only `Double` and `Float` take the nearest. Dates are ISO
  /// 8601 text unless `dateFormat` says otherwise, with or without a fraction, with `Z` or an offset.
  /// ```swift
  /// let order = try JSONValueDecoder().decode(Order.self, from: json)
  /// ```
  public struct JSONValueDecoder: Sendable {
    /// How dates are written; ISO 8601 by default.
    public var dateFormat: JSONDateFormat
    /// What the types that are decoded find in `Decoder.userInfo`; empty by default.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// A decoder for ISO 8601 dates, unless told otherwise.
    public init(dateFormat: JSONDateFormat = .iso8601, userInfo: [CodingUserInfoKey: any Sendable] = [:]) {
      self.dateFormat = dateFormat
      self.userInfo = userInfo
    }

    /// Decodes a value.
    /// - Throws: `DecodingError`, which names the place; and whatever the type's own `init(from:)` throws.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self, from json: JSONValue) throws -> Value {
      try ValueDecoder(json, self, codingPath: []).decode(type)
    }
  }

  extension JSONValue {
    /// Decodes the value; see `JSONValueDecoder`.
    /// ```swift
    /// let order: Order = try json.decode()
    /// let order = try json.decode(Order.self)
    /// ```
    /// - Parameter decoder: with other settings than the usual ones.
    /// - Throws: what `JSONValueDecoder.decode(_:from:)` throws.
    public func decode<Value: Decodable>(
      _ type: Value.Type = Value.self, with decoder: JSONValueDecoder = JSONValueDecoder()
    ) throws -> Value {
      try decoder.decode(type, from: self)
    }

    /// Decodes the value: the same as `decode(_:with:)`.
    /// ```swift
    /// let order = try event.payload.decode(as: Order.self)
    /// ```
    public func decode<Value: Decodable>(
      as type: Value.Type, with decoder: JSONValueDecoder = JSONValueDecoder()
    ) throws -> Value {
      try decoder.decode(type, from: self)
    }
  }
#endif
