#if Codable
  /// Makes a JSON value of anything that is `Encodable`, without a detour over text.
  ///
  /// The same value has the same JSON each time, so that it can be sent again under one idempotency key: the keys of a type
  /// stand in the order in which it encodes them (for one without code of its own, the order of its coding keys), those of
  /// a dictionary sorted by their bytes, and the items of a set sorted by their text. A `JSONEncoder` gives another order in
  /// each process.
  ///
  /// Numbers are exact: every integer, and a `Decimal` with all its digits. A `Date` is ISO 8601 text unless `dateFormat`
  /// says otherwise, `Data` is base64, a `URL` is its text.
  /// ```swift
  /// let json = try JSONValueEncoder().encode(order)
  /// ```
  /// To encode with an encoder of your own, parse what it gives: `try JSONValue(parsing: Array(encoder.encode(order)))`.
  public struct JSONValueEncoder: Sendable {
    /// How dates are written; ISO 8601 by default.
    public var dateFormat: JSONDateFormat
    /// What the types that are encoded find in `Encoder.userInfo`; empty by default.
    public var userInfo: [CodingUserInfoKey: any Sendable]

    /// An encoder that writes ISO 8601 dates, unless told otherwise.
    public init(dateFormat: JSONDateFormat = .iso8601, userInfo: [CodingUserInfoKey: any Sendable] = [:]) {
      self.dateFormat = dateFormat
      self.userInfo = userInfo
    }

    /// Encodes a value.
    /// - Throws: `EncodingError` for a number that is not finite, a date that the format cannot say, a key that is encoded
    ///   twice, and more than `JSONValue.maximumDepth` levels; and whatever the value's own `encode(to:)` throws.
    public func encode(_ value: some Encodable) throws -> JSONValue {
      let node = EncodingNode(codingPath: [])
      try NodeEncoder(node, self).encode(value)
      return try node.json()
    }
  }

  extension JSONValue {
    /// Encodes a value, with its keys in a stable order and ISO 8601 dates; see `JSONValueEncoder`.
    /// ```swift
    /// let json = try JSONValue(encoding: order)
    /// ```
    /// - Parameter encoder: with other settings than the usual ones.
    /// - Throws: what `JSONValueEncoder.encode(_:)` throws.
    public init(encoding value: some Encodable, with encoder: JSONValueEncoder = JSONValueEncoder()) throws {
      self = try encoder.encode(value)
    }
  }
#endif
