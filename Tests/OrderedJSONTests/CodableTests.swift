#if Codable
  import Foundation
  import OrderedJSON
  import Testing

  @Suite("Encodable to JSON values, and Decodable from them")
  struct CodableTests {
    private struct Order: Codable, Hashable {
      enum Status: String, Codable { case placed, paid }
      enum Payment: Codable, Hashable {
        case card(last4: String)
        case invoice(due: Date)
      }
      struct Line: Codable, Hashable {
        var sku: String
        var quantity: Int
        var price: Decimal
      }
      var zone = "eu"
      var id = "ord_1"
      var placedAt = Date(timeIntervalSince1970: 1_706_123_456)
      var total = Decimal(string: "99.90")
      var weight = 0.1
      var note: String?
      var status = Status.placed
      var payment = Payment.card(last4: "4242")
      var lines = [Line(sku: "A-1/é", quantity: 2, price: 49)]
      var page = URL(string: "https://shop.example/a?b=c")
      var proof = Data([0, 255])
    }

    @Test("Keys stand in the order of the coding keys, dates are ISO 8601, numbers exact, URLs and data text")
    func order() throws {
      let json = try JSONValue(encoding: Order())
      #expect(
        json.description
          == #"{"zone":"eu","id":"ord_1","placedAt":"2024-01-24T19:10:56Z","total":99.9,"weight":0.1,"status":"placed","#
          + #""payment":{"card":{"last4":"4242"}},"lines":[{"sku":"A-1/é","quantity":2,"price":49}],"#
          + #""page":"https://shop.example/a?b=c","proof":"AP8="}"#)
      #expect(try json.decode(Order.self) == Order())
      #expect(try JSONValue(parsing: json.description).decode(as: Order.self) == Order())
    }

    @Test("What has no order of its own is sorted, so that the same value has the same text")
    func stability() throws {
      struct Wrapped: Encodable {
        let values: [String: Int]
        func encode(to encoder: any Encoder) throws { try values.encode(to: encoder) }
      }
      enum Kind: String, Codable { case a, b, c }
      let names = (0..<50).map { "k\($0)" }
      let expected = "{" + names.sorted().map { "\"\($0)\":1" }.joined(separator: ",") + "}"
      let dictionary = Dictionary(uniqueKeysWithValues: names.map { ($0, 1) })
      #expect(try JSONValue(encoding: dictionary).description == expected)
      #expect(try JSONValue(encoding: Wrapped(values: dictionary)).description == expected)
      #expect(JSONValue(dictionary).description == expected)
      #expect(try JSONValue(encoding: Set([3, 1, 2])).description == "[1,2,3]")
      #expect(try JSONValue(encoding: [Kind.c: 1, .a: 2, .b: 3]).description == #"["a",2,"b",3,"c",1]"#)
      #expect(try JSONValue(encoding: [2: "b", 1: "a"]).description == #"{"1":"a","2":"b"}"#)
      #expect(try JSONValue(encoding: [["b": 1, "a": 2]]).description == #"[{"a":2,"b":1}]"#)
    }

    @Test("Whole numbers of every width are exact both ways")
    func integers() throws {
      #expect(try JSONValue(encoding: [Int64.min, .max]).description == "[-9223372036854775808,9223372036854775807]")
      #expect(try JSONValue(encoding: UInt64.max).description == "18446744073709551615")
      #expect(try JSONValue(parsing: "18446744073709551615").decode(UInt64.self) == .max)
      #expect(try JSONValue(parsing: "-9223372036854775808").decode(Int64.self) == .min)
      #expect(try JSONValue(parsing: "170141183460469231731687303715884105727").decode(Int128.self) == .max)
      for text in ["12", "12.0", "1.2e1", "120e-1", "0.12E2"] {
        #expect(try JSONValue(parsing: text).decode(Int8.self) == 12)
      }
      for text in ["-0", "0.0", "0e99"] { #expect(try JSONValue(parsing: text).decode(Int.self) == 0) }
    }

    @Test(
      "A number that does not fit is an error, never another number",
      arguments: ["1.5", "128", "-129", "1e3", "1e99999999999999999999", "1e-1", #""12""#, "true", "null", "[]"])
    func unfit(text: String) throws {
      let json = try JSONValue(parsing: text)
      #expect(throws: DecodingError.self) { try json.decode(Int8.self) }
    }

    @Test("Fractions: decimals keep every digit or fail, doubles are the nearest, and infinity is none")
    func fractions() throws {
      let digits = "1234567890.12345678901234567890123456"
      #expect(try JSONValue(parsing: digits).decode(Decimal.self).description == digits)
      #expect(try JSONValue(encoding: Decimal(string: digits)).description == digits)
      #expect(try JSONValue(parsing: "99.90").decode(Decimal.self) == Decimal(string: "99.9"))
      #expect(throws: DecodingError.self) {
        try JSONValue(parsing: "0.1234567890123456789012345678901234567890123").decode(Decimal.self)
      }
      #expect(throws: DecodingError.self) { try JSONValue(parsing: "1e400").decode(Decimal.self) }
      #expect(throws: DecodingError.self) { try JSONValue(parsing: "1e400").decode(Double.self) }
      #expect(try JSONValue(parsing: "1e-400").decode(Double.self) == 0)
      #expect(try JSONValue(encoding: [0.1, 1, -0.0, 1e300]).description == "[0.1,1,-0.0,1e+300]")
      #expect(try JSONValue(encoding: Float(0.1)).description == "0.1")
      for value in [Double.nan, .infinity, -.infinity] {
        #expect(throws: EncodingError.self) { try JSONValue(encoding: ["a": value]) }
      }
      #expect(throws: EncodingError.self) { try JSONValue(encoding: Decimal.nan) }
    }

    @Test(
      "Dates are written to the millisecond, before 1970 too, and are read with any fraction and offset",
      arguments: [
        (0.0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (-0.25, "1969-12-31T23:59:59.750Z"),
        (-2_208_988_800.5, "1899-12-31T23:59:59.500Z"), (1_795_449_600.25, "2026-11-23T16:00:00.250Z"),
        (-62_167_219_200, "0000-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
      ])
    func dates(seconds: Double, text: String) throws {
      let date = Date(timeIntervalSince1970: seconds)
      #expect(try JSONValue(encoding: date) == .string(text))
      #expect(try JSONValue.string(text).decode(Date.self) == date)
      #expect(JSONValue(date) == .string(text))
    }

    @Test("Other forms of a date are read, and what is no date is an error")
    func otherDates() throws {
      let time = Date(timeIntervalSince1970: 1_795_449_600.5)
      for text in [
        "2026-11-23T16:00:00.5Z", "2026-11-23T16:00:00.500000000Z", "2026-11-23T18:00:00.50+02:00",
        "2026-11-23t16:00:00.5z", "2026-11-23 16:00:00.5Z",
      ] {
        #expect(try JSONValue.string(text).decode(Date.self) == time, "\(text)")
      }
      #expect(try JSONValue("2026-11-23").decode(Date.self) == Date(timeIntervalSince1970: 1_795_392_000))
      for json: JSONValue in ["", "soon", "2026-13-01", "2026-11-23T16:00:00", 1_795_449_600, nil] {
        #expect(throws: DecodingError.self) { try json.decode(Date.self) }
      }
      for seconds in [1e12, -1e12, .infinity, .nan] {
        #expect(throws: EncodingError.self) { try JSONValue(encoding: Date(timeIntervalSince1970: seconds)) }
      }
      let encoder = JSONValueEncoder(dateFormat: .secondsSince1970)
      #expect(try JSONValue(encoding: time, with: encoder) == .number(JSONNumber(1_795_449_600.5)!))
      let milliseconds = JSONValueDecoder(dateFormat: .millisecondsSince1970)
      #expect(try JSONValue(1_795_449_600_500).decode(Date.self, with: milliseconds) == time)
    }

    @Test("Two values under one key, or for one value, are an error; what a class and its parent put into one is not")
    func collisions() throws {
      enum Key: String, CodingKey { case a }
      struct Twice: Encodable {
        func encode(to encoder: any Encoder) throws {
          var container = encoder.container(keyedBy: Key.self)
          try container.encode(1, forKey: .a)
          try container.encode(2, forKey: .a)
        }
      }
      struct TwoKinds: Encodable {
        func encode(to encoder: any Encoder) throws {
          _ = encoder.container(keyedBy: Key.self)
          _ = encoder.unkeyedContainer()
        }
      }
      struct TwoValues: Encodable {
        func encode(to encoder: any Encoder) throws {
          var container = encoder.singleValueContainer()
          try container.encode(1)
          try container.encode(2)
        }
      }
      struct Merged: Encodable {
        func encode(to encoder: any Encoder) throws {
          var first = encoder.container(keyedBy: JSONKeyName.self)
          try first.encode(1, forKey: "a")
          var second = encoder.container(keyedBy: JSONKeyName.self)
          try second.encode(2, forKey: "b")
          var nested = second.nestedContainer(keyedBy: JSONKeyName.self, forKey: "c")
          try nested.encode(3, forKey: "d")
          try 4.encode(to: second.superEncoder())
        }
      }
      #expect(throws: EncodingError.self) { try JSONValue(encoding: Twice()) }
      #expect(throws: EncodingError.self) { try JSONValue(encoding: TwoKinds()) }
      #expect(throws: EncodingError.self) { try JSONValue(encoding: [TwoValues()]) }
      #expect(try JSONValue(encoding: Merged()).description == #"{"a":1,"b":2,"c":{"d":3},"super":4}"#)
    }

    @Test("Too deep a nesting is an error, not a crash")
    func depth() throws {
      final class Nested: Codable {
        var inner: Nested?
        init(_ depth: Int) { inner = depth > 0 ? Nested(depth - 1) : nil }
      }
      #expect(try JSONValue(encoding: Nested(100)).decode(Nested.self).inner?.inner != nil)
      #expect(throws: EncodingError.self) { try JSONValue(encoding: Nested(1000)) }
    }

    @Test("An error names the place")
    func places() throws {
      let json = try JSONValue(parsing: #"{"lines":[{"sku":"a","quantity":1,"price":"x"}]}"#)
      struct Lines: Decodable { let lines: [Order.Line] }
      let error = #expect(throws: DecodingError.self) { try json.decode(Lines.self) }
      guard case .typeMismatch(_, let context)? = error else {
        Issue.record("the error is \(String(describing: error))")
        return
      }
      #expect(context.codingPath.map(\.stringValue) == ["lines", "0", "price"])
      #expect(context.debugDescription == "expected a number, found a string")
      #expect(throws: DecodingError.self) { try JSONValue(parsing: "{}").decode(Lines.self) }
    }

    @Test("A JSON value passes through its own coders as it is")
    func ownCoders() throws {
      struct Envelope: Codable, Equatable {
        let meta: JSONValue
        let fields: JSONObject
        let amount: JSONNumber
      }
      let text = #"{"meta":{"z":1.10,"a":[1e400,"\u0041"]},"fields":{"b":null,"a":-0},"amount":1.50}"#
      let envelope = try JSONValue(parsing: text).decode(Envelope.self)
      #expect(try JSONValue(encoding: envelope).description == text)
    }

    @Test(
      "Foundation's coders keep its values",
      arguments: [
        "null", "true", "0", "-9223372036854775808", "18446744073709551615", "0.1", "-1.5e-7", #""é\n""#, "[]", "{}",
        "12345678901234567.123", #"{"a":[1,{"b":null}],"c":"d"}"#,
      ])
    func foundationCoders(text: String) throws {
      let value = try JSONValue(parsing: text)
      let data = try JSONEncoder().encode([value])
      let back = try JSONDecoder().decode([JSONValue].self, from: data)
      #expect(try JSONDecoder().decode([JSONValue].self, from: JSONEncoder().encode(back)) == back)
      #expect(try JSONValue(encoding: back) == .array([value]) || text.contains("e"), "\(back)")
    }

    @Test("A number that another coder would round is an error")
    func noSilentRounding() throws {
      let value = try JSONValue(parsing: "[0.1234567890123456789012345678901234567890123456]")
      #expect(throws: EncodingError.self) { try JSONEncoder().encode(value) }
      #expect(throws: EncodingError.self) { try JSONEncoder().encode(JSONValue(parsing: "[1e400]")) }
    }

    @Test("Keys that came through a decoder without an order are sorted")
    func sortedKeys() throws {
      let text = "{" + (0..<20).map { "\"k\($0)\":1" }.joined(separator: ",") + "}"
      let value = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
      #expect(value.objectValue?.keys == (0..<20).map { "k\($0)" }.sorted())
    }
  }

  private struct JSONKeyName: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init(stringLiteral value: String) { stringValue = value }
    init?(intValue: Int) { nil }
  }
#endif
