import Interpreter
import OrderedJSON
import Synchronization
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite("Streams")
struct StreamTests {
  @Test(
    "A stage pulls no more than it must, and what it pulls from is closed once",
    arguments: [
      ("numbers | skip 2 | first 2", "3\n4\n", 4), ("numbers | uniq | first 2", "1\n2\n", 2),
      ("numbers | enumerate | get item | first 2", "1\n2\n", 2), ("numbers | tee { . * 2 } | first 1", "1\n", 1),
      ("numbers | enumerate | with {a: .item} | get a | first 2", "1\n2\n", 2),
      ("numbers | enumerate | without index | first 1", #"{"item":1}"# + "\n", 1),
      ("numbers | enumerate | keys | first 1", #"["index","item"]"# + "\n", 1),
      ("numbers | enumerate | values | flatten | first 3", "0\n1\n1\n", 2), ("numbers | last 0", "", 0),
      ("numbers | first 4 | last 2", "3\n4\n", 4), ("numbers | first 3 | reverse | first 1", "3\n", 3),
      ("numbers | first 3 | sort-by --desc | first 1", "3\n", 3), ("numbers | first 3 | group-by . | count", "3\n", 3),
      ("numbers | first 3 | max", "3\n", 3), ("numbers | first 0 | min", "null\n", 0),
      ("numbers | skip 3 | first 0", "", 0), ("numbers | any . > 2", "true\n", 3),
      ("numbers | all . < 3", "false\n", 3),
      ("numbers | slice 1 3", "2\n3\n", 3), ("numbers | slice 2 | first 1", "3\n", 3), ("numbers | slice 3 1", "", 0),
      ("numbers | slice 0 -2 | first 1", "1\n", 3), ("numbers | first 3 | slice -1", "3\n", 3),
      ("numbers | zip [7, 8] | flatten", "1\n7\n2\n8\n", 2), ("numbers | chunk 2 | first 1", "[1,2]\n", 2),
      ("numbers | enumerate | rename index n | get n | first 1", "0\n", 1), ("numbers | type | first 1", "number\n", 1),
      ("numbers | enumerate | entries | first 1 | get key", "index\n", 1), ("numbers | round | first 1", "1\n", 1),
      ("numbers | first 3 | count-by (. > 1) | first 1 | get count", "2\n", 3),
      ("numbers | first 3 | histogram | first 1 | get count", "1\n", 3),
      ("numbers | enumerate | lookup [{id: 1}] .item .id --as x | get .x.id | first 1", "1\n", 1),
    ])
  func laziness(script: String, output: String, pulled: Int) async {
    let probe = Probe()
    let run = await ScriptRun(script, extra: [probe.command])
    #expect(run.output == output, "\(run.errors)")
    #expect(probe.pulled == pulled)
    #expect(probe.closed == 1)
  }

  @Test(
    "The source learns how many items will be wanted at most, and nothing when that is not known",
    arguments: [
      ("numbers | skip 3 | first 2", 5), ("numbers | skip | skip 2 | first 4", 7), ("numbers | skip 3 | first 0", 0),
      ("numbers | skip 9223372036854775807 | first 2 | first 0", 0), ("numbers | tee { . } | first 2", 2),
      ("numbers | enumerate | first 2", 2), ("numbers | enumerate | with {a: 1} | first 2", 2),
      ("numbers | enumerate | without item | first 2", 2), ("numbers | enumerate | keys | first 2", 2),
      ("numbers | enumerate | values | first 2", 2), ("numbers | first 9 | enumerate | first 4", 4),
      ("numbers | uniq | first 2", nil), ("numbers | where true | first 2", nil),
      ("numbers | first 9 | last 2", 9), ("numbers | first 9 | reverse | first 2", 9),
      ("numbers | first 9 | sort-by | first 2", 9), ("numbers | first 9 | group-by . | first 2", 9),
      ("numbers | first 9 | max", 9), ("numbers | slice 2 5", 5), ("numbers | slice 2 | first 3", 5),
      ("numbers | slice 2 5 | first 9", 5), ("numbers | zip [1, 2]", 2), ("numbers | chunk 3 | first 2", 6),
      ("numbers | round | first 2", 2), ("numbers | enumerate | rename item x | first 2", 2),
      ("numbers | any . > 2", nil),
    ] as [(String, Int?)])
  func expectation(script: String, expected: Int?) async {
    let probe = Probe()
    #expect(await ScriptRun(script, extra: [probe.command]).status == 0)
    #expect(probe.expected == expected)
  }

  @Test("A number too large to be told is not told")
  func largeExpectation() async {
    let probe = Probe()
    let script = "numbers | skip 1 | first 9223372036854775807 | tee { if . == 3 { 1 / 0 } }"
    _ = await ScriptRun(script, extra: [probe.command])
    #expect(probe.expected == nil)
    #expect(probe.pulled == 3)
  }

  @Test(
    "Clean-up runs once when a stage fails",
    arguments: [
      "sum .a", "min .a", "max .a", "sort-by .a", "sort-by .a? .a", "group-by .a", "uniq .a", "with {a: 1}",
      "without a",
      "keys", "values", "tee { 1 / 0 }", "tee { [1] | each { 1 / 0 } }", "enumerate --from 9223372036854775807",
      "each { 1 / 0 }",
      "select a", "get .a", "where .a", "one", "sort-by (.a)", "group-by .a .a", "count-by .a", "avg .a", "median .a",
      "percentile 50 --of .a", "stats .a", "histogram .a", "chart .a", "sparkline .a", "any .a", "all .a", "entries",
      "from-entries", "merge {a: 1}", "rename a b", "lookup [] .a . --as x",
    ])
  func failure(stage: String) async {
    let probe = Probe()
    let run = await ScriptRun("numbers | \(stage)", extra: [probe.command])
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error["))
    #expect(probe.closed == 1)
    #expect(probe.pulled <= 2)
  }

  @Test(
    "A stage that would never end stops when it is cancelled",
    arguments: [
      "last", "last 3", "skip 9223372036854775807", "reverse", "sort-by", "group-by .a?", "uniq .a?", "count", "sum",
      "min",
      "max", "collect", "tee { . } | where false", "enumerate | where false", "flatten | where false",
      "first 9223372036854775807", "count-by .a?", "avg", "median", "percentile 50", "stats", "histogram", "sparkline",
      "any . < 0", "all . > 0", "slice -3", "slice 9223372036854775806", "sum (. * 1)", "sort-by -.",
    ])
  func cancellation(stage: String) async {
    let probe = Probe()
    let task = Task { await ScriptRun("numbers | \(stage)", extra: [probe.command]).status }
    await probe.started()
    task.cancel()
    #expect(await task.value == 130)
    #expect(probe.closed == 1)
  }

  @Test("Sorting is cancelled too, once all items are there")
  func cancelledSort() async {
    let command = Command(
      "many", topic: .data, "yields items, then cancels", input: .none, result: .stream, examples: []
    ) {
      _ in
      var left = 20_000
      return .stream(
        ItemStream { () async throws(Interruption) -> JSONValue? in
          left -= 1
          if left >= 0 { return .number(JSONNumber(left)) }
          withUnsafeCurrentTask { $0?.cancel() }
          return nil
        })
    }
    let run = await Task { await ScriptRun("many | sort-by", extra: [command]) }.value
    #expect(run.status == 130)
    #expect(run.output == "")
  }

  @Test(
    "Memory does not grow with the stream",
    arguments: [
      "last 3", "skip 9990", "first 9990", "enumerate", "with {a: 1}", "without text", "uniq .kind", "max .n", "sum .n",
      "tee { .n }", "keys", "where .n > 0", "each { .text }", "count-by .kind", "avg .n", "min .n", "slice -3",
      "slice 0 -3",
      "rename text t", "merge {a: 1}", "any .n < 0", "lookup [{id: 1}] .n .id --as x", "chunk 3", "entries",
    ])
  func memory(stage: String) async {
    let source = LargeItems(count: 10_000)
    let run = await ScriptRun("large | \(stage) | count", extra: [source.command])
    #expect(run.status == 0, "\(run.errors)")
    // All items together are 40 MB.
    #expect(source.growth < 20_000_000)
  }

  @Test("What is the same for every item, such as the time, is asked for once a stage")
  func steady() async {
    let ticks = Mutex(0)
    let tick = Command(
      "tick", topic: .data, "counts how often it is asked", input: .none, result: .value, isConstantPerStage: true,
      examples: []
    ) { _ in
      .value(
        .number(
          JSONNumber(
            ticks.withLock { ticks in
              ticks += 1
              return ticks
            })))
    }
    let run = await ScriptRun("[1, 2, 3] | where . >= (tick) and (tick) == 2 | where . > (tick)", extra: [tick])
    #expect(run.output == "")
    #expect(run.errors == "")
    #expect(ticks.withLock { $0 } == 3)
  }

  @Test("What is the same for uniq is the same for ==, and sorts alike")
  func equality() async {
    let values = [
      "null", "true", "false", "0", "-0", "0.0", "0e5", "1", "1.0", "10e-1", "0.1e1", "-1", "100", "1e2", "1E+2",
      "12345678901234567890", "12345678901234567891", "1.2345678901234567890e19", "1e400", "10e399", "1e-400", #""""#,
      #""1""#, #""é""#,
      #""e\u0301""#, #""\u00e9""#, "[]", "[1]", "[1.0]", "[[1]]", "[1, 1]", "[11]", #"["1"]"#, "{}", "{a: 1}",
      "{a: 1.0}",
      "{a: 1, b: 2}", "{b: 2, a: 1}", "{a: null}", #"{"a:1": 1}"#, #"["s1:a"]"#, #""s1:a""#,
      #"{"a": {"b": [1, {"c": 2}]}}"#,
      #"{"a": {"b": [1.0, {"c": 2.0}]}}"#,
    ]
    let script = values.map { left in
      let pairs = values.map { "[([\(left), \($0)] | uniq | count) == 1, \(left) == \($0)]" }
      return "[\(pairs.joined(separator: ", "))] | where .0 != .1 | count"
    }
    #expect(await ScriptRun(script.joined(separator: "\n")).output == String(repeating: "0\n", count: values.count))
    let sorted = "[\(values.joined(separator: ", "))] | sort-by | uniq | collect"
    let uniq = "[\(values.joined(separator: ", "))] | uniq | sort-by | collect"
    #expect(await ScriptRun(sorted).output == ScriptRun(uniq).output)
  }

  @Test("Many distinct values and records with many keys take no quadratic time")
  func long() async {
    let probe = Probe()
    #expect(await ScriptRun("numbers | first 10000 | uniq | count", extra: [probe.command]).output == "10000\n")
    #expect(await ScriptRun("numbers | first 10000 | group-by . | count", extra: [probe.command]).output == "10000\n")
    let keys = (0..<10_000).map { "\"key\($0)\": \($0)" }
    let texts = ["{\(keys.joined(separator: ","))}", "{\(keys.reversed().joined(separator: ","))}"]
    let run = await ScriptRun(
      "open a.jsonl | uniq | count; let r = open a.jsonl; $r.0 == $r.1",
      files: ["a.jsonl": texts.joined(separator: "\n")])
    #expect(run.output == "1\ntrue\n", "\(run.errors)")
  }

  @Test("The deepest values that there can be are no trouble for a stage that looks through them")
  func deep() async {
    let text = String(repeating: #"{"a":"#, count: 500) + "1" + String(repeating: "}", count: 500)
    let numbers = (0..<450).map { "\($0)" }.joined(separator: ", ")
    let script = """
      let x = open a.jsonl
      for i in [\(numbers)] { set x = [$x] }
      [$x, $x] | uniq | sort-by | count
      [{k: $x}, {k: $x}] | group-by k | get count
      [{k: $x}] | with {b: .k} | without k | enumerate | get item | keys
      open a.jsonl | without \((0..<500).map { _ in "a" }.joined(separator: ".")) | uniq | count
      """
    let run = await ScriptRun(script, files: ["a.jsonl": "\(text)\n\(text)\n"])
    #expect(run.output == "1\n2\n[\"b\"]\n1\n", "\(run.errors)")
  }

  @Test("A sum does not depend on the order of what is added")
  func sum() async {
    let numbers = ["0.1", "-3", "1e3", "19.99", "9223372036854775807", "-9223372036854775807", "1e-9", "0.30", "7"]
    var results: Set<String> = []
    for shift in numbers.indices {
      let order = numbers[shift...] + numbers[..<shift]
      results.insert(await ScriptRun("[\(order.joined(separator: ", "))] | sum").output)
    }
    #expect(results == ["1024.390000001\n"])
  }
}

/// A command `large` whose items of 4 KB each note, when the last one has gone, by how much the heap has grown.
private final class LargeItems: Sendable {
  private let count: Int
  private let result = Box()

  private final class Box: @unchecked Sendable { var growth = 0 }

  init(count: Int) { self.count = count }

  /// In bytes.
  var growth: Int { result.growth }

  var command: Command {
    Command("large", topic: .data, "yields large items", input: .none, result: .stream, examples: []) {
      [count, result] _ in
      var next = 0
      let before = Heap.bytesInUse
      return .stream(
        ItemStream { () async throws(Interruption) -> JSONValue? in
          guard next < count else {
            result.growth = Heap.bytesInUse - before
            return nil
          }
          next += 1
          let text = String(decoding: [UInt8](repeating: UInt8(ascii: "x"), count: 4096), as: UTF8.self)
          return ["n": .number(JSONNumber(next)), "kind": .number(JSONNumber(next % 7)), "text": .string(text)]
        })
    }
  }
}

private enum Heap {
  static var bytesInUse: Int {
    #if canImport(Glibc)
      // What was freed goes back to the system first, so that the resident pages are those in use.
      typealias Trim = @convention(c) (Int) -> Int32
      if let trim = dlsym(nil, "malloc_trim") { _ = unsafeBitCast(trim, to: Trim.self)(0) }
      guard let file = fopen("/proc/self/statm", "r") else { return 0 }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 200)
      guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
      let fields = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self).split(
        separator: " ")
      return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())
    #else
      return Int(mstats().bytes_used)
    #endif
  }
}
