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
      (#""\u12G4""#, .invalidEscape, 1), (#""\ud800""#, .loneSurrogate, 1), (#""\udc00""#, .loneSurrogate, 1),
      (#""\ud800\u0041""#, .loneSurrogate, 1), ("\"\u{01}\"", .controlCharacterInString, 1),
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

  @Test("Every prefix of a valid text is refused, never read past")
  func prefixes() throws {
    let text = Array(#"{"a":[1.5e3,"\u00e9\ud83d\ude80日本🚀",true,null,{"b":{}}],"c":"12345678901234567"}"#.utf8)
    _ = try JSONValue(parsing: text)
    for length in 0..<text.count {
      #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(text[..<length])) }
    }
  }
}
