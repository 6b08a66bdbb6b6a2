import Basics
import OrderedJSON
import TestSupport
import Testing

/// Characters of every category, as they get at a terminal from outside.
private enum Characters {
  /// All that a terminal may act on or that nobody can see, and a few of every other category.
  static let all: [Unicode.Scalar] = {
    var few: [Unicode.GeneralCategory: Int] = [:]
    return (0...0x10FFFF).compactMap { Unicode.Scalar($0 as UInt32) }.filter { scalar in
      if isForbidden(scalar) { return scalar.value < 0xE0080 || scalar.value & 0xFF == 0xFE }
      few[scalar.properties.generalCategory, default: 0] += 1
      return few[scalar.properties.generalCategory, default: 0] <= 3
    }
  }()

  /// Written apart from the product's own list: what must not reach a terminal.
  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200C, 0x200D, 0x600...0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD: return false
    case 0xAD, 0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0xFDD0...0xFDEF, 0xE0000...0xE0FFF: return true
    default: break
    }
    if scalar.value & 0xFFFE == 0xFFFE { return true }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// `a` and `b` around each.
  static var texts: [String] { all.map { "a\(Character($0))b" } }
  static var noNUL: [String] { all.filter { $0 != "\0" }.map { "a\(Character($0))b" } }
}

@Suite("No unsafe character of any category reaches a terminal", .timeLimit(.minutes(5)))
struct UnsafeCharacterTests {
  private let home: TemporaryFolder

  init() throws { home = try TemporaryFolder() }

  /// Of what was written, everything but our own sequences and the controls that lay out lines.
  private func check(_ terminal: PseudoTerminal, line: Int = #line) {
    #expect(terminal.screen.unknown.isEmpty, "line \(line): \(terminal.screen.unknown.prefix(3))")
    var isSequence = false
    var found: Set<UInt32> = []
    for scalar in String(decoding: terminal.received, as: UTF8.self).unicodeScalars {
      if isSequence {
        isSequence = scalar == "[" || !("@"..."~").contains(scalar)
      } else if scalar == "\u{1B}" {
        isSequence = true
      } else if Characters.isForbidden(scalar), !"\r\n\t\u{8}\u{7}".unicodeScalars.contains(scalar) {
        found.insert(scalar.value)
      }
    }
    #expect(found.isEmpty, "line \(line): \(found.sorted().map { String($0, radix: 16) })")
  }

  private func run(_ arguments: [String], environment: [String: String] = [:], line: Int = #line) throws {
    let terminal = try PseudoTerminal(
      [BuiltProgram.path("mittr")] + arguments,
      environment: ["HOME": home.path, "LC_ALL": "C.UTF-8"].merging(environment) { $1 })
    _ = terminal.exitStatus()
    check(terminal, line: line)
  }

  private func json(_ texts: [String]) -> String {
    JSONWriter.compact.string(.array(texts.map { .object(["t": .string($0), $0: .string("v")]) }))
  }

  @Test(
    "as results in every format, printed, in errors, warnings, notes and questions",
    arguments: ["auto", "lines", "jsonl", "json", "csv", "table"])
  func results(mode: String) throws {
    _ = home.write(json(Characters.texts), to: "all.json")
    let script = home.write(
      """
      let all = open "\(home.path)/all.json"
      $all | select t
      for x in $all { print $x.t; print --err $x.t; try { assert false $x.t } catch e { print $e.message } }
      $all | first 300
      assert false ($all | each { .t } | join " ")
      """, to: "script.mittr")
    try run(["-o", mode, script])
  }

  @Test("in the source line of an error and in its name")
  func sources() throws {
    for (number, texts) in stride(from: 0, to: Characters.noNUL.count, by: 40).enumerated() {
      let piece = Characters.noNUL[texts..<min(texts + 40, Characters.noNUL.count)].joined()
      let file = home.write("print \"\(piece)\" nope(\n", to: "script\(number).mittr")
      try run([file])
    }
    try run(["-c", "nope", "x"], environment: [:])
    try run([home.path + "/no\u{1B}[2J\u{202E}file"])
  }

  @Test("as options, variables and profiles")
  func options() throws {
    let text = Characters.noNUL.joined()
    for arguments in [
      ["--bogus" + text], ["--output", text], ["--output=" + text], ["--profile", text], ["--var", text], ["-" + text],
      ["--timeout", text], ["--base-url", text, "-c", "events list"], ["-c", text], [text],
    ] { try run(arguments, environment: ["MITTR_API_KEY": "mtr_x"]) }
  }

  @Test("in the welcome and the prompt")
  func prompt() throws {
    let text = Characters.noNUL.filter { !$0.contains(where: \.isWhitespace) }.joined()
    for url in ["http://\(text)/", "http://a\u{202E}b\u{1B}[2J\u{200B}\u{AD}\u{E0041}c/"] {
      let terminal = try PseudoTerminal(
        [BuiltProgram.path("mittr"), "--base-url", url],
        environment: ["HOME": home.path, "MITTR_API_KEY": "mtr_x", "LC_ALL": "C.UTF-8"], columns: 200)
      try terminal.wait(for: "the prompt") { $0.beforeCursor.hasSuffix("> ") }
      terminal.type("\u{4}")
      _ = terminal.exitStatus()
      check(terminal)
    }
  }

  @Test("in what is completed, its list, and the line that is typed, pasted and recalled")
  func lines() throws {
    let scalars = Characters.all.filter { $0 != "\0" && $0 != "/" }
    for (number, scalar) in scalars.enumerated().prefix(150) {
      _ = home.write("", to: "f\(number)\(Character(scalar))x")
    }
    mkdir(home.path + "/state", 0o700)
    mkdir(home.path + "/state/mittr", 0o700)
    let entries = Characters.texts.map { JSONWriter.compact.string(.string("\"" + $0 + "\"")) + "\n" }.joined()
    _ = home.write(entries, to: "state/mittr/history")
    let shell = try PseudoTerminal.shell(home: home, environment: ["LC_ALL": "C.UTF-8"], rows: 60)
    shell.type("open ~/f\t\t")
    try shell.wait(for: "the list") { $0.allLines.contains { $0.hasPrefix("\"~/f") || $0.hasPrefix("~/f") } }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    for _ in 0..<40 { shell.type("\u{1B}[A") }
    shell.type("\u{3}")
    try shell.waitForPrompt()
    let text = Characters.noNUL.filter { !$0.contains(where: \.isNewline) }.joined()
    shell.type(
      "\u{1B}[200~'\(text.unicodeScalars.filter { $0 != "\u{1B}" && $0 != "'" }.map { String($0) }.joined())' | length\u{1B}[201~"
    )
    shell.type("\r")
    try shell.waitForPrompt()
    shell.type("print typed\u{202E}\u{200B}\u{AD}\u{E0041}ok\r")
    try shell.wait(forLine: "typedok")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
    check(shell)
  }

  @Test("in a question and a notice")
  func questions() throws {
    let shell = try PseudoTerminal.shell(home: home, environment: ["LC_ALL": "C.UTF-8"])
    _ = home.write(json(Characters.texts), to: "all.json")
    shell.type("endpoints delete (open ~/all.json | each { .t } | join '')\r")
    try shell.wait(for: "the question") { $0.currentLine.hasSuffix("[y/N]") }
    shell.type("n\r")
    try shell.wait(forLine: "endpoints delete: nothing was changed")
    try shell.waitForPrompt()
    #expect(shell.leave() == 0)
    check(shell)
  }
}
