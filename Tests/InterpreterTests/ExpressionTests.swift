import Interpreter
import Testing

@Suite("Expressions")
struct ExpressionTests {
  @Test(
    "Values and operators",
    arguments: [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("7 / 2", "3.5"), ("6 / 2", "3"), ("7 % 4", "3"), ("-2 - -3", "1"),
      ("12345678901234567890", "12345678901234567890"), ("1.10", "1.10"), ("-0", "-0"), ("1e400", "1e400"),
      ("1.0 == 1", "true"), ("1e2 == 100", "true"), ("0.1 + 0.2 == 0.3", "true"), ("1e400 > 1e399", "true"),
      ("12345678901234567890 > 12345678901234567889", "true"), ("-1e400 < 0", "true"), ("0 == -0", "true"),
      (#""a" == "a""#, "true"), (#"1 == "1""#, "false"), ("null == null", "true"), ("null < 1", "false"),
      ("[1, 2] == [1.0, 2]", "true"), (#"{a: 1, b: 2} == {"b": 2, "a": 1}"#, "true"), (#""a" + "b""#, "ab"),
      ("[1] + [2]", "[1,2]"),
      ("{a: 1, b: {x: 1}} + {b: {y: 2}, c: 3}", #"{"a":1,"b":{"y":2},"c":3}"#), ("{} + {}", "{}"),
      ("{a: [1, 2]}.a.[0] + [3].[-1]", "4"), ("not true or true", "true"), ("not (true or true)", "false"),
      ("null ?? 2 ?? 3", "2"),
      ("false ?? 1", "false"), ("1 and 0", "true"), ("null and 1", "false"), ("2 in [1, 2]", "true"),
      (#"[1] contains 2"#, "false"), (#""abc" contains "bc""#, "true"), (#""abc" starts-with "ab""#, "true"),
      (#""abc" ends-with "ab""#, "false"), (#""order.created" like "order.*""#, "true"),
      (#""order" like "order.*""#, "false"), (#""abc" =~ "^a.c$""#, "true"), (#""abc" !~ "x""#, "true"),
      (#"{a: [10, {b: "x"}]}.a[1].b"#, "x"), ("[1, 2, 3][-1]", "3"), ("[1][5]", "null"), ("{a: 1}.b.c", "null"),
      (#"{"odd key": 1}."odd key""#, "1"), (#"{a: "s"}.a?.b"#, "null"), ("[[5]].0.0", "5"),
      (#""sum: \(1 + 2), \([1, "x"])""#, #"sum: 3, [1,"x"]"#), (#"'raw \(1) \n'"#, #"raw \(1) \n"#),
      (#""\u00e9\ud83d\ude80\t|""#, "é🚀\t|"), ("if 1 > 2 { \"a\" } else { \"b\" }", "b"),
      ("$env.NAME", "value"), ("[1, 2,\n 3,]", "[1,2,3]"), ("{a: 1,\n b: {c: 2},}", #"{"a":1,"b":{"c":2}}"#),
      (#"{"a":1,"a":2}"#, #"{"a":2}"#), ("\"\\([1, 2] | count) items\"", "2 items"), ("([1, 2] | count) + 1", "3"),
      ("9223372036854775807", "9223372036854775807"), (#"{"a" : 1.50}"#, #"{"a":1.50}"#),
    ])
  func value(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(run.errors)")
    #expect(run.status == 0)
  }

  @Test(
    "What cannot be computed is an error with a code and a place",
    arguments: [
      ("9223372036854775807 + 1", "overflow", "1:21"), ("1 / 0", "division-by-zero", "1:3"),
      (#"1 < "a""#, "type-mismatch", "1:3"), (#"1 + "a""#, "type-mismatch", "1:3"),
      (#""abc".x"#, "no-such-field", "1:7"),
      (#""a" =~ ("(" + "a")"#, "bad-pattern", "1:8"), ("[1][{}]", "bad-index", "1:4"), (".x", "no-item", "1:1"),
    ])
  func runtimeError(script: String, code: String, place: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[\(code)]"), "\(run.errors)")
    #expect(run.errors.contains("test.mittr:\(place)\n"), "\(run.errors)")
    #expect(run.status == 1)
    #expect(run.output == "")
  }
}
