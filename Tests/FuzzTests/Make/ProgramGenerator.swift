import Interpreter

/// Makes programs by the language's grammar, with calls by the commands' own declarations. Nearly all of them are right,
/// so that they run.
struct ProgramGenerator {
  private var random: FuzzRandom
  private let commands: [Command]
  /// The names that stand for something here.
  private var variables = ["x", "args", "env"]
  private var functions: [String] = []
  /// What the functions take besides two values, each as a call may write it.
  private var moreArguments: [String: String] = [:]
  private var loops = 0
  private var isInFunction = false
  private var isInLoop = false

  static func program(_ random: inout FuzzRandom, commands: [Command]) -> [UInt8] {
    var generator = ProgramGenerator(random: FuzzRandom(seed: random.next()), commands: commands)
    var text = "let x = \(generator.expression(2))\n"
    for _ in 0..<1 + random.below(6) { text += generator.statement(depth: 0) + random.pick(["\n", "; ", "\n\n"]) }
    if random.once(in: 100) { text += "def again(n) { again ($n + 1) }\nagain 0\n" }
    return random.once(in: 12) ? random.spoilt(Array(text.utf8), pieces: ScriptGenerator.pieces) : Array(text.utf8)
  }

  private init(random: FuzzRandom, commands: [Command]) {
    self.random = random
    self.commands = commands
  }

  // MARK: Statements

  private mutating func statement(depth: Int) -> String {
    switch random.below(depth < 3 ? 20 : 8) {
    case 0: return "let \(newVariable()) = \(pipeline(depth))"
    case 1: return "set x = \(pipeline(depth))"
    case 2: return "assert \(expression(2))\(random.once(in: 2) ? " \(string())" : "")"
    case 3 where random.once(in: 6): return "exit \(random.below(300))"
    case 3: return "print \(expression(1)) \(random.once(in: 3) ? "--stderr" : "")"
    case 8: return "if \(expression(2)) \(block(depth)) else \(block(depth))"
    case 9, 10: return loop(depth)
    case 11:
      let cleanUp = random.once(in: 3) ? " finally \(block(depth))" : ""
      return "try \(block(depth)) catch err \(block(depth, binding: "err"))\(cleanUp)"
    case 12 where depth == 0: return function()
    case 13 where isInFunction: return "return \(pipeline(depth))"
    case 15 where isInLoop: return random.pick(["break", "continue"])
    case 16 where depth == 0: return "test \"t\" \(block(depth))"
    case 14: return "source \(random.pick(["library.mittr", "'missing.mittr'", "$x"]))"
    default: return pipeline(depth)
    }
  }

  private mutating func block(_ depth: Int, binding name: String? = nil) -> String {
    let (outer, count) = (variables, 1 + random.below(2))
    defer { variables = outer }
    if let name { variables.append(name) }
    return "{ " + (0..<count).map { _ in statement(depth: depth + 1) }.joined(separator: "; ") + " }"
  }

  /// Few and short, so that the time stays bounded.
  private mutating func loop(_ depth: Int) -> String {
    guard loops < 2 else { return pipeline(depth) }
    loops += 1
    let wasInLoop = isInLoop
    isInLoop = true
    defer {
      loops -= 1
      isInLoop = wasInLoop
    }
    let name = "i\(random.below(3))"
    return
      "for \(name) in \(random.pick(["[1, 2, 3]", "(events list)", "$x", "\"abc\"", "[{a: 1}, null]"])) \(block(depth, binding: name))"
  }

  /// It calls none of those behind it, so that it ends.
  private mutating func function() -> String {
    guard functions.count < 3 else { return pipeline(0) }
    let name = "f\(functions.count)"
    isInFunction = true
    let body = block(1, binding: "p")
    isInFunction = false
    functions.append(name)
    let more = random.pick([
      ("", ""), (", --limit = \(expression(1))", " --limit 2"), (", --dry-run", " --dry-run"), (", ...rest", " 3 4"),
    ])
    moreArguments[name] = more.1
    return "def \(name)(p, q = \(expression(1))\(more.0)) \(body)"
  }

  private mutating func newVariable() -> String {
    let name = "v\(random.below(5))"
    defer { variables.append(name) }
    return name
  }

  // MARK: Pipelines

  private mutating func pipeline(_ depth: Int) -> String {
    var stages = [random.once(in: 3) ? call(among: { $0.input != .required }, depth) : expression(3)]
    for _ in 0..<random.below(4) { stages.append(call(among: { $0.input != .none }, depth)) }
    return stages.joined(separator: " | ")
  }

  private mutating func call(among isWanted: (Command) -> Bool, _ depth: Int) -> String {
    if !functions.isEmpty, random.once(in: 10) {
      let name = random.pick(functions)
      return "\(name) \(expression(1).wrapped)\(random.once(in: 2) ? moreArguments[name] ?? "" : "")"
    }
    // Runs within runs take long.
    let command = random.pick(commands.filter { isWanted($0) && (depth == 0 || $0.name != "retry") })
    var words = [command.name]
    for parameter in command.parameters {
      switch parameter.form {
      case .positional:
        guard parameter.isRequired || random.once(in: 2) else { continue }
        words.append(argument(parameter.shape, depth))
      case .variadic: for _ in 0..<1 + random.below(2) { words.append(argument(parameter.shape, depth)) }
      case .option, .repeatedOption:
        if random.once(in: 5) { words.append("--\(parameter.name) \(argument(parameter.shape, depth))") }
      case .flag: if random.once(in: 5) { words.append("--\(parameter.name)") }
      }
    }
    if random.once(in: 40) { words.append("--explain") }
    return words.joined(separator: " ")
  }

  private mutating func argument(_ shape: ParameterShape, _ depth: Int) -> String {
    guard !random.once(in: 12) else {
      return random.pick(["$x", ".a", "(\(expression(2)))", "@notes.txt", "''", string()])
    }
    switch shape {
    case .text, .bytes:
      return random.once(in: 3)
        ? string() : random.pick(["a", "order.created", "','", "'(a+)+$'", "'\\d+|b*'", "@notes.txt"])
    case .choice(let words), .suggestion(let words): return words.isEmpty ? "a" : random.pick(words)
    case .identifier: return random.pick(["evt_1", "ep_1", ".id", "$x", "''"])
    case .integer: return random.pick(["0", "1", "2", "-1", "1000", "9223372036854775807", ".n"])
    case .boolean: return random.pick(["true", "false"])
    case .duration: return random.pick(["0s", "1s", "90m", "7d", "1h30m", "999999999999d", "-1s"])
    case .rate: return random.pick(["1/s", "1000/s", "0/s", "5/m"])
    case .time: return random.pick(["2h", "2026-01-01T00:00:00Z", "2026-02-30", "9999-12-31T23:59:60+23:59", "0d"])
    case .value, .record: return random.once(in: 2) ? record() : expression(1).wrapped
    case .file:
      return random.pick([
        "events.jsonl", "notes.txt", "data.csv", "data.json", "out-\(random.below(3)).jsonl", "-", "'missing'",
      ])
    case .expression: return expression(3)
    case .block: return block(depth + 1)
    case .key: return random.pick([".a", "-.n", "(.a)", "(\(expression(2)))", "payload.amount", "[0]"])
    case .path:
      return random.pick(["a", ".a.b", "payload.amount", "[0]", ".\"x y\"", "id", ".n", ".a?.b", "\"\\ud83d\""])
    }
  }

  // MARK: Expressions

  private mutating func expression(_ depth: Int) -> String {
    guard depth > 0 else { return atom() }
    switch random.below(14) {
    case 0...4: return atom()
    case 5: return "[\((0..<random.below(4)).map { _ in expression(depth - 1) }.joined(separator: ", "))]"
    case 6: return record()
    case 7:
      return
        "(\(expression(depth - 1)))\(random.pick(["", ".a", "[0]", "?.a", ".\"b c\"", "[-1]", "[\(expression(0))]"]))"
    case 8: return "-(\(expression(depth - 1)))"
    case 9: return "(if \(expression(depth - 1)) { \(expression(depth - 1)) } else { \(expression(depth - 1)) })"
    case 10: return "not (\(expression(depth - 1)))"
    default: return "(\(expression(depth - 1)) \(random.pick(Self.operators)) \(expression(depth - 1)))"
    }
  }

  private mutating func atom() -> String {
    switch random.below(9) {
    case 0, 1: random.pick(FuzzRandom.numbers + ["2", "3", "0.5"])
    case 2: string()
    case 3: random.pick(["true", "false", "null", "@notes.txt", "@data.json"])
    case 4: "$\(random.pick(variables))"
    case 5: "$\(random.pick(variables))\(random.pick([".a", ".0", ".id", "?.n", "[1]", ".payload.amount", ".NAME"]))"
    case 6: random.pick(FuzzRandom.awkwardJSON)
    case 7: random.pick(["[3, 1, 2]", "[{a: 1, n: 2}, {a: null, \"x y\": \"z\"}]", "{a: {b: [1, 2]}, n: 5}"])
    default:
      random.pick(["'raw'", "'a,b;c'", "'{\"a\": [1, \"\\ud83d\"]}'", "\"2026-01-31T12:00:00Z\"", "'id,n\n1,2\n'"])
    }
  }

  private mutating func record() -> String {
    let keys = ["a", "b", "\"x y\"", "id", "n", "\"\\ud83d\"", "payload", "'k'", "url", "eventType"]
    return "{\((0..<random.below(4)).map { _ in "\(random.pick(keys)): \(expression(1))" }.joined(separator: ", "))}"
  }

  private mutating func string() -> String {
    random.pick([
      "\"\"", "\"abc\"", "\"caf\\u00e9 \\ud83d\\ude80\"", "\"\\ud83d\"", "\"n: \\($x)\"", "\"\\(1 + 2)\\n\"",
      "\"a,b,c\"",
      "\"\\ufeff[1]\"", "\"e\u{301}\"", "\"\\u0000\"", "\"(\"", "\"[a-z]+\"", "\"{id} {n}\"", "\"1;2\"", "\"order.*\"",
      "\"\u{202E}x\"",
    ])
  }

  private static let operators = [
    "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "in", "contains", "starts-with", "ends-with",
    "like", "and", "or", "??",
  ]
}

extension String {
  /// In parentheses, as an argument that is an expression needs it.
  fileprivate var wrapped: String { "(\(self))" }
}
