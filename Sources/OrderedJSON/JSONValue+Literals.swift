/// ```swift
/// let payload: JSONValue = ["orderId": "ord_\(id)", "amount": 99.90, "tags": ["new"], "note": nil]
/// ```
extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }

  /// The shortest text of the double: `99.90` is `99.9`. More digits than a double has are kept by `JSONNumber("…")`, and by
  /// a `Decimal` made of text.
  public init(floatLiteral value: Double) { self = value.jsonValue }

  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  /// The keys keep their order. Of a key that stands there twice the last value counts.
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}
