import OrderedJSON
import Testing

@testable import Interpreter

@Suite("Reading records")
struct RecordReaderTests {
  /// What a text came to: the records as compact JSON, and the message of what was wrong with it.
  private struct Reading: Equatable {
    var records: [String] = []
    var problem: String?
  }

  private func read(
    _ text: [UInt8], as format: FileFormat, dialect: CSVDialect = CSVDialect(), chunk: Int
  ) async -> Reading {
    var rest = text[...]
    let source = RecordSource(format.reader("f", dialect)) { () async throws(Interruption) -> [UInt8]? in
      defer { rest = rest.dropFirst(chunk) }
      return rest.isEmpty ? nil : Array(rest.prefix(chunk))
    }
    var reading = Reading()
    do throws(Interruption) {
      while let record = try await source.next() { reading.records.append(JSONWriter.compact.string(record)) }
    } catch {
      guard case .failure(let failure) = error else { return reading }
      reading.problem = failure.message
    }
    return reading
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let format: FileFormat
    let text: String
    let records: [String]
    var problem: String?

    var testDescription: String { "\(format) \(text.debugDescription.prefix(60))" }

    init(_ format: FileFormat, _ text: String, _ records: [String], _ problem: String? = nil) {
      self.format = format
      self.text = text
      self.records = records
      self.problem = problem
    }
  }

  static let cases: [Case] = [
    // Lines.
    Case(.lines, "", []), Case(.lines, "\n", [#""""#]), Case(.lines, "a", [#""a""#]),
    Case(.lines, "a\r\n\nb\n", [#""a""#, #""""#, #""b""#]), Case(.lines, "\u{FEFF}a\n", [#""a""#]),
    Case(.lines, "\u{FEFF}", []), Case(.lines, "a\rb", [#""a\rb""#]), Case(.lines, "é\n日本", [#""é""#, #""日本""#]),
    // JSON Lines.
    Case(.jsonl, "1\r\n\n \t\n{\"a\": 1}\n\"x\"", ["1", #"{"a":1}"#, #""x""#]),
    Case(.jsonl, "\u{FEFF}1\n{\"a\"}\n", ["1"], "f, line 2, byte 9: unexpected '}'"),
    Case(.jsonl, "\u{FEFF}[1,]", [], "f, line 1, byte 6: unexpected ']'"),
    Case(.jsonl, "1\r\n2 3\r\n{\"a\":1}{\"b\":2}4\n", ["1", "2", "3", #"{"a":1}"#, #"{"b":2}"#, "4"]),
    Case(.jsonl, "1\n2 x\n3", ["1", "2"], "f, line 2, byte 4: unexpected 'x'"),
    Case(.jsonl, "1,2\n", ["1"], "f, line 1, byte 1: unexpected ','"),
    Case(.jsonl, "12abc\n", [], "f, line 1, byte 2: something follows the value"),
    Case(.jsonl, "\"a\"\"b\"[1][ ]true", [#""a""#, #""b""#, "[1]", "[]", "true"]),
    Case(.jsonl, "0\"a\" 1{}2[]true\"\"", ["0", #""a""#, "1", "{}", "2", "[]", "true", #""""#]),
    Case(.jsonl, "1\n\u{1}\n", ["1"], "f, line 2, byte 2: unexpected byte 0x01"),
    Case(.jsonl, "{\"a\":\n1}", [#"{"a":1}"#]),
    Case(.jsonl, "{\n  \"a\": [\n    \"}\"\n  ]\n}\n\n{}\n[\n1\n]\n2", [#"{"a":["}"]}"#, "{}", "[1]", "2"]),
    Case(.jsonl, "1\n{\"a\":", ["1"], "f, line 2, byte 7: the text ends too early"),
    Case(
      .jsonl, "1\n{\"a\":\n", ["1"],
      "f, line 3, byte 8: the text ends too early, inside the value that begins in line 2"),
    Case(
      .jsonl, "{\"a\":1\n{\"b\":2}\n", [], "f, line 2, byte 7: unexpected '{', inside the value that begins in line 1"),
    // JSON: an array gives its items.
    Case(.json, "[]", []), Case(.json, " [ ] \n", []), Case(.json, "[1]", ["1"]),
    Case(.json, "{\"a\":[1]}\n", [#"{"a":[1]}"#]),
    Case(.json, "null", ["null"]), Case(.json, " \"[\" ", [#""[""#]), Case(.json, "1.50", ["1.50"]),
    Case(
      .json, "\u{FEFF}[ {\"a\": \"]\\\"[\"} ,\r\n[[],{}],\"\\\\\",-0 , 1e400,\ttrue]",
      [#"{"a":"]\"["}"#, "[[],{}]", #""\\""#, "-0", "1e400", "true"]),
    Case(.json, "[[1,2],[3]]", ["[1,2]", "[3]"]),
    Case(.json, "", [], "f, line 1, byte 0: the text ends too early"),
    Case(.json, " \n", [], "f, line 2, byte 2: the text ends too early"),
    Case(.json, "[", [], "f, line 1, byte 1: the text ends too early"),
    Case(.json, "[1", [], "f, line 1, byte 2: the text ends too early"),
    Case(.json, "[1,", ["1"], "f, line 1, byte 3: the text ends too early"),
    Case(.json, "[1,\n]", ["1"], "f, line 2, byte 4: unexpected ']'"),
    Case(.json, "[,1]", [], "f, line 1, byte 1: unexpected ','"),
    Case(.json, "[1,,2]", ["1"], "f, line 1, byte 3: unexpected ','"),
    Case(.json, "[1 2]", ["1"], "f, line 1, byte 3: unexpected '2'"),
    Case(.json, "[{\"a\":1} {\"b\":2}]", ["{\"a\":1}"], "f, line 1, byte 9: unexpected '{'"),
    Case(.json, "[1]\n2", ["1", "2"]), Case(.json, "[1][] [[2],3]{\"a\":4}", ["1", "[2]", "3", #"{"a":4}"#]),
    Case(.json, "{\"a\":\"b\"}{\"b\":\"c\"}\n{\"d\":1}", [#"{"a":"b"}"#, #"{"b":"c"}"#, #"{"d":1}"#]),
    Case(.json, "[1]]", ["1"], "f, line 1, byte 3: unexpected ']'"),
    Case(.json, "1,2", ["1"], "f, line 1, byte 1: unexpected ','"),
    Case(.json, "[1}", ["1"], "f, line 1, byte 2: unexpected '}'"),
    Case(.json, "[}", [], "f, line 1, byte 1: unexpected '}'"),
    Case(.json, "[{\"a\":1]]", [], "f, line 1, byte 7: unexpected ']'"),
    Case(.json, "[1,\n\"a\nb\"]", ["1"], "f, line 2, byte 6: a raw control character in a string"),
    Case(.json, "[1,\n\"a", ["1"], "f, line 2, byte 6: the text ends too early"),
    Case(.json, "[1,\r\n02]", ["1"], "f, line 2, byte 5: not a JSON number"),
    Case(.json, "{\"a\":1,\n}", [], "f, line 2, byte 8: unexpected '}'"),
    Case(.json, "1\n\n2\n", ["1", "2"]),
    Case(.json, "]", [], "f, line 1, byte 0: unexpected ']'"),
    // CSV.
    Case(.csv, "", []), Case(.csv, "a,b", []), Case(.csv, "a,b\r\n", []),
    Case(.csv, "a,b\r\n1,2\r\n3,4", [#"{"a":"1","b":"2"}"#, #"{"a":"3","b":"4"}"#]),
    Case(.csv, "\u{FEFF}\"a\",b\n1,2\n", [#"{"a":"1","b":"2"}"#]),
    Case(.csv, "a,b\n,\n\"\",\"\"\n", [#"{"a":"","b":""}"#, #"{"a":"","b":""}"#]),
    Case(.csv, "a,b\n\"x\r\ny\",\"1 \"\"q\"\"\"\n", [#"{"a":"x\r\ny","b":"1 \"q\""}"#]),
    Case(.csv, "a,b\n5\" wide,é\"\n", [#"{"a":"5\" wide","b":"é\""}"#]),
    Case(.csv, "a,b\n\n1,2\r\n\r\n", [#"{"a":"1","b":"2"}"#]),
    Case(.csv, "a\n\n\"\"\nx\n", [#"{"a":""}"#, #"{"a":""}"#, #"{"a":"x"}"#]),
    Case(.csv, "a,b\n1\n", [], "f, line 2, byte 4: it has 1 field, the header has 2"),
    Case(
      .csv, "a,b\r\n\"x\r\ny\",2\r\n1,2,3\r\n", [#"{"a":"x\r\ny","b":"2"}"#],
      "f, line 4, byte 15: it has 3 fields, the header has 2"),
    Case(.csv, "a,b\n1,2,\n", [], "f, line 2, byte 4: it has 3 fields, the header has 2"),
    Case(.csv, "a,b\n\"1\"x,2\n", [], "f, line 2, byte 7: something follows the closing quote of a field"),
    Case(.csv, "a,b\n\"1\n\" ,2\n", [], "f, line 3, byte 8: something follows the closing quote of a field"),
    Case(.csv, "a,b\n1,\"2\n3,4\n", [], "f, line 2, byte 6: a quoted field has no closing quote"),
    Case(.csv, "a,\"b", [], "f, line 1, byte 2: a quoted field has no closing quote"),
    Case(.csv, "a,b,a\n1,2,3\n", [], "f, line 1, byte 0: the header has 'a' twice"),
    Case(.csv, "a,,\n1,2,3\n", [], "f, line 1, byte 0: the header has '' twice"),
    Case(.csv, ",a\n1,2\n", [#"{"":"1","a":"2"}"#]),
    Case(.csv, "a,b\r1,2\r3,4\r", [#"{"a":"1","b":"2"}"#, #"{"a":"3","b":"4"}"#]),
    Case(.csv, "a,b\r1,2\n3,4\r\n5,6", [#"{"a":"1","b":"2"}"#, #"{"a":"3","b":"4"}"#, #"{"a":"5","b":"6"}"#]),
    Case(
      .csv, "a,b\r\r\n\"x\ry\",2\r1\r", [#"{"a":"x\ry","b":"2"}"#],
      "f, line 4, byte 14: it has 1 field, the header has 2"),
    Case(.csv, "a\r\rx", [#"{"a":""}"#, #"{"a":"x"}"#]),
  ]

  @Test("A text is the same however it is cut into chunks, and so is what is wrong with it", arguments: cases)
  func chunks(test: Case) async {
    for chunk in [1, 2, 3, 7, 1000] {
      let reading = await read(Array(test.text.utf8), as: test.format, chunk: chunk)
      #expect(reading == Reading(records: test.records, problem: test.problem), "in chunks of \(chunk)")
    }
  }

  @Test(
    "Bytes that are no text are named by their place",
    arguments: [
      (.lines, [0x61, 0x0A, 0xC3, 0x28, 0x0A], "f, line 2, byte 2"), (.lines, [0x61, 0xFF], "f, line 1, byte 1"),
      (.csv, [0x61, 0x0A, 0x22, 0x0A, 0x80, 0x22, 0x0A], "f, line 3, byte 4"),
      (.lines, [0x0A, 0x62, 0xE2, 0x82], "f, line 2, byte 2"),
    ] as [(FileFormat, [UInt8], String)])
  func notText(format: FileFormat, bytes: [UInt8], place: String) async {
    for chunk in [1, 2, 100] {
      #expect(await read(bytes, as: format, chunk: chunk).problem == "\(place): it is not UTF-8 text")
    }
  }

  @Test("Other separators, and names for a file without a header")
  func dialect() async {
    let semicolons = await read(
      Array("a;b\n1,5;\"x;y\"\n".utf8), as: .csv, dialect: CSVDialect(separator: UInt8(ascii: ";")), chunk: 3)
    #expect(semicolons == Reading(records: [#"{"a":"1,5","b":"x;y"}"#]))
    let headless = await read(Array("1,2\n3,4\n".utf8), as: .csv, dialect: CSVDialect(columns: ["x", "y"]), chunk: 3)
    #expect(headless == Reading(records: [#"{"x":"1","y":"2"}"#, #"{"x":"3","y":"4"}"#]))
  }

  @Test("Null for the fields that a row is short of, and never fewer fields than it has")
  func missingFields() async {
    let reading = await read(
      Array("a,b,c\n1\n1,2,3\n\n,\n1,2,3,4\n".utf8), as: .csv, dialect: CSVDialect(fillsMissing: true), chunk: 3)
    #expect(
      reading
        == Reading(
          records: [
            #"{"a":"1","b":null,"c":null}"#, #"{"a":"1","b":"2","c":"3"}"#, #"{"a":"","b":"","c":null}"#,
          ], problem: "f, line 6, byte 17: it has 4 fields, the header has 3"))
  }

  @Test("UTF-16 is read as it comes, with a mark and without", arguments: [true, false], [true, false])
  func utf16(isBigEndian: Bool, hasMark: Bool) async {
    let text = (hasMark ? "\u{FEFF}" : "") + "id,name\r\n1,é🚀\r\n2,x\r\n"
    let bytes = text.utf16.flatMap { unit in
      isBigEndian ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
    }
    for chunk in [1, 2, 3, 7, 1000] {
      let reading = await read(bytes, as: .csv, chunk: chunk)
      #expect(reading == Reading(records: [#"{"id":"1","name":"é🚀"}"#, #"{"id":"2","name":"x"}"#]))
    }
  }

  @Test("Values in one line are read as they come, and what is wrong is found without the rest")
  func oneLine() async throws {
    let value = Array("{\"a\":[1,\"}\"]}".utf8)
    var sent = 0
    let source = RecordSource(JSONLinesReader("f")) { () async throws(Interruption) -> [UInt8]? in
      sent += 1
      return sent > 40 ? nil : Array(repeatElement(value, count: 5000).joined())
    }
    for _ in 0..<100_000 { _ = try await source.next() }
    #expect(sent < 40)
    var count = 0
    while try await source.next() != nil { count += 1 }
    #expect(count == 100_000)
    var chunks = 0
    let broken = RecordSource(JSONLinesReader("f")) { () async throws(Interruption) -> [UInt8]? in
      chunks += 1
      return chunks == 1 ? Array("{\"a\": 1\n".utf8) : Array(String(repeating: "{\"b\": 2}\n", count: 2000).utf8)
    }
    await #expect(throws: Interruption.self) { try await broken.next() }
    #expect(chunks < 20)
  }

  @Test("Nesting is bounded by the parser's limit, and an item far too deep is given up at once")
  func nesting() async {
    let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
    #expect(await read(Array(deep.utf8), as: .json, chunk: 100).records == [String(deep.dropFirst().dropLast())])
    var chunks = 0
    let source = RecordSource(JSONReader(nil)) { () async throws(Interruption) -> [UInt8]? in
      chunks += 1
      return Array(repeating: UInt8(ascii: "["), count: 100)
    }
    await #expect(throws: Interruption.self) { try await source.next() }
    #expect(chunks < 10)
  }

  @Test("A record without an end is given up at a bound")
  func endless() async {
    var bytes = 0
    let source = RecordSource(LinesReader("f")) { () async throws(Interruption) -> [UInt8]? in
      bytes += 4 << 20
      return Array(repeating: UInt8(ascii: "x"), count: 4 << 20)
    }
    do throws(Interruption) {
      _ = try await source.next()
      Issue.record("an endless line was read")
    } catch {
      if case .failure(let failure) = error { #expect(failure.code == "record-too-long") } else { Issue.record(error) }
    }
    #expect(bytes <= ByteBuffer.longestRecord + (8 << 20))
  }

  @Test("Only as much is read as the records asked for need", arguments: FileFormat.allCases)
  func laziness(format: FileFormat) async throws {
    let record: String =
      switch format {
      case .json: "[1],"
      case .jsonl: "[1]\n"
      case .csv, .tsv: "1,2\n"
      case .lines: "x\n"
      }
    var chunks = 0
    let source = RecordSource(format.reader("f")) { () async throws(Interruption) -> [UInt8]? in
      chunks += 1
      return Array(((chunks == 1 && format == .json ? "[" : "") + record).utf8)
    }
    for _ in 0..<5 { _ = try await source.next() }
    #expect(chunks <= 7)
  }
}
