import Foundation
import Interpreter
import OrderedJSON
import TestSupport
import Testing

@Suite("Arithmetic is decimal, and exact")
struct ArithmeticTests {
  @Test(
    "What people compute",
    arguments: [
      ("0.1 + 0.2", "0.3"), ("0.1 + 0.2 == 0.3", "true"), ("100 * 1.1", "110"), ("1.10 + 0", "1.1"),
      ("1764273600.413 - 1764273599.557", "0.856"), ("7 / 2", "3.5"), ("1 / 3", "0.33333333333333333"),
      ("2 / 3", "0.66666666666666667"), ("-1 / 3", "-0.33333333333333333"), ("10 / 4.0", "2.5"), ("6.0 / 2", "3"),
      ("5.5 % 2", "1.5"), ("-5.5 % 2", "-1.5"), ("1e3 + 1", "1001"), ("1e400 * 2", "2e+400"), ("1.5e-10 * 2", "3e-10"),
      ("0.000001 / 10", "0.0000001"), ("0.1 * 0", "0"), ("-0.5 * 0", "0"), ("1e20 + 0.5", "100000000000000000000.5"),
      ("1e20 * 1", "1e+20"), ("9007199254740993.0 + 2", "9007199254740995"),
      ("9223372036854775807.0 + 0", "9223372036854775807"), ("9223372036854775807.5 + 0.5", "9.223372036854775808e+18"),
      ("0.12345678901234567890123456789012345678 + 1", "1.1234567890123456789012345678901234568"),
      ("1e30 + 1e-30", "1e+30"), ("9e18 + 0.1 - 9e18", "0.1"), ("-(0.1 + 0.2)", "-0.3"),
      ("[0.1, 0.2, 0.3] | sum", "0.6"), ("(2.5 - 0.5) * 3", "6"), ("12345678901.25 / 2.5", "4938271560.5"),
      ("9223372036854775807 / 1", "9223372036854775807"), ("1.005 * 1000", "1005"),
    ])
  func common(script: String, expected: String) async {
    let run = await ScriptRun(script)
    #expect(run.output == expected + "\n", "\(run.errors)")
  }

  @Test(
    "What cannot be is an error",
    arguments: [
      ("9223372036854775807 + 1", "overflow"), ("1.5 / 0", "division-by-zero"), ("1.5 % 0.0", "division-by-zero"),
      ("12345678901234567890 + 0.5", "overflow"), ("1e500 % 7", "overflow"), ("1e1000000000000000 * 10", "overflow"),
      ("1e99999999999999999999 + 1", "overflow"),
    ])
  func impossible(script: String, code: String) async {
    let run = await ScriptRun(script)
    #expect(run.errors.hasPrefix("error[\(code)]"), "\(run.errors)")
    #expect(run.status == 1)
  }

  @Test(
    "Two times compare by the instant that they name; other texts, and ==, by their letters",
    arguments: [
      (#""2026-11-27T20:00:00.413Z" >= "2026-11-27T20:00:00Z""#, true),
      (#""2026-11-27T20:30:00.000Z" < "2026-11-27T22:00:00+02:00""#, false),
      (#""2026-11-27T22:00:00+02:00" <= "2026-11-27T20:00:00Z""#, true),
      (#""2026-11-27T22:00:00+02:00" == "2026-11-27T20:00:00Z""#, false),
      (#""2026-11-27T20:00:00.0001Z" > "2026-11-27T20:00:00.00009Z""#, true),
      (#""2026-11-27T20:00:00.1000Z" > "2026-11-27T20:00:00.1Z""#, false),
      (#""2026-11-27" < "2026-11-27T00:00:00Z""#, true), (#""2026-11-27T20:00" < "2026-11-27T19:00Z""#, false),
      (#""9" < "10""#, false), (#""2026-02-30T00:00:00Z" < "2026-02-28T00:00:00Z""#, false),
    ])
  func times(script: String, expected: Bool) async {
    let run = await ScriptRun(script)
    #expect(run.output == "\(expected)\n", "\(run.errors)")
  }

  @Test("Times compare by instant whatever their offsets and fractions", arguments: 0..<10)
  func generatedTimes(seed: UInt64) async {
    var random = SplitMix64(seed: seed)
    // Few instants, so that many are equal.
    func time() -> (text: String, tenths: Int) {
      let (minute, tenths) = (Int.random(in: 0..<3, using: &random), Int.random(in: 0..<20, using: &random))
      let offset = Int.random(in: -11...11, using: &random)
      let hour = 12 + offset
      let zeros = String(repeating: "0", count: Int.random(in: 0..<6, using: &random))
      let fraction = tenths % 10 == 0 && zeros.isEmpty ? "" : ".\(tenths % 10)\(zeros)"
      let zone =
        offset == 0 ? "Z" : "\(offset < 0 ? "-" : "+")\(offset.magnitude < 10 ? "0" : "")\(offset.magnitude):00"
      let text = "2026-03-01T\(hour < 10 ? "0" : "")\(hour):0\(minute):0\(tenths / 10)\(fraction)\(zone)"
      return (text, minute * 600 + tenths)
    }
    let pairs = (0..<30).map { _ in (time(), time()) }
    let script = pairs.map { left, right in
      #""\#(left.text)" < "\#(right.text)"; "\#(left.text)" >= "\#(right.text)""#
    }
    let run = await ScriptRun(script.joined(separator: "\n"))
    let expected = pairs.flatMap { left, right in [left.tenths < right.tenths, left.tenths >= right.tenths] }
    #expect(run.output.split(separator: "\n").map(String.init) == expected.map { "\($0)" }, "\(run.errors)")
    let sorted = await ScriptRun("[\(pairs.map { #""\#($0.0.text)""# }.joined(separator: ", "))] | sort-by")
    let places = pairs.map { $0.0 }.enumerated().sorted {
      ($0.element.tenths, $0.offset) < ($1.element.tenths, $1.offset)
    }
    #expect(sorted.output.split(separator: "\n").map(String.init) == places.map { $0.element.text }, "\(sorted.errors)")
  }

  @Test(
    "Exponents at the ends of what 64 bits hold end nothing",
    arguments: [
      "-9223372036854775808", "9223372036854775807", "-9223372036854775809", "9223372036854775808", "-99", "101",
    ],
    ["1", "-1.5", "0.0", "0"])
  func farExponents(power: String, mantissa: String) async {
    let number = "\(mantissa)e\(power)"
    for command in [
      "round", "floor", "ceil", "abs", "round -100", "format number", "format bytes", "format duration", "sum",
    ] {
      let run = await ScriptRun("[\(number)] | \(command)")
      #expect(run.status == 0 || run.errors.hasPrefix("error[overflow]"), "\(command): \(run.errors)")
    }
    for sign in ["+", "-", "*", "/", "%", "<"] {
      for other in ["7", number] {
        let run = await ScriptRun("\(number) \(sign) \(other)")
        let isTold = run.errors.hasPrefix("error[overflow]") || run.errors.hasPrefix("error[division-by-zero]")
        #expect(run.status == 0 || isTold, "\(sign): \(run.errors)")
      }
    }
  }

  /// Made by `scripts/check-arithmetic --pin`, from Python's decimal.
  @Test("The same as another implementation")
  func vectors() async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Arithmetic/decimal.tsv")
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(rows.count >= 2000)
    let script = rows.map { "try { print (\($0[0]) \($0[1]) \($0[2])) } catch e { print E }" }
    let run = await ScriptRun(script.joined(separator: "\n"))
    let results = run.output.split(separator: "\n")
    #expect(results.count == rows.count, "\(run.errors.prefix(500))")
    for (row, result) in zip(rows, results) {
      let isSame = result == "E" || row[3] == "E" ? result == row[3] : Self.areEqual(result, row[3])
      #expect(isSame, "\(row[0]) \(row[1]) \(row[2]) is \(row[3]), not \(result)")
    }
  }

  private static func areEqual(_ left: Substring, _ right: Substring) -> Bool {
    guard let left = JSONNumber(String(left)), let right = JSONNumber(String(right)) else { return false }
    return Number.compare(left, right) == 0
  }
}
