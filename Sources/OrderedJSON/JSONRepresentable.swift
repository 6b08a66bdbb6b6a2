/// What has one obvious JSON value, so that it can stand in a literal beside others.
///
/// Text, numbers, truth values, JSON values, and optionals, arrays and dictionaries of these conform; with the trait
/// `Codable` also `Date` (ISO 8601), `Decimal`, `URL` (as text), `UUID` and `Data` (base64).
/// ```swift
/// let payload = EventInput(eventType: "order.created", payload: ["orderId": order.id, "amount": order.amount])
/// ```
/// A type of your own conforms in a line:
/// ```swift
/// extension OrderID: JSONRepresentable {
///   var jsonValue: JSONValue { .string(rawValue) }
/// }
/// ```
public protocol JSONRepresentable: Sendable {
  /// The value in JSON. What JSON cannot say (a number that is not finite) is null.
  var jsonValue: JSONValue { get }
}

extension JSONValue {
  /// The JSON of a text, a number, a truth value, an optional, an array, a dictionary, …
  /// ```swift
  /// JSONValue(order.id)           // "ord_123"
  /// JSONValue(["a", "b"])         // ["a","b"]
  /// JSONValue(order.note)         // null where the note is nil
  /// ```
  public init(_ value: some JSONRepresentable) { self = value.jsonValue }
}

extension JSONValue: JSONRepresentable { public var jsonValue: JSONValue { self } }
extension JSONObject: JSONRepresentable { public var jsonValue: JSONValue { .object(self) } }
extension JSONNumber: JSONRepresentable { public var jsonValue: JSONValue { .number(self) } }
extension String: JSONRepresentable { public var jsonValue: JSONValue { .string(self) } }
extension Substring: JSONRepresentable { public var jsonValue: JSONValue { .string(String(self)) } }
extension Bool: JSONRepresentable { public var jsonValue: JSONValue { .bool(self) } }

/// The whole range of every integer is exact.
extension JSONRepresentable where Self: BinaryInteger {
  public var jsonValue: JSONValue { .number(JSONNumber(self)) }
}

extension Int: JSONRepresentable {}
extension Int8: JSONRepresentable {}
extension Int16: JSONRepresentable {}
extension Int32: JSONRepresentable {}
extension Int64: JSONRepresentable {}
extension UInt: JSONRepresentable {}
extension UInt8: JSONRepresentable {}
extension UInt16: JSONRepresentable {}
extension UInt32: JSONRepresentable {}
extension UInt64: JSONRepresentable {}

/// The shortest text that reads back as the same number; null for infinities and NaN, which JSON lacks.
extension Double: JSONRepresentable {
  public var jsonValue: JSONValue { JSONNumber(self).map(JSONValue.number) ?? .null }
}

/// The shortest text that reads back as the same number; null for infinities and NaN, which JSON lacks.
extension Float: JSONRepresentable {
  public var jsonValue: JSONValue { JSONNumber(self).map(JSONValue.number) ?? .null }
}

/// Nil is null.
extension Optional: JSONRepresentable where Wrapped: JSONRepresentable {
  public var jsonValue: JSONValue { self?.jsonValue ?? .null }
}

extension Array: JSONRepresentable where Element: JSONRepresentable {
  public var jsonValue: JSONValue { .array(map(\.jsonValue)) }
}

/// The keys are sorted by their bytes: a dictionary has no order, and the same payload is to have the same text each time.
extension Dictionary: JSONRepresentable where Key == String, Value: JSONRepresentable {
  public var jsonValue: JSONValue {
    let pairs = sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return .object(JSONObject(pairs.map { ($0.key, $0.value.jsonValue) }))
  }
}
