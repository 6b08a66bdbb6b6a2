import Interpreter
import OrderedJSON
import Testing

@Suite("Statistics")
struct StatisticsTests {
  @Test(
    "Results",
    arguments: [
      ("[] | avg", "null"), ("[null, 3] | avg", "3"), ("[0.1, 0.2] | avg", "0.15"),
      ("[{a: 1, b: 2}, {a: 3}] | avg .a .b", #"{"a":2,"b":2}"#), ("[1, 2] | avg (. * 10)", "15"),
      ("[{a: 1, b: 2.5}, {a: 3}] | sum .a .b", #"{"a":4,"b":2.5}"#),
      ("[{a: {id: 1}, b: {id: 2}}] | sum .a.id .b.id", #"{"a.id":1,"b.id":2}"#),
      ("[{a: 1}] | sum (.a * 2) .a", #"{"(.a * 2)":2,"a":1}"#),
      ("[] | median", "null"), ("[7] | median", "7"), ("[1, 2, 3, 10] | median", "2.5"), ("[1.0, 1] | median", "1.0"),
      ("[0.1, 0.2] | median", "0.15"), ("[{n: 2}, {}, {n: 4}, {n: 9}] | median (.n ?? 0)", "3"),
      ("[] | percentile 50", "null"), ("[] | percentile 1 2", #"{"p1":null,"p2":null}"#),
      ("range 1 10 | percentile 0", "1"), ("range 1 10 | percentile 10", "1"), ("range 1 10 | percentile 10.1", "2"),
      ("range 1 10 | percentile 100", "10"), ("range 1 1000 | percentile 99.9 99.99", #"{"p99.9":999,"p99.99":1000}"#),
      ("[{n: 5}, {n: 1}] | percentile 50 --of (.n * 2)", "2"), ("[10, 9] | percentile 100", "10"),
      ("[1e3, 999.5] | percentile 50", "999.5"),
      ("[] | stats | select count sum min avg p50", #"{"count":0,"sum":0,"min":null,"avg":null,"p50":null}"#),
      (
        "[3, null, 1.50] | stats | select count sum min max avg",
        #"{"count":2,"sum":4.5,"min":1.50,"max":3,"avg":2.25}"#
      ),
      ("[1, 1.0, 2] | count-by", #"{"key":1,"count":2}"# + "\n" + #"{"key":2,"count":1}"#),
      ("[{a: 2}, {a: 1}, {}, {a: 1}, {a: 2}] | count-by .a | get key", "2\n1\nnull"),
      ("[{a: 1, b: 2}] | count-by .a .b | get key", #"{"a":1,"b":2}"#), ("[] | count-by", ""),
    ])
  func results(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == (expected.isEmpty ? "" : expected + "\n"), "\(run.errors)")
    #expect(run.errors == "")
  }

  @Test(
    "Rounding goes by the digits, however many",
    arguments: [
      ("2.5", "0", "3"), ("-2.5", "0", "-3"), ("2.4999999999999999999", "0", "2"), ("1.005", "2", "1.01"),
      ("2.675", "2", "2.68"), ("0.5", "0", "1"), ("-0.4", "0", "0"), ("9.99", "1", "10"), ("1.10", "2", "1.10"),
      ("1.100", "2", "1.1"), ("1250", "-2", "1300"), ("49", "-2", "0"), ("50", "-2", "100"), ("5", "-5", "0"),
      ("12345678901234567890.5", "0", "12345678901234567891"), ("1e400", "2", "1e400"), ("1e-400", "2", "0"),
      ("1e-99999999999999999999", "2", "0"), ("1e99999999999999999999", "-3", "1e99999999999999999999"),
      ("123e-2", "1", "1.2"), ("15e-1", "0", "2"), ("0.00", "1", "0"), ("-0", "0", "-0"), ("0.05", "1", "0.1"),
      ("0.95", "1", "1"), ("1.25e1", "0", "13"),
    ])
  func rounding(number: String, places: String, expected: String) async {
    let run = await ScriptRun("open - --as jsonl | round \(places)", standardInput: number)
    #expect(run.output == expected + "\n", "\(run.errors)")
  }

  @Test(
    "Up, down, and without a sign",
    arguments: [
      ("[1.2, -1.2, 3, -0.5, 1e-9, null, 4.0] | floor", "1\n-2\n3\n-1\n0\nnull\n4"),
      ("[1.2, -1.2, 3, -0.5, 1e-9, null, 4.0] | ceil", "2\n-1\n3\n0\n1\nnull\n4"),
      ("[-1.20, 3, -1e400, null] | abs", "1.20\n3\n1e400\nnull"), ("9.9 | floor", "9"),
      ("[99999999999999999999.5] | ceil", "100000000000000000000"),
    ])
  func directions(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(run.errors)")
  }

  @Test(
    "Histograms",
    arguments: [
      ("[] | histogram", ""), ("[null] | histogram --every 5", ""), ("[7, 7] | histogram", "7 7 2"),
      ("[-5, 0, 4.5] | histogram --every 5", "-5 0 1\n0 5 2"),
      ("[0.1, 0.3] | histogram --every 0.1", "0.1 0.2 1\n0.2 0.3 0\n0.3 0.4 1"),
      ("[0, 1, 2, 3, 4] | histogram --bins 2", "0 2 2\n2 4 3"),
      ("[1, 1.5] | histogram --bins 2", "1 1.25 1\n1.25 1.5 1"),
      (
        "range 1 11 | histogram | get count | collect | each { \"\\(. | first | one) \\(. | count) \\(. | sum)\" }", nil
      ),
      (
        #"["2026-01-31T23:30:00+01:00", "2026-02-01T00:59:59.999Z"] | histogram --every 1h"#,
        "2026-01-31T22:00:00.000Z 2026-01-31T23:00:00.000Z 1\n2026-01-31T23:00:00.000Z 2026-02-01T00:00:00.000Z 0\n2026-02-01T00:00:00.000Z 2026-02-01T01:00:00.000Z 1"
      ),
      (
        #"["2026-02-01T12:00:00Z"] | histogram --every 7d"#, "2026-01-26T00:00:00.000Z 2026-02-02T00:00:00.000Z 1"
      ),
      (
        #"["1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"] | histogram --bins 1"#,
        "1969-12-31T23:59:59.000Z 1970-01-01T00:00:00.000Z 2"
      ),
      (#"[{t: 3}] | histogram (.t * 2) --every 2"#, "6 8 1"), (#"[3] | histogram --every "2""#, "2 4 1"),
    ] as [(String, String?)])
  func histograms(script: String, expected: String?) async {
    let shown = expected == nil ? script : script + #" | each { "\(.from) \(.to) \(.count)" }"#
    let run = await ScriptRun(shown)
    #expect(run.status == 0, "\(run.errors)")
    if let expected { #expect(run.output == (expected.isEmpty ? "" : expected + "\n"), "\(run.errors)") }
  }

  @Test(
    "What is no number is told with the item that has it, and where the way out is",
    arguments: [
      (
        #"[{n: 1}, {id: "evt_1", n: "2"}] | sum .n"#, "'sum' adds numbers, got a string '2', in item 2 (evt_1)",
        "(.n | parse number)"
      ),
      (#"["x"] | avg"#, "'avg' takes numbers, got a string 'x', in item 1", ""),
      ("[{n: 1}] | median", "'median' takes numbers, got a record, in item 1", "median .field"),
      (#"["5"] | round"#, "'round' takes numbers, got a string '5', in item 1", "parse number | round"),
      ("[true] | sparkline", "'sparkline' draws numbers, got a boolean, in item 1", ""),
      (#"[{k: "x"}] | chart"#, "'chart' draws numbers, got a record, in item 1", "chart .label .value"),
      (#"[1, "x"] | histogram"#, "'histogram' takes numbers, as the first was one, got a string 'x', in item 2", ""),
      (#"["2026-01-31"] | histogram"#, "'histogram' takes numbers or times, got a string '2026-01-31'", ""),
    ])
  func wrongKind(script: String, message: String, help: String) async {
    let run = await ScriptRun(script)
    #expect(run.status == 1)
    #expect(run.errors.contains("error[type-mismatch]: \(message)"), "\(run.errors)")
    #expect(help.isEmpty || run.errors.contains(help), "\(run.errors)")
  }

  @Test(
    "Bounds",
    arguments: [
      ("[1, 1e9] | histogram --every 1", "too-large"), ("[1] | histogram --every 1 --bins 2", "bad-argument"),
      ("[1] | histogram --every 10m", "bad-argument"), ("[1] | histogram --every 0", "bad-argument"),
      ("[1] | histogram --every x", "bad-argument"), ("[1e38, 2e38] | histogram --bins 10000", "overflow"),
      ("[1e300] | histogram", "overflow"), ("[1e90, 1e-90] | histogram", "overflow"),
      (#"["2026-01-31T12:00:00Z", "2036-01-31T12:00:00Z"] | histogram --every 1ms"#, "too-large"),
      ("range 1 1001 | chart", "too-large"), ("[1] | percentile 101", "bad-argument"),
      ("[1] | percentile -1", "bad-argument"), ("[1] | percentile x", "bad-argument"),
      ("[9223372036854775807, 1] | sum", "overflow"), ("[12345678901234567890123] | stats", "overflow"),
    ])
  func bounds(script: String, code: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.contains("error[\(code)]"), "\(run.errors)")
  }

  private func drawing(_ script: String, width: Int) async -> String {
    await ScriptRun(script, rendering: RenderingOptions(isTerminal: true, width: width)).output
  }

  @Test("Bars fit the width, in blocks on a terminal and in ASCII elsewhere")
  func bars() async {
    let script = #"[{s: "dead", n: 2}, {s: "failed", n: 7}] | chart .s .n"#
    #expect(await drawing(script, width: 24) == "dead    ███▊           2\nfailed  █████████████  7\n")
    #expect(await ScriptRun(script + " --width 24").output == "dead    ####           2\nfailed  #############  7\n")
    // What goes on into a command is text for a file.
    #expect(await drawing(script + " --width 24 | upper", width: 24).contains("####"))
    #expect(
      await ScriptRun("[3, -2, 0, 5, null] | chart --width 20").output
        == "     #######      3\n#####             -2\n                  0\n     ###########  5\n\n")
    #expect(await ScriptRun("[-1, -2] | chart --width 20").output == "        ########  -1\n################  -2\n")
    #expect(await ScriptRun("[1e400, 1] | chart --width 20").output == "#############  1e400\n#              1\n")
    for line in await drawing(script, width: 100).split(separator: "\n") { #expect(line.count <= 100) }
  }

  @Test("A label that is long or hostile takes its part of the line and no more")
  func labels() async {
    let script = #"[["aaaaaaaaaaaaaaaaaaaa\u001b[2J", 1], ["b\nc", 2]] | chart"#
    let lines = await drawing(script, width: 30).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.allSatisfy { $0.count <= 30 && !$0.contains("\u{1B}") })
    #expect(lines.first?.hasPrefix("aaaaaaaaa…  ") == true)
  }

  @Test("Lines of small bars")
  func sparklines() async {
    #expect(await drawing("[1, 5, null, 8] | sparkline", width: 40) == "▁▅ █\n")
    #expect(await ScriptRun("[2, 2] | sparkline").output == "==\n")
    #expect(await ScriptRun("[] | sparkline").output == "\n")
    #expect(await ScriptRun("range 1 1000 | sparkline").output.count == 81)
    #expect(await ScriptRun("[1e400, -1e400, 0] | sparkline").output == "#_=\n")
  }
}
