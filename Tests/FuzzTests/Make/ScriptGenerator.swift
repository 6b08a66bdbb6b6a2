import Foundation
import ShellCommands

@testable import Interpreter

/// Makes hostile scripts out of right ones and of the language's words.
enum ScriptGenerator {
  /// All golden scripts.
  static let scripts: [[UInt8]] = {
    let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Golden"
    let files = FileManager.default.subpaths(atPath: folder) ?? []
    return files.filter { $0.hasSuffix(".mittr") }.sorted()
      .compactMap { FileManager.default.contents(atPath: "\(folder)/\($0)").map { [UInt8]($0) } }
  }()
  /// Texts that are right, to be spoilt.
  private static let corpus: [[UInt8]] = {
    let commands = CommandRegistry.shell.commands.flatMap { $0.examples.map { $0.script } }
    let statements = StatementPage.all.flatMap { $0.examples.map { $0.script } }
    return scripts + (commands + statements).map { Array($0.utf8) }
  }()

  static func script(_ random: inout FuzzRandom) -> [UInt8] {
    switch random.below(10) {
    case 0: random.bytes(random.below(200))
    case 1, 2, 3: tokens(&random)
    default: random.spoilt(random.pick(corpus), others: corpus, pieces: pieces)
    }
  }

  private static func tokens(_ random: inout FuzzRandom) -> [UInt8] {
    var text = ""
    for _ in 0..<random.below(40) { text += random.pick(pieces) + (random.once(in: 4) ? "" : " ") }
    return Array(text.utf8)
  }

  static let pieces =
    [
      "(", ")", "[", "]", "{", "}", "|", ";", "\n", "\r\n", ",", ":", "$", ".", "?", "??", "@", "@-", "+", "-", "*",
      "/",
      "%", "=", "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "\"", "'", "\\", "\\(", "\\\n", "#", "--", "--all", "&",
      "\"a\\(1)b\"", "\"\\u00e9\"", "\"\\ud800\"", "'raw'", "0", "-0", "1.10", "1e400", "9223372036854775807", "007",
      "2h",
      "$x", "$in", "$_", "$args.0", "$env.NAME", ".a", ".a?.b", ".[0]", ".0", "[1, 2]", "{a: 1}", "{\"a\": [null]}",
      "let x =", "set x =", "def f(a, b = 2) {", "def f(--a = 1, --b, ...c) {", "test \"t\" {", "...", "f 1", "each {",
      "where", "é", "\u{202E}", "\u{FEFF}", "\0", "\t",
      "first 2", "count", "select a", "sort-by", "open events.jsonl", "print", "one", "sum", "collect", "help",
      "sort-by -(.a)", "count-by .a .b", "slice -2 1", "range 1 3", "zip [1]", "chunk 2", "lookup [] .a .b --as c",
      "rename a b", "merge {b: 1}", "entries", "diff", "histogram --bins 2", "chart", "round 1", "percentile 50",
    ] + words
  private static let words = [
    "break", "continue", "finally", "test", "throw", "retry", "main", "$script",
    "let", "set", "if", "else", "for", "in", "def", "return", "try", "catch", "assert", "source", "exit", "true",
    "false",
    "null", "and", "or", "not", "contains", "starts-with", "ends-with", "like", "events", "list",
  ]
}
