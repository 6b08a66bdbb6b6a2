import OrderedJSON
import Testing

@Suite("Parsing")
struct JSONParsingTests {
  @Test(
    "What is read is written back byte for byte",
    arguments: [
      "null", "true", "false", "0", "-0", "1.10", "1e400", "12345678901234567890", "-1.5E-7", #""""#, #""a\u0041\/b""#,
      "[]", "{}", #"{"b":1,"a":[1,2,{"c":null}],"":""}"#, #"["é","日本","🚀","\ud83d\ude80"]"#,
    ])
  func roundTrip(text: String) throws {
    let value = try JSONValue(parsing: "[\(text)]")
    #expect(JSONWriter.compact.string(value) == "[\(text)]")
    #expect(JSONWriter.compact.string(try JSONValue(parsing: text)) == text)
  }

  @Test("An object that was only read keeps even its escapes")
  func objectKeepsEscapes() throws {
    let text = #"{"a\/b" : "\u0041\ud83d\ude80", "n": 1.0}"#
    #expect(JSONWriter.compact.string(try JSONValue(parsing: text)) == #"{"a\/b":"\u0041\ud83d\ude80","n":1.0}"#)
    let twice = #"{"a": "\u0041", "\u0061": "\u0042"}"#
    #expect(JSONWriter.compact.string(try JSONValue(parsing: twice)) == #"{"a":"\u0042"}"#)
  }

  @Test("Strings are decoded")
  func decodes() throws {
    let value = try JSONValue(parsing: #"{"k\u00e9y":"\"\\\/\b\f\n\r\t\u00e9\u65e5\ud83d\ude80"}"#)
    #expect(value["kéy"]?.stringValue == "\"\\/\u{08}\u{0C}\n\r\té日🚀")
  }

  @Test("The last of two equal keys wins, at the place of the first")
  func duplicateKeys() throws {
    let value = try JSONValue(parsing: #"{"a":1,"b":2,"a":3,"\u0062":4}"#)
    #expect(value["a"] == 3)
    #expect(value["b"] == 4)
    #expect(value.objectValue?.keys == ["a", "b"])
    #expect(JSONWriter.compact.string(value) == #"{"a":3,"b":4}"#)
  }

  @Test("Keys are compared by scalars, not by canonical equivalence")
  func canonicallyEquivalentKeys() throws {
    let value = try JSONValue(parsing: "{\"\u{E9}\":1,\"e\u{301}\":2}")
    #expect(value.objectValue?.count == 2)
    #expect(value["\u{E9}"] == 1)
    #expect(value["e\u{301}"] == 2)
  }

  @Test(
    "Everything that RFC 8259 refuses is refused, with the offset",
    arguments: [
      ("", .unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("[1,]", .unexpectedByte(0x5D), 3),
      (#"{"a":1,}"#, .unexpectedByte(0x7D), 7), ("{a:1}", .unexpectedByte(0x61), 1), ("01", .invalidNumber, 0),
      ("1.", .unexpectedEnd, 2), (".5", .unexpectedByte(0x2E), 0), ("+1", .unexpectedByte(0x2B), 0),
      ("-", .unexpectedEnd, 1), ("-x", .invalidNumber, 0), ("1e", .unexpectedEnd, 2), ("1ex", .invalidNumber, 0),
      ("nul", .unexpectedEnd, 3), ("nulL", .invalidLiteral, 0), ("NaN", .unexpectedByte(0x4E), 0),
      ("1 2", .trailingContent, 2), (#""a"#, .unexpectedEnd, 2), (#""\x""#, .invalidEscape, 1),
      (#""\u12G4""#, .invalidEscape, 1), (#""\ud83d\""#, .unexpectedEnd, 9), (#""\ud83d\u""#, .unexpectedEnd, 10),
      (#""\ud83d\u12""#, .unexpectedEnd, 12), (#""\ud83d\u12g4""#, .invalidEscape, 7),
      (#""\ud8""#, .unexpectedEnd, 6), ("\"\u{01}\"", .controlCharacterInString, 1),
      ("\"12345678\n\"", .controlCharacterInString, 9), ("'a'", .unexpectedByte(0x27), 0),
      ("[1 2]", .unexpectedByte(0x32), 3), (#"{"a" 1}"#, .unexpectedByte(0x31), 5),
      ("\u{FEFF}1", .unexpectedByte(0xEF), 0),
    ] as [(String, JSONSyntaxError.Reason, Int)])
  func refuses(text: String, reason: JSONSyntaxError.Reason, offset: Int) {
    #expect(throws: JSONSyntaxError(reason, at: offset)) { try JSONValue(parsing: text) }
  }

  @Test(
    "Invalid UTF-8 is refused with its offset",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFF],
    ] as [[UInt8]])
  func refusesInvalidUTF8(bytes: [UInt8]) {
    let text = Array("[\"ok\",\"".utf8) + bytes + Array("\"]".utf8)
    #expect(throws: JSONSyntaxError(.invalidUTF8, at: 7)) { try JSONValue(parsing: text) }
  }

  @Test("512 levels are accepted, 513 are an error")
  func depthLimit() throws {
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    _ = try JSONValue(parsing: nested(512))
    #expect(throws: JSONSyntaxError(.tooDeep(limit: 512), at: 512)) { try JSONValue(parsing: nested(513)) }
    #expect(throws: JSONSyntaxError(.tooDeep(limit: 512), at: 512)) {
      try JSONValue(parsing: String(repeating: "[", count: 100_000))
    }
  }

  @Test("A part of a buffer is parsed in place, and detaching lets go of the buffer")
  func slices() throws {
    let buffer = Array((#"{"a":1}"# + "\n" + #"{"a":2}"# + String(repeating: " ", count: 500)).utf8)
    let second = try JSONValue(parsing: buffer, in: 8..<buffer.count)
    #expect(second["a"] == 2)
    #expect(second.detached() == second)
    #expect(throws: JSONSyntaxError(.trailingContent, at: 8)) { try JSONValue(parsing: buffer, in: 0..<15) }
  }

  @Test(
    "A value ends where its part of the buffer ends", arguments: ["7", "-1.50e3", "true", "null", "\"a\"", "[1]", "{}"])
  func sliceEnds(text: String) throws {
    for neighbour in ["\"a\"", "9", ".5", "[", "{", ":", "\u{0}", "x", text] {
      let value = try JSONValue(parsing: Array((text + neighbour).utf8), in: 0..<text.utf8.count)
      #expect(JSONWriter.compact.string(value) == text, "before \(neighbour.debugDescription)")
    }
  }

  /// Halves of surrogate pairs, alone, in the wrong order, and beside whole pairs.
  private static let halves = [
    (#"\ud83d"#, "\u{FFFD}"), (#"\uDE80"#, "\u{FFFD}"), (#"a\ud83db"#, "a\u{FFFD}b"),
    (#"\ude80\ud83d"#, "\u{FFFD}\u{FFFD}"),
    (#"\ud83d\ud83d\ude80"#, "\u{FFFD}🚀"), (#"\ud83d\u0041"#, "\u{FFFD}A"), (#"\ud83d\n"#, "\u{FFFD}\n"),
    (#"\udbff\udfff\udfff"#, "\u{10FFFF}\u{FFFD}"), (#"\uD800\uD800"#, "\u{FFFD}\u{FFFD}"),
    (#"\ud83d\\ude80"#, "\u{FFFD}\\ude80"),
  ]

  @Test("Half of a surrogate pair is kept as it is written, and U+FFFD as text", arguments: halves)
  func loneSurrogates(escapes: String, text: String) throws {
    let json = #"{"\#(escapes)":"\#(escapes)","list":["\#(escapes)"]}"#
    let value = try JSONValue(parsing: json)
    #expect(value.objectValue?.keys == [text, "list"])
    #expect(value[text]?.stringValue == text)
    #expect(JSONWriter.compact.string(value) == json)
    var changed = try #require(value.objectValue)
    changed["new"] = 1
    #expect(changed.description == json.dropLast() + #","new":1}"#)
    changed["new"] = nil
    #expect(changed.description == json)
    #expect(JSONValue.object(changed) == value)
    #expect(try JSONValue(parsing: JSONWriter.pretty.string(value)) == value)
    #expect(value.detached() == value)
    #expect(value.outline()[text]?.stringValue == text)
  }

  @Test("Keys that differ in halves of surrogate pairs alone are all kept", arguments: [0, 30])
  func loneSurrogateKeys(others: Int) throws {
    let more = (0..<others).map { #""k\#($0)":\#($0),"# }.joined()
    let json = #"{\#(more)"\ud83d":1,"\ud83e":2,"\ufffd":3,"x":4}"#
    let value = try JSONValue(parsing: json)
    #expect(value.objectValue?.count == others + 4)
    #expect(JSONWriter.compact.string(value) == json)
    #expect(value["\u{FFFD}"] == 3)
    var object = try #require(value.objectValue)
    object["\u{FFFD}"] = 5
    #expect(object.description == json.replacing("3,\"x\":4", with: "5,\"x\":4"))
    #expect(object["\u{FFFD}"] == 5)
    #expect(JSONValue.object(object) != value)
    object["\u{FFFD}"] = nil
    #expect(object.count == others + 1)
    #expect(
      JSONWriter.compact.string(try JSONValue(parsing: #"{"\ud83d":1,"a":2,"\uD83D":3}"#)) == #"{"\ud83d":3,"a":2}"#)
    let turned = try JSONValue(parsing: #"{"\ud83e":2,"\uD83D":1}"#)
    #expect(turned == (try JSONValue(parsing: #"{"\ud83d":1,"\ud83e":2}"#)))
    #expect(turned != (try JSONValue(parsing: #"{"\ud83d":2,"\ud83e":1}"#)))
  }

  @Test("Every escape that is neither a character nor half of a pair is refused, each code unit by itself")
  func everyUnit() throws {
    for unit in stride(from: 0, through: 0xFFFF, by: 7) {
      let digits = String(unit, radix: 16)
      let json = "\"\\u" + String(repeating: "0", count: 4 - digits.count) + digits + "\""
      let value = try JSONValue(parsing: json)
      #expect(value.stringValue == String(Unicode.Scalar(UInt32(unit)) ?? "\u{FFFD}"))
      #expect(JSONWriter.compact.string(value) == json)
    }
  }

  @Test("Every prefix of a valid text is refused, never read past")
  func prefixes() throws {
    let text = Array(#"{"a":[1.5e3,"\u00e9\ud83d\ude80日本🚀",true,null,{"b":{}}],"c":"12345678901234567"}"#.utf8)
    _ = try JSONValue(parsing: text)
    for length in 0..<text.count {
      #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text[..<length])) }
    }
  }
}
