import OrderedJSON
import TestSupport
import Testing

/// What payloads and servers may contain to get at a terminal.
private enum Corpus {
  static let texts: [String] = [
    "\u{1B}[2J\u{1B}[H", "\u{1B}[31mred", "\u{1B}]0;title\u{7}", "\u{1B}]52;c;ZWNobyBoaQ==\u{7}",
    "\u{1B}]8;;http://x.y\u{1B}\\link\u{1B}]8;;\u{1B}\\", "\u{1B}P+q544e\u{1B}\\", "\u{1B}c", "\u{9B}2J\u{9D}0;t\u{9C}",
    "\u{90}x\u{9C}", "a\rb", "a\nb", "a\tb", "a\u{8}b", "a\0b", "\u{7}", "\u{E}\u{F}", "\u{7F}", "\u{202E}evil\u{202C}",
    "\u{2066}x\u{2069}", "\u{200F}\u{200E}", "\u{FEFF}", "\u{2028}\u{2029}", "\u{E0041}", "\u{AD}\u{180E}\u{3164}",
    "Z" + String(repeating: "\u{301}\u{330}", count: 500), String(repeating: "\u{200B}", count: 1000),
    String(repeating: "\u{200D}", count: 1000), "👩‍👩‍👧🇩🇪👍🏽❤️", "日本語テキスト", "e\u{301}é",
    String(Unicode.Scalar(0xFFFF as UInt16).map(Character.init) ?? "x"), String(repeating: "x", count: 300_000),
    String(repeating: "日", count: 50_000), "\u{1100}\u{1161}\u{11A8}",
  ]

  /// One record a line, with the text as a value.
  static var lines: String {
    texts.enumerated().map { number, text in
      let value = JSONValue.object(["t": .string(text), "n": .number(JSONNumber(number)), "end": "#"])
      return JSONWriter.compact.string(value)
    }.joined(separator: "\n") + "\n"
  }

  static var record: String {
    JSONWriter.compact.string(.object(JSONObject(texts.filter { $0.count < 100 }.map { ($0, .string($0)) }))) + "\n"
  }
}

@Suite("Hostile payloads change nothing on a terminal but their own cells", .timeLimit(.minutes(3)))
struct HostileOutputTests {
  private let home: TemporaryFolder

  init() throws {
    home = try TemporaryFolder()
    _ = home.write(Corpus.lines, to: "corpus.jsonl")
    _ = home.write(Corpus.record, to: "keys.json")
  }

  struct Kind: Sendable, CustomTestStringConvertible {
    var columns = 80
    var rows = 24
    var environment: [String: String] = [:]
    var testDescription: String { "\(columns)x\(rows) \(environment)" }
  }

  static let kinds = [
    Kind(environment: ["LC_ALL": "C.UTF-8"]), Kind(columns: 200, rows: 50, environment: ["LC_ALL": "C.UTF-8"]),
    Kind(environment: ["LC_ALL": "C"]), Kind(environment: ["TERM": "dumb"]), Kind(environment: ["TERM": ""]),
    Kind(columns: 200, rows: 50, environment: ["TERM": ""]), Kind(columns: 20),
  ]

  private func run(_ script: String, _ kind: Kind = Kind(), _ environment: [String: String] = [:]) throws -> Screen {
    let file = home.write(script, to: "script.mittr")
    let terminal = try PseudoTerminal(
      [BuiltProgram.path("mittr"), file],
      environment: ["HOME": home.path].merging(kind.environment) { $1 }.merging(environment) { $1 },
      columns: kind.columns, rows: kind.rows)
    _ = terminal.exitStatus()
    #expect(terminal.screen.unknown.isEmpty, "\(terminal.screen.unknown.prefix(5))")
    return terminal.screen
  }

  @Test("in tables, whose columns stay straight", arguments: kinds)
  func tables(kind: Kind) throws {
    let screen = try run(
      """
      open "\(home.path)/corpus.jsonl" | each { {n: .n, t: .t, end: .end} }
      open "\(home.path)/corpus.jsonl" | each { {end: .end, t: .t} }
      open "\(home.path)/keys.json"
      print done
      """, kind)
    #expect(screen.lines.last == "done")
    // A column's cells begin and end where its header does.
    let rows = screen.allLines.filter { $0.hasSuffix("  #") && $0.first != "[" }
    #expect(kind.columns < 80 || rows.count == Corpus.texts.count)
    let widths = Set(rows.map { row in row.unicodeScalars.reduce(0) { $0 + CharacterWidth.of($1) } })
    #expect(widths.count <= 1, "\(widths)")
    #expect(screen.allLines.allSatisfy { !$0.contains("red\u{1B}") })
  }

  @Test("in every other format, by itself, and printed", arguments: ["lines", "jsonl", "json", "csv", "auto"])
  func formats(mode: String) throws {
    let screen = try run(
      """
      set-output \(mode)
      print first
      open "\(home.path)/corpus.jsonl" | where .n != 31 and .n != 32
      open "\(home.path)/keys.json"
      for x in (open "\(home.path)/corpus.jsonl" | where .n < 30) { print $x.t; print --err $x.t; $x.t }
      print last
      """)
    #expect(screen.allLines.first == "first" && screen.lines.last == "last")
  }

  @Test("in errors, warnings and what a server says")
  func errors() throws {
    let text = #"\u001b[2J\u009b1m\u202e\u0007\u0000"#
    let server = try RawServer(
      .response(
        "400 Bad \u{1}Request", #"{"error":"bad \#(text)","code":"BAD\#(text)","details":{"\#(text)":1}}"#,
        headers: ["X-Request-Id: a\u{1B}[2Jb"]))
    let environment = ["MITTR_BASE_URL": server.url, "MITTR_API_KEY": "mtr_key"]
    var screen = try run(
      "try { events list } catch e { $e; print $e.message }\nevents get \"x\(text)\"\n", Kind(), environment)
    #expect(screen.allLines.contains { $0.hasPrefix("error[") })
    screen = try run("[{\"evenType\(text)\": 1}] | where .eventType\n\"\(text)\" | get .a\nthrow\u{1B}[2J\n")
    #expect(!screen.allLines.isEmpty)
    screen = try run("{\"a\(text)\": 1} | get .b | assert false \"\(text)\"\nassert false \"\(text)\"\n")
    #expect(!screen.allLines.isEmpty)
    screen = try run(#"'{"a": "\ud800 \udfff"}' | from json"#)
    #expect(!screen.allLines.isEmpty)
  }

  @Test("A dumb terminal and one in the C locale show the same text as any other")
  func dumb() throws {
    for environment in [["TERM": "dumb"], ["TERM": ""], ["LC_ALL": "C"]] {
      let shell = try PseudoTerminal.shell(home: home, environment: environment)
      try shell.enter(#"[{status: "né日本", id: 1}]"#, answer: "né日本   1")
      #expect(shell.screen.unknown.isEmpty, "\(environment)")
      #expect(shell.leave() == 0)
    }
  }
}
