#if Codable
  /// What is one JSON value without containers, and is read from one. The coders know no other types.
  protocol JSONScalar {
    func json(_ options: JSONValueEncoder) throws(JSONScalarProblem) -> JSONValue
    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Self
  }

  /// Why a value and JSON do not fit one another.
  enum JSONScalarProblem: Error, CustomStringConvertible {
    /// The JSON is of another kind.
    case typeMismatch(String)
    /// The kind is right, but the value is not.
    case unusable(String)

    static func expected(_ kind: String, _ json: JSONValue) -> JSONScalarProblem {
      .typeMismatch("expected \(kind), found \(json.kindWithArticle)")
    }

    var description: String {
      switch self {
      case .typeMismatch(let text), .unusable(let text): text
      }
    }
  }

  extension JSONValue {
    var kindWithArticle: String {
      switch self {
      case .null: "null"
      case .bool: "true or false"
      case .number: "a number"
      case .string: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    }
  }

  extension JSONValue: JSONScalar {
    func json(_ options: JSONValueEncoder) -> JSONValue { self }
    static func read(_ json: JSONValue, _ options: JSONValueDecoder) -> JSONValue { json }
  }

  extension Bool: JSONScalar {
    func json(_ options: JSONValueEncoder) -> JSONValue { .bool(self) }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Bool {
      guard let value = json.boolValue else { throw .expected("true or false", json) }
      return value
    }
  }

  extension String: JSONScalar {
    func json(_ options: JSONValueEncoder) -> JSONValue { .string(self) }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> String {
      guard let value = json.stringValue else { throw .expected("a string", json) }
      return value
    }
  }

  extension JSONScalar where Self: FixedWidthInteger {
    func json(_ options: JSONValueEncoder) -> JSONValue { .number(JSONNumber(self)) }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Self {
      guard let number = json.numberValue else { throw .expected("a number", json) }
      guard let value = number.integer(Self.self) else { throw .unusable("the number does not fit \(Self.self)") }
      return value
    }
  }

  extension Int: JSONScalar {}
  extension Int8: JSONScalar {}
  extension Int16: JSONScalar {}
  extension Int32: JSONScalar {}
  extension Int64: JSONScalar {}
  extension Int128: JSONScalar {}
  extension UInt: JSONScalar {}
  extension UInt8: JSONScalar {}
  extension UInt16: JSONScalar {}
  extension UInt32: JSONScalar {}
  extension UInt64: JSONScalar {}
  extension UInt128: JSONScalar {}

  extension Double: JSONScalar {
    func json(_ options: JSONValueEncoder) throws(JSONScalarProblem) -> JSONValue {
      guard let number = JSONNumber(self) else { throw .unusable("JSON has no \(self)") }
      return .number(number)
    }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Double {
      guard let number = json.numberValue else { throw .expected("a number", json) }
      guard number.double.isFinite else { throw .unusable("the number does not fit Double") }
      return number.double
    }
  }

  extension Float: JSONScalar {
    func json(_ options: JSONValueEncoder) throws(JSONScalarProblem) -> JSONValue {
      guard let number = JSONNumber(self) else { throw .unusable("JSON has no \(self)") }
      return .number(number)
    }

    static func read(_ json: JSONValue, _ options: JSONValueDecoder) throws(JSONScalarProblem) -> Float {
      guard let number = json.numberValue else { throw .expected("a number", json) }
      guard let value = Float(number.text), value.isFinite else { throw .unusable("the number does not fit Float") }
      return value
    }
  }
#endif
