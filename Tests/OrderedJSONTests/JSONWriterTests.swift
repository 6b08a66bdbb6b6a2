import OrderedJSON
import Testing

@Suite("Writing")
struct JSONWriterTests {
  @Test("Pretty text has two spaces a level and keeps empty containers on one line")
  func pretty() throws {
    let value = try JSONValue(parsing: #"{"a":[1,{"b":[]}],"c":{}}"#)
    #expect(
      JSONWriter.pretty.string(value) == """
        {
          "a": [
            1,
            {
              "b": []
            }
          ],
          "c": {}
        }
        """)
  }

  @Test("A deep level is indented as far as it is deep")
  func deepPretty() throws {
    let depth = 400
    let text = String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    let lines = JSONWriter.pretty(spaces: 7).string(try JSONValue(parsing: text)).split(separator: "\n")
    #expect(
      lines.map { $0.prefix { $0 == " " }.count } == Array(0...depth).map { $0 * 7 }
        + (0..<depth).reversed().map { $0 * 7 })
  }

  @Test("Pretty text and a changed object keep the spelling of keys and strings")
  func prettySpelling() throws {
    let value = try JSONValue(parsing: #"{"caf\u00e9\/":"\u0041"}"#)
    #expect(JSONWriter.pretty.string(value) == "{\n  \"caf\\u00e9\\/\": \"\\u0041\"\n}")
  }

  @Test("Compact text drops white space between tokens and none inside strings")
  func compact() throws {
    let value = try JSONValue(parsing: " { \"a b\" : [ 1 , \" \\\" x \" ] ,\n\t\"c\" : { } } ")
    #expect(JSONWriter.compact.string(value) == #"{"a b":[1," \" x "],"c":{}}"#)
  }

  @Test("Built strings are escaped minimally")
  func escapes() {
    #expect(
      JSONWriter.compact.string("\"\\/\u{00}\u{08}\t\n\u{0C}\r\u{1F}\u{7F}é🚀")
        == #""\"\\/\u0000\b\t\n\f\r\u001f\#u{7F}é🚀""#)
  }

  @Test(
    "Numbers from doubles are the shortest that read back",
    arguments: [(0.1, "0.1"), (1, "1"), (1e21, "1e+21"), (-0.0, "-0.0")])
  func doubles(value: Double, text: String) {
    #expect(JSONNumber(value)?.text == text)
  }

  @Test("Infinities and NaN have no JSON text", arguments: [Double.infinity, -.infinity, .nan])
  func noText(value: Double) { #expect(JSONNumber(value) == nil) }

  @Test("Only whole JSON numbers become numbers", arguments: ["", "1 ", " 1", "1x", "0x1", "--1", "1e", "é"])
  func notNumbers(text: String) { #expect(JSONNumber(text) == nil) }
}

@Suite("Objects")
struct JSONObjectTests {
  @Test("Keys keep their order over changes, small and large", arguments: [3, 100])
  func order(count: Int) {
    var object = JSONObject()
    for index in 0..<count { object["k\(index)"] = .number(JSONNumber(index)) }
    object["k1"] = nil
    object["k0"] = "changed"
    object["new"] = true
    #expect(object.keys == (0..<count).filter { $0 != 1 }.map { "k\($0)" } + ["new"])
    #expect(object["k0"] == "changed")
    #expect(object["k\(count - 1)"] == .number(JSONNumber(count - 1)))
    #expect(object["k1"] == nil)
  }

  @Test("A parsed object can be changed")
  func changeParsed() throws {
    var object = try #require(JSONValue(parsing: #"{"a":1,"b":2}"#).objectValue)
    object["b"] = 3
    object["c"] = 4
    #expect(object.description == #"{"a":1,"b":3,"c":4}"#)
  }

  @Test("Equality ignores order and sees values")
  func equality() throws {
    let left = try JSONValue(parsing: #"{"a":1,"b":[2]}"#)
    #expect(left == ["b": [2], "a": 1])
    #expect(left.hashValue == (["b": [2], "a": 1] as JSONValue).hashValue)
    #expect(left != ["a": 1, "b": [3]])
    #expect((["a": 1] as JSONValue) != ["b": 1])
  }
}
