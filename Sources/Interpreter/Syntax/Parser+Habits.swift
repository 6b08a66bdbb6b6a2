import OrderedJSON

/// What is said where an argument is written as another tool has it.
extension Parser {
  /// Refuses `> FILE` and its like behind a command's words, where they would be words themselves.
  ///
  /// - Parameter isPrint: whether the command prints, and gives nothing that could be saved.
  mutating func redirection(isPrint: Bool) -> Stop? {
    let first = token
    guard first.operation == .greater || first.operation == .less, first.isSpaced else { return nil }
    var last = index
    while !tokens[last + 1].isSpaced, tokens[last + 1].operation == .greater { last += 1 }
    let span = first.span.union(tokens[last].span)
    let file = tokens[last + 1]
    let sign = source.text(span)
    guard let advice = ForeignSign.redirections[sign], file.kind != .number,
      isWordPart(file.kind) || file.kind == .string || file.kind == .rawString
    else { return nil }
    let name = written(from: last + 1).span
    guard file.isSpaced || bytes[name.start..<name.end].contains(UInt8(ascii: ".")) else { return nil }
    var end = last + 1
    while tokens[end].end < name.end { end += 1 }
    guard isEnd(tokens[end + 1].kind) else { return nil }
    let command = advice.replacing("FILE", with: shown(name))
    return stop(
      .unexpectedToken, "'\(sign)' sends nothing elsewhere here", span,
      help: isPrint && sign != "<" ? "without print: … \(command)" : command)
  }

  private func isEnd(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .newline, .semicolon, .pipe, .end, .rightBrace, .rightParenthesis, .rightBracket: true
    default: false
    }
  }

  /// What to write instead of `now - 1h` and `--since 2h ago`, where the argument at hand is the one too many.
  mutating func timeAdvice(of command: Command, _ nameSpan: SourceSpan) -> String? {
    if text(token) == "ago", command.parameters.contains(where: { $0.shape == .time }) {
      return "a duration is that long ago by itself: leave out ago"
    }
    return source.text(nameSpan) == "now" ? agoAdvice(at: index) : nil
  }

  /// What to write instead of a `now` that something is added to or taken from.
  ///
  /// - Parameter sign: where the plus or the minus stands among the tokens.
  func agoAdvice(at sign: Int) -> String? {
    guard tokens.indices.contains(sign + 1), let operation = tokens[sign].operation,
      operation == .subtract || operation == .add
    else { return nil }
    let written = written(from: sign + 1).span
    guard tokens[sign + 1].kind == .word || tokens[sign + 1].kind == .number else { return nil }
    return operation == .subtract ? "so long ago: (ago \(shown(written)))" : "moved: (now | shift \(shown(written)))"
  }

  /// What a word may mean that stands as a value.
  func advice(insteadOfWord word: String) -> String {
    let isCommand = context.registry[word] != nil || context.registry.isGroup(word) || functions.contains(word)
    if word == "now", let advice = agoAdvice(at: index + 1) { return advice }
    if isCommand { return "to use a command's result: (\(word) …)" }
    if scopes.contains(where: { $0.contains(word) }) { return "the variable is $\(word)" }
    if let advice = comparisonAdvice(word) { return advice }
    if word.utf8.count == 1, index > 0, tokens[index - 1].isMinus, tokens[index - 1].isSpaced, !tokens[index].isSpaced {
      return "a flag is a whole word here; a field has a dot: -.\(word)"
    }
    if let advice = ForeignSign.advice(forWord: word) { return advice }
    if Duration(durationText: word) != nil { return "so long ago: (ago \(word)); a time moved: (… | shift \(word))" }
    return "a string needs quotes: \"\(word)\"; a field a dot: .\(word)"
  }

  /// `parse json '{…}'`: what a command works on comes from the pipe.
  func pipeAdvice(of command: Command, _ nameSpan: SourceSpan, isPiped: Bool) -> String? {
    guard command.input == .required, !isPiped else { return nil }
    let written = source.text(source.head(SourceSpan(nameSpan.start, previousEnd), limit: Self.longestShown))
    return "it works on what is piped into it: … | \(written == "parse json" ? "from json" : command.name)"
  }

  /// `--failed` for `--status failed`: the flag that takes such a word.
  func wordAdvice(_ word: String, of command: Command) -> String? {
    for parameter in command.parameters where parameter.isFlagLike {
      switch parameter.shape {
      case .choice(let words), .suggestion(let words):
        if words.contains(word) { return "did you mean --\(parameter.name) \(word)?" }
      default: continue
      }
    }
    return nil
  }

  /// What a flag of other tools is here.
  func flagAdvice(_ name: String, of command: Command) -> String? {
    switch name {
    case "json", "jsonl", "csv": "as text: … | to \(name); set-output \(name) shows all so"
    case "output", "format", "table": "set-output shows all in another form: help output"
    case "reverse", "descending":
      command.parameters.contains { $0.name == "desc" } ? "did you mean --desc?" : nil
    default: nil
    }
  }

  /// `alias f = events list --all`: words that are a text may be written without quotes, but for flags.
  func quotesAdvice(for command: Command) -> String? {
    let takesWords = command.parameters.contains { $0.form == .variadic && $0.shape == .text }
    return takesWords ? "what is no flag of \(command.name) goes in quotes" : nil
  }

  /// What an argument may mean for which a command has no place.
  mutating func strayAdvice(of command: Command) -> String? {
    let first = token
    if first.isMinus, following.kind == .word, !following.isSpaced { return letterAdvice(text(following), of: command) }
    if first.kind == .word, let other = context.registry[text(first)], other.topic == .streams, !other.changesData {
      return "a pipe goes before it: … | \(other.name)"
    }
    guard first.kind == .leftBrace || first.kind == .string || first.kind == .rawString || first.kind == .at,
      let flag = command.parameters.first, flag.form == .option, flag.shape == .bytes,
      command.parameters.allSatisfy({ $0.isFlagLike })
    else { return nil }
    return "did you mean --\(flag.name)?"
  }

  /// `-n 5`: a flag as most tools have it. Of what changes something none is proposed: `-f` and `-y` leave out a question.
  private func letterAdvice(_ letter: String, of command: Command) -> String {
    let flags = command.changesData ? [] : command.parameters.filter { $0.isFlagLike }
    let near = letter == "n" ? flags.filter { $0.name == "limit" } : flags.filter { $0.name.hasPrefix(letter) }
    return near.count == 1
      ? "did you mean --\(near[0].name)?" : "a flag is a whole word here, as help \(command.name) lists them"
  }

  /// `with body "x"`: a record without its braces.
  func recordAdvice(insteadOf value: JSONValue, _ shape: ParameterShape) -> String? {
    guard shape == .record, case .string(let word, _) = value, word.utf8.count <= Self.longestShown,
      word.utf8.allSatisfy({ byte in UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 })
    else { return nil }
    return "a record stands in braces: {\(word): …}"
  }

  /// `first .id`: what was meant of each item, where something is read once.
  func fieldAdvice(_ expression: Expression, _ shape: ParameterShape) -> String {
    guard case .integer = shape, case .path = expression.kind else { return "bind the value with let first" }
    return "it is a number; to take a field of each item: get \(shown(expression.span))"
  }

  /// `status = failed` in a condition: a field without its dot, and a text without its quotes.
  private func comparisonAdvice(_ word: String) -> String? {
    let sign = following
    guard hasItem, sign.isSpaced else { return nil }
    var operation: Operator
    var place = index + 2
    if let known = sign.operation, known.precedence == .comparison {
      operation = known
    } else if sign.kind == .assign || sign.kind == .word && text(sign) == "is" {
      operation = .equal
    } else if sign.kind == .word, let meant = ForeignSign.advice(forWord: text(sign)).flatMap(Operator.init) {
      operation = meant
    } else {
      return nil
    }
    if operation == .equal, text(sign) == "is", place < tokens.count, tokens[place].keyword == .not {
      operation = .notEqual
      place += 1
    }
    return "a field has a dot, a text quotes: .\(word) \(operation.sign) \(comparedText(at: place))"
  }

  /// What is compared with, as it is to be written: a word in quotes.
  private func comparedText(at place: Int) -> String {
    guard place < tokens.count else { return "…" }
    let span = written(from: place).span
    let first = tokens[place]
    guard !span.isEmpty, span.end - span.start <= Self.longestShown else { return "…" }
    let isWhole = first.span == span
    switch first.kind {
    case .string where isWhole, .rawString where isWhole, .number where isWhole: return source.text(span)
    case .word where isWhole && [.true, .false, .null].contains(first.keyword): return source.text(span)
    case .word where isWhole && first.isReserved: return "…"
    case .word, .number: return "\"\(source.text(span))\""
    default: return "…"
    }
  }

  /// What stands for the item of a block in other languages.
  static let foreignItems: Set = ["it", "item", "PSItem"]
  static let itemAdvice = "in each, where and the like the item is '.'"

  /// Refuses the parameters that blocks have in other languages: `each { |x| … }`.
  mutating func blockParameters() -> Stop? {
    let bar = tokens[index]
    guard bar.kind == .pipe, following.kind == .word, tokens[min(index + 2, tokens.count - 1)].kind == .pipe else {
      return nil
    }
    let name = text(following)
    return stop(
      .unexpectedToken, "a block has no parameters", bar.span.union(tokens[index + 2].span),
      help: "the item is '.'; to name it: let \(shown(following.span) == name ? name : "item") = .")
  }

  /// What is missing where the next item of a list or the next field of a record begins too early.
  mutating func commaAdvice(between things: String) -> String? {
    switch token.kind {
    case .word, .number, .string, .rawString, .dollar, .leftBrace, .leftBracket, .leftParenthesis, .dot, .at:
      "a comma stands between \(things)"
    default: nil
    }
  }

  /// The innermost open bracket, where it stands on a line above: it may be the one that is not closed.
  var openerAbove: SourceSpan? {
    mutating get {
      guard let opener = openers.last, isReporting else { return nil }
      return source.position(of: opener.start).line < source.position(of: token.span.start).line ? opener : nil
    }
  }
}
