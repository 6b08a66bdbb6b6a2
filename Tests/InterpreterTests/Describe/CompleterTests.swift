import Basics
import OrderedJSON
import TestSupport
import Testing

@testable import Interpreter

@Suite("Completion")
struct CompleterTests {
  private static let kind = ItemKind("order", columns: ["id", "type"], words: ["state": ["open", "shut"]])
  private static let orders = Command(
    "orders list", topic: .data, "lists orders", input: .none, result: .stream, itemKind: kind,
    parameters: [
      Parameter.option("status", .suggestion(["failed", "dead"]), "only these"),
      Parameter.repeatedOption("type", .text, "only this type").suggesting(.field("type", of: kind)),
    ], examples: []
  ) { _ throws(Interruption) in
    .stream(
      ItemStream(
        [
          ["id": "ord_1", "type": "new", "payload": ["amount": 1, "items": [["sku": "a"]], "odd key": 1]],
          ["id": "ord_2", "type": "old thing", "payload": ["note": "x", "in-hand": true]],
        ], kind: kind))
  }
  private static let look = Command(
    "look", topic: .data, "looks at orders", input: .optional, result: .asInput, itemKind: kind,
    parameters: [Parameter.variadic("id", .identifier, "ids").suggesting(.field("id", of: kind))], examples: []
  ) { _ throws(Interruption) in .nothing }

  private static let change = Command(
    "change", topic: .data, "changes an order", input: .optional, result: .value,
    parameters: [
      Parameter.positional("id", .identifier, "which"),
      Parameter.positional("fields", .record, "what to change").naming(["type", "odd key", "status"]),
    ], examples: []
  ) { _ throws(Interruption) in .nothing }

  private static let tune = Command(
    "tune", topic: .data, "tunes a machine", input: .optional, result: .value,
    parameters: [
      Parameter.positional("fields", .record, "what to tune").naming(["isFast", "powerMode", "note"]),
      Parameter.optionalPositional("rest", .text, "more"), Parameter.option("is-fast", .boolean, "whether it hurries"),
      Parameter.option("power-mode", .choice(["low", "very high"]), "how strong it is"),
      Parameter.option("note", .text, "for people"),
    ], examples: []
  ) { _ throws(Interruption) in .nothing }

  private static let registry = CommandRegistry(Command.general + [orders, look, change, tune])

  private struct Folder: CompletionHost {
    func entries(of folder: String, startingWith prefix: String) -> [CompletedFile] {
      let files: [String: [CompletedFile]] = [
        "": [
          CompletedFile("data", isFolder: true), CompletedFile("my file.json", isFolder: false),
          CompletedFile("my fine.json", isFolder: false), CompletedFile(".hidden", isFolder: false),
          CompletedFile("$x", isFolder: false), CompletedFile("e\u{202E}vil\n", isFolder: false),
        ],
        "data/": [CompletedFile("a.json", isFolder: false), CompletedFile("a.jsonl", isFolder: false)],
      ]
      return (files[folder] ?? []).filter { $0.name.hasPrefix(prefix) }
    }

    func names(_ sort: String) -> [String] { [] }
  }

  /// What is known once a session has run a text.
  static func context(after text: String = "") async -> CompletionContext {
    let session = Session(
      registry: registry,
      host: StreamHost(
        output: MemorySink(), errors: MemorySink(), files: MemoryFiles(files: [:], standardInput: []),
        environment: ["HOME": "/h", "HOST": "x"], now: { 0 }),
      options: SessionOptions(isInteractive: true))
    _ = await session.run(SourceText(name: "line", text: text), mode: .interactive)
    return CompletionContext(session, host: Folder())
  }

  /// The line with each candidate in its place; `^` stands for the cursor.
  static func complete(_ text: String, after script: String = "") async -> [String] {
    let parts = text.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
    let line = parts.joined()
    let completion = Completer(await context(after: script)).complete(line, at: parts[0].utf8.count)
    let bytes = Array(line.utf8)
    return completion.candidates.map { candidate in
      String(decoding: bytes[..<completion.replacing.lowerBound], as: UTF8.self) + candidate.text
        + String(decoding: bytes[completion.replacing.upperBound...], as: UTF8.self)
    }
  }

  static let seen = #"""
    let o = {id: "ord_9", payload: {amount: 1, items: [{sku: "a"}], "odd key": {"in": 1}}}
    let all = orders list
    def greet(name, loud = false) { print $name }
    orders list
    """#

  @Test(
    "the one candidate is what it should be",
    arguments: [
      ("orde^", "orders"), ("orders l^", "orders list"), ("orders list --st^", "orders list --status"),
      ("orders list --status f^", "orders list --status failed"),
      ("orders list --status=f^", "orders list --status=failed"),
      ("set-output jsonl^", "set-output jsonl"), ("orders list | whe^", "orders list | where"),
      ("[1] | reve^", "[1] | reverse"), ("print (orde^", "print (orders"), ("[1] | each { pri^", "[1] | each { print"),
      ("gre^", "greet"), ("greet --na^", "greet --name"), ("$al^", "$all"), ("$env.HOM^", "$env.HOME"),
      ("$o.pay^", "$o.payload"), ("$o.payload.items[0].s^", "$o.payload.items[0].sku"),
      (#"$o.payload."o^"#, #"$o.payload."odd key""#), (#"$o.payload."odd key".i^"#, #"$o.payload."odd key".in"#),
      (#"$o["pay^"#, #"$o["payload""#), ("$all[1].ty^", "$all[1].type"),
      ("print $o.i^", "print $o.id"), (#"print "\($o.i^"#, #"print "\($o.id"#),
      ("orders list | where .pay^", "orders list | where .payload"),
      ("orders list | where .payload.am^", "orders list | where .payload.amount"),
      ("orders list | where .payload.no^", "orders list | where .payload.note"),
      ("orders list | where .type == 1 and (.payload.it^", "orders list | where .type == 1 and (.payload.items"),
      ("orders list | first 2 | sort-by .ty^", "orders list | first 2 | sort-by .type"),
      ("orders list | select id payload.am^", "orders list | select id payload.amount"),
      ("orders list | get payload.in-h^", "orders list | get payload.in-hand"),
      ("orders list | where .payload.i^n", #"orders list | where .payload."in-hand""#),
      (
        "orders list | select id payload.amount | where .payl^",
        #"orders list | select id payload.amount | where ."payload.amount""#
      ),
      ("orders list | get payload | where .am^", "orders list | get payload | where .amount"),
      ("orders list | each { print .ty^", "orders list | each { print .type"),
      (#"orders list | each { print "\(.ty^"#, #"orders list | each { print "\(.type"#),
      ("$all | where .ty^", "$all | where .type"), ("let n = $all | where .ty^", "let n = $all | where .type"),
      ("let p = orders list\n$p | where .ty^", "let p = orders list\n$p | where .type"),
      ("for e in $all { $e.ty^", "for e in $all { $e.type"),
      ("for e in (orders list) { $e.ty^", "for e in (orders list) { $e.type"),
      ("[{name: 1}] | where .na^", "[{name: 1}] | where .name"),
      ("try { 1 } catch err { $err.mess^", "try { 1 } catch err { $err.message"),
      ("def f(first, other) { print $fir^", "def f(first, other) { print $first"),
      ("orders list |\n  whe^", "orders list |\n  where"), ("look ord_1^", "look ord_1"),
      ("orders list --type n^", "orders list --type new"),
      ("orders list --type o^", #"orders list --type "old thing""#),
      ("orders list | where .type st^", "orders list | where .type starts-with"),
      ("set al^ = 1", "set all = 1"), ("help lang^", "help language"), ("help orders l^", "help orders list"),
      ("open da^", "open data/"), ("open data/a.jsonl^", "open data/a.jsonl"), ("open .h^", "open .hidden"),
      (#"open "my fil^"#, #"open "my file.json""#), (#"open "my fil^""#, #"open "my file.json""#),
      ("open 'my fin^", "open 'my fine.json'"), ("print @da^", "print @data/"), ("source da^", "source data/"),
      ("open $o.i^", "open $o.id"), ("open e^", #"open "e\u202evil\n""#),
      ("wh^ere .x", "where .x"), ("orders list --st^atus x", "orders list --status x"),
    ])
  func single(text: String, completed: String) async {
    let lines = await Self.complete(text, after: Self.seen)
    if text == "wh^ere .x" {
      // Nothing is piped to it here.
      #expect(lines == [])
    } else {
      #expect(lines == [completed])
    }
  }

  @Test(
    "where nothing sensible is known there is nothing",
    arguments: [
      "# whe^", "print \"orde^", "let x^", "orders list | where .type == \"f^", "$nothing.x^", "'$o.^", "$o.id.x^",
      "where^x(", "orders list | nope ^", "$all.x^",
    ])
  func nothing(text: String) async {
    #expect(await Self.complete(text, after: Self.seen) == [])
  }

  @Test(
    "what is open around the cursor does not hide what stands there",
    arguments: [
      // Records and lists.
      ("print {a: $o.pay^", "print {a: $o.payload"), ("print {a: 1, b: {c: $o.i^", "print {a: 1, b: {c: $o.id"),
      ("print [$o.i^", "print [$o.id"), ("print [1, [2, $al^", "print [1, [2, $all"),
      ("print [\n  1,\n  {a: $o.i^", "print [\n  1,\n  {a: $o.id"), ("[$o.id sta^", "[$o.id starts-with"),
      ("let r = {a: (orders l^", "let r = {a: (orders list"), ("[1, tru^", "[1, true"),
      ("[nope, 1] | reve^", "[nope, 1] | reverse"), ("[if $o.id == 1 { $o.i^", "[if $o.id == 1 { $o.id"),
      // Calls.
      ("nope | where (x) | reve^", "nope | where (x) | reverse"),
      ("nope | where (x | y) | reve^", "nope | where (x | y) | reverse"),
      ("print (orders list | whe^", "print (orders list | where"), ("nope | whe^", "nope | where"),
      ("nope ($o.i^", "nope ($o.id"), ("print a\"b\" | reve^", "print a\"b\" | reverse"),
      ("orders list --nope | whe^", "orders list --nope | where"),
      ("orders list --nope 1 --st^", "orders list --nope 1 --status"),
      ("greet (orders list | get .ty^", "greet (orders list | get .type"),
      ("greet [1, $o.i^", "greet [1, $o.id"), ("orders list --status (orders l^", "orders list --status (orders list"),
      ("print (greet $al^", "print (greet $all"),
      // Strings.
      (#"print "a \($o.payload.am^"#, #"print "a \($o.payload.amount"#),
      (#"print "a \("b \($o.i^"#, #"print "a \("b \($o.id"#), (#"print "\(orders l^"#, #"print "\(orders list"#),
      (#"print $o["payload"]["am^"#, #"print $o["payload"]["amount""#),
      (#"{"a": $o.payload."odd^"#, #"{"a": $o.payload."odd key""#),
      ("print '$al^", nil),
      // Bindings.
      ("let x = orde^", "let x = orders"), ("let x = orders l^", "let x = orders list"),
      ("set all = $al^", "set all = $all"), ("let x = orders list | whe^", "let x = orders list | where"),
      ("let x = $al^", "let x = $all"),
      ("let r = {a: $o}; $r.a.pay^", "let r = {a: $o}; $r.a.payload"),
      ("let r = [{name: $o.id}]; $r | where .na^", "let r = [{name: $o.id}]; $r | where .name"),
      ("let r = {one: 1}\nlet r = {two: $r}\n$r.two.o^", "let r = {one: 1}\nlet r = {two: $r}\n$r.two.one"),
      // Blocks.
      ("if true { for e in $all { print $e.ty^", "if true { for e in $all { print $e.type"),
      ("orders list | each { if .id == 1 { print .ty^", "orders list | each { if .id == 1 { print .type"),
      ("if true { 1 } el^", "if true { 1 } else"), ("if true { 1 } else i^", "if true { 1 } else if"),
      ("if true { 1 } else if $o.i^", "if true { 1 } else if $o.id"),
      ("if true { 1 } else if false { pri^", "if true { 1 } else if false { print"),
      ("try { 1 } ca^", "try { 1 } catch"), ("try { pri^", "try { print"), ("for x i^", "for x in"),
      ("for x in (orders l^", "for x in (orders list"),
      ("def f(first) { try { print $fir^", "def f(first) { try { print $first"),
      ("def go(a) { 1 }\ngo --^", "def go(a) { 1 }\ngo --a"), ("def go(a) { go --^", "def go(a) { go --a"),
      ("def go(a, --dry-run) { 1 }\ngo 1 ^", "def go(a, --dry-run) { 1 }\ngo 1 --dry-run"),
      (
        "def go(a, --dry-run, --limit = 3) { 1 }\ngo 1 --dry-run --l^",
        "def go(a, --dry-run, --limit = 3) { 1 }\ngo 1 --dry-run --limit"
      ),
      ("try { 1 } fin^", "try { 1 } finally"), ("for x in [1] { bre^", "for x in [1] { break"),
      ("each { let y = 1; set y^", "each { let y = 1; set y"), ("print 1; pri^", "print 1; print"),
      ("if true {\n  print 1\n  pri^", "if true {\n  print 1\n  print"),
      ("if true { nope }\npri^", "if true { nope }\nprint"),
      ("def f() { return orders l^", "def f() { return orders list"), ("assert $o.i^", "assert $o.id"),
      ("try { 1 } catch e { print 1 } | reve^", "try { 1 } catch e { print 1 } | reverse"),
    ])
  func unfinished(text: String, completed: String?) async {
    let lines = await Self.complete(text, after: Self.seen)
    if let completed {
      #expect(lines == [completed])
    } else {
      #expect(lines.count != 1)
    }
  }

  @Test(
    "an unfinished place offers all that may stand there",
    arguments: [
      ("let x = ^", "orders"), ("let x = ^", "greet"), ("let x = (^", "orders"), ("if true { ^", "let"),
      ("orders list | each { ^", "print"), ("orders list | each {\n  print 1\n  ^", "if"), ("print (orders ^", "list"),
      ("[^", "$o"), ("{a: ^", "$o"), ("[1, ^", "$o"),
      ("orders list | where [^", ".payload"), ("orders list | where .id == ^", ".payload"),
      ("print [$o.id ^", "starts-with"),
      (#"print "\(^"#, "orders"), ("if ^", "$o"), ("for x in ^", "$all"), ("set ^", "o"), ("if $o.id ^", "and"),
      ("orders list --status ^", "dead"), ("orders list --status=^", "dead"), ("orders list | ^", "where"),
      ("print @^", "data/"), ("source ^", "data/"), ("{a^", nil), ("{^", nil),
      ("{a: 1, ^", nil), ("def ^", nil), ("let ^", nil), ("print 1 # ^", nil), ("(1 # ^", nil), (#""\(1 # ^"#, nil),
      ("try ^", nil), ("for ^", nil), ("if true { 1 } else { 1 } ^", nil),
    ])
  func offered(text: String, candidate: String?) async {
    let parts = text.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
    let completion = Completer(await Self.context(after: Self.seen)).complete(parts[0], at: parts[0].utf8.count)
    let texts = completion.candidates.map { $0.text }
    if let candidate {
      #expect(texts.contains(candidate), "\(texts)")
      #expect(completion.replacing == parts[0].utf8.count..<parts[0].utf8.count)
    } else {
      #expect(texts == [])
    }
  }

  @Test("an empty place lists what may stand there")
  func lists() async {
    #expect(
      await Self.complete("orders list | where ^", after: Self.seen) == [
        "orders list | where .id", "orders list | where .type", "orders list | where .payload",
      ])
    #expect(await Self.complete("look ^", after: Self.seen) == ["look ord_1", "look ord_2"])
    #expect(await Self.complete("orders list ^") == ["orders list --status", "orders list --type"])
    #expect(await Self.complete("$^") == ["$_", "$args", "$env"])
    #expect(await Self.complete("open data/^") == ["open data/a.json", "open data/a.jsonl"])
    #expect(await Self.complete("open my^") == [#"open "my file.json""#, #"open "my fine.json""#])
    #expect(await Self.complete("open ^").contains(#"open "$x""#))
  }

  @Test(
    "where nothing begins with a word of two letters or more, its letters are found within",
    arguments: [
      ("ordl^", ["orders list"]), ("look _2^", ["look ord_2"]), ("look 2^", []),
      ("orders list | where .pyl^", ["orders list | where .payload"]),
      ("ord^", ["orders"]), ("wh^ere", []),
    ])
  func innerLetters(text: String, completed: [String]) async {
    #expect(await Self.complete(text, after: Self.seen) == completed)
  }

  @Test("an id is listed with what tells it apart, the newest listing first")
  func summaries() async {
    let candidates = Completer(await Self.context(after: Self.seen)).complete("look ", at: 5).candidates
    #expect(candidates.map { $0.summary } == ["new", "old thing"])
  }

  @Test(
    "any key is read back as itself",
    arguments: [
      "plain", "odd key", "quo\"te", "back\\slash", "\\(x)", "line\nbreak", "\u{1B}[31m", "e\u{202E}x", "in", "1st",
      "a-b", "日本", "$x", "", "'", "a.b", "-",
    ])
  func keysReadBack(key: String) async throws {
    let context = CompletionContext(
      registry: Self.registry, variables: ["v": .object(JSONObject([(key, JSONValue(7))])), "args": [], "env": [:]])
    for start in ["$v.", "$v.\"", "$v | get ", "$v | get .", "$v | get '"] {
      let candidates = Completer(context).complete(start, at: start.utf8.count)
      let candidate = try #require(candidates.candidates.first { !$0.text.isEmpty }, "\(start)")
      let line = start.utf8.prefix(candidates.replacing.lowerBound)
      let text = String(decoding: Array(line), as: UTF8.self) + candidate.text
      #expect(SafeText.escaped(candidate.text) == candidate.text)
      let run = await ScriptRun(text) { $0.globals.bind("v", to: .object(JSONObject([(key, JSONValue(7))]))) }
      #expect(run.output == "7\n", "\(text): \(run.errors)")
    }
  }

  @Test("a look at a huge value is bounded: what stands first is found")
  func hugeValue() throws {
    let text = "{\"first\": {\"a\": 1}, \"long\": \"\(String(repeating: "x", count: 8 << 20))\", \"last\": 1}"
    let value = try JSONValue(parsing: text)
    #expect(value.outline()["first"] == ["a": 1])
    #expect(value.outline()["last"] == nil)
    let context = CompletionContext(registry: Self.registry, variables: ["v": value])
    #expect(Completer(context).complete("$v.fi", at: 5).candidates.map { $0.text } == ["first"])
  }

  @Test("a variable that is provided is completed, and its fields, without its value being made")
  func provided() {
    let session = Session(
      registry: Self.registry,
      host: StreamHost(
        output: MemorySink(), errors: MemorySink(), files: MemoryFiles(files: [:], standardInput: []), now: { 0 }))
    var count = 0
    session.globals.provide("parcels", of: Self.kind) {
      count += 1
      return [["id": "par_1"]]
    }
    func texts(_ text: String) -> [String] {
      Completer(CompletionContext(session)).complete(text, at: text.utf8.count).candidates.map { $0.text }
    }
    #expect(texts("$par") == ["$parcels"])
    #expect(texts("$parcels[-1].") == ["id", "type"])
    #expect(texts("$parcels | where .") == ["id", "type"])
    #expect(CompletionContext(session).variableNames.contains("parcels"))
    #expect(count == 0)
    session.globals.bind("parcels", to: ["weight": 1])
    #expect(texts("$parcels.") == ["weight"])
  }

  @Test("scripts note nothing")
  func scripts() async {
    let session = Session(
      registry: Self.registry,
      host: StreamHost(
        output: MemorySink(), errors: MemorySink(), files: MemoryFiles(files: [:], standardInput: []), now: { 0 }))
    _ = await session.run(SourceText(name: "x", text: "orders list"))
    #expect(session.recent == nil)
  }

  @Test("deep nesting at the cursor is no trouble")
  func deep() async {
    for piece in ["\"\\(", "(", "[", "{", "each {", "let x = ", "nope | where (", "x | print (y | "] {
      let text = String(repeating: piece, count: 4000)
      _ = Completer(await Self.context()).complete(text, at: text.utf8.count)
    }
  }
}
