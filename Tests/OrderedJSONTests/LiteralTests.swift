import OrderedJSON
import Testing

@Suite("JSON values as Swift writes them")
struct LiteralTests {
  @Test("Every literal is the JSON that it looks like")
  func literals() {
    let id = 7
    let value: JSONValue = [
      "id": "ord_\(id)", "amount": 99.90, "count": 3, "note": nil, "open": true, "tags": ["a", "b"], "meta": [:],
    ]
    #expect(
      value.description
        == #"{"id":"ord_7","amount":99.9,"count":3,"note":null,"open":true,"tags":["a","b"],"meta":{}}"#)
  }

  @Test("Variables become JSON by an initializer, whatever they are")
  func initializers() {
    let note: String? = nil
    #expect(JSONValue("a"[...]).description == #""a""#)
    #expect(JSONValue(UInt64.max).description == "18446744073709551615")
    #expect(JSONValue(Int8(-5)).description == "-5")
    #expect(JSONValue(0.1).description == "0.1")
    #expect(JSONValue(Float(16_777_216)).description == "16777216")
    #expect(JSONValue(Double.nan) == .null)
    #expect(JSONValue(-Float.infinity) == .null)
    #expect(JSONValue(note) == .null)
    #expect(JSONValue([1, 2]).description == "[1,2]")
    #expect(JSONValue([["b": 1, "a": nil]]).description == #"[{"a":null,"b":1}]"#)
    #expect(JSONValue(JSONObject([("a", 1)])).description == #"{"a":1}"#)
  }
}
