/// What may stand at a place in a line, read from the declarations alone: it never asks a server.
public struct Completer: Sendable {
  public struct Candidate: Sendable, Hashable {
    public let text: String
    public let summary: String
    /// Whether a space should follow.
    public let isWhole: Bool
  }

  public struct Completion: Sendable {
    /// The UTF-8 offsets of the word that a candidate replaces.
    public let replacing: Range<Int>
    public let candidates: [Candidate]
  }

  private let registry: CommandRegistry
  private let variables: [String]
  private let functions: [String]

  /// - Parameter variables: names that `$` may refer to.
  public init(registry: CommandRegistry, variables: [String] = [], functions: [String] = []) {
    self.registry = registry
    self.variables = variables
    self.functions = functions
  }

  /// - Parameter cursor: a UTF-8 offset; what stands behind it is not looked at.
  public func complete(_ text: String, at cursor: Int) -> Completion {
    let bytes = Array(text.utf8)
    let cursor = min(max(0, cursor), bytes.count)
    let start = wordStart(bytes, before: cursor)
    let word = String(decoding: bytes[start..<cursor], as: UTF8.self)
    let before = stageWords(bytes, before: start)
    return Completion(
      replacing: start..<cursor, candidates: candidates(for: word, after: before).filter { $0.text.hasPrefix(word) })
  }

  private func wordStart(_ bytes: [UInt8], before cursor: Int) -> Int {
    let separators: Set<UInt8> = Set(" \t\n|;(){}[]\"'".utf8)
    var start = cursor
    while start > 0, !separators.contains(bytes[start - 1]) { start -= 1 }
    return start
  }

  /// The words of the stage that the cursor stands in.
  private func stageWords(_ bytes: [UInt8], before end: Int) -> [String] {
    var words: [String] = []
    for token in Lexer.tokens(bytes, in: 0..<end) {
      switch token.kind {
      case .pipe, .semicolon, .newline, .leftBrace, .leftParenthesis: words = []
      case .end: break
      default:
        let text = String(decoding: bytes[token.span.start..<token.span.end], as: UTF8.self)
        if token.isSpaced || words.isEmpty { words.append(text) } else { words[words.count - 1] += text }
      }
    }
    return words
  }

  private func candidates(for word: String, after words: [String]) -> [Candidate] {
    if word.hasPrefix("$") {
      return variables.sorted().map { Candidate(text: "$" + $0, summary: "", isWhole: false) }
    }
    guard let first = words.first else { return firstWords }
    if words.count == 1, registry.isGroup(first) {
      let members = registry.members(of: first).map { command in
        Candidate(text: String(command.name.dropFirst(first.count + 1)), summary: command.summary, isWhole: true)
      }
      if registry[first] == nil { return members }
    }
    if first == "help" { return helpWords(after: words) }
    guard let command = registry[words.prefix(2).joined(separator: " ")] ?? registry[first] else { return [] }
    return arguments(of: command, for: word, after: words)
  }

  private var firstWords: [Candidate] {
    var seen: Set<String> = []
    var candidates: [Candidate] = []
    for command in registry.commands {
      let word = String(command.name.prefix { $0 != " " })
      guard seen.insert(word).inserted else { continue }
      let members = registry.members(of: word).map { $0.name.dropFirst(word.count + 1) }
      candidates.append(
        Candidate(
          text: word, summary: registry[word]?.summary ?? members.joined(separator: ", "), isWhole: true))
    }
    candidates += Parser.statementWords.map { Candidate(text: $0, summary: "", isWhole: true) }
    return candidates + functions.map { Candidate(text: $0, summary: "a function of yours", isWhole: true) }
  }

  private func helpWords(after words: [String]) -> [Candidate] {
    if words.count == 1 {
      let known = firstWords.filter { registry[$0.text] != nil || registry.isGroup($0.text) }
      let language = ["language"] + StatementPage.all.flatMap { $0.words }
      return known + language.map { Candidate(text: $0, summary: "", isWhole: true) }
    }
    return words.count > 2
      ? []
      : registry.members(of: words[1]).map { command in
        Candidate(text: String(command.name.dropFirst(words[1].count + 1)), summary: command.summary, isWhole: true)
      }
  }

  private func arguments(of command: Command, for word: String, after words: [String]) -> [Candidate] {
    if let flag = words.last, flag.hasPrefix("--"),
      let parameter = command.parameters.first(where: { $0.isFlagLike && $0.label == flag }), parameter.form != .flag
    {
      return values(of: parameter)
    }
    if word.hasPrefix("-") {
      return command.parameters.filter { $0.isFlagLike && ($0.form == .repeatedOption || !words.contains($0.label)) }
        .map { Candidate(text: $0.label, summary: $0.summary, isWhole: true) } + explain(command, words)
    }
    let given = words.dropFirst(command.name.split(separator: " ").count).filter { !$0.hasPrefix("--") }.count
    let positional = command.parameters.filter { !$0.isFlagLike }
    guard
      let parameter = given < positional.count ? positional[given] : positional.last(where: { $0.form == .variadic })
    else { return [] }
    return values(of: parameter)
  }

  private func explain(_ command: Command, _ words: [String]) -> [Candidate] {
    let flag = "--" + Command.explainFlag
    guard command.requests != nil, !words.contains(flag) else { return [] }
    return [Candidate(text: flag, summary: Command.explainSummary, isWhole: true)]
  }

  private func values(of parameter: ParameterDeclaration) -> [Candidate] {
    switch parameter.shape {
    case .choice(let words), .suggestion(let words):
      words.map { Candidate(text: $0, summary: "", isWhole: true) }
    case .boolean: ["true", "false"].map { Candidate(text: $0, summary: "", isWhole: true) }
    default: []
    }
  }
}
