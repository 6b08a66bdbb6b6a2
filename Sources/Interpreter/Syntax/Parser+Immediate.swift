import OrderedJSON

/// What cannot be meant otherwise is done at once: `events list --help`, `first -h`, `?`, `quit`.
extension Parser {
  /// Whether a pipeline begins with a `?` or with a word that ends the shell elsewhere.
  var isImmediate: Bool {
    mutating get {
      switch token.kind {
      case .question: context.registry["help"] != nil
      case .word, .other: index == 0 && leavingLength != nil
      default: false
      }
    }
  }

  mutating func immediate() throws(Stop) -> Pipeline.Head {
    let span = token.span
    guard token.kind == .question, let help = context.registry["help"] else {
      index = leavingLength ?? index
      return .statement(Statement(kind: .exit(nil), span: SourceSpan(span.start, previousEnd)))
    }
    advance()
    var arguments: [Argument] = []
    try commandArguments(of: help, nameSpan: span, isPiped: false, into: &arguments)
    return .command(
      CommandCall(
        callee: .command(help), nameSpan: span, arguments: arguments, span: SourceSpan(span.start, previousEnd)))
  }

  /// How many tokens `quit` and `\q` take, where they stand alone on a line that a person typed.
  private var leavingLength: Int? {
    guard context.mode == .interactive, depth == 0 else { return nil }
    let first = tokens[0]
    let length: Int
    switch first.kind {
    case .word where text(first) == "quit" && !functions.contains("quit"): length = 1
    case .other where text(first) == "\\" && tokens[1].kind == .word && !tokens[1].isSpaced && text(tokens[1]) == "q":
      length = 2
    default: return nil
    }
    let isAlone = tokens[length...].allSatisfy { $0.kind == .newline || $0.kind == .semicolon || $0.kind == .end }
    return isAlone ? length : nil
  }

  /// Whether `--help` stands here.
  mutating func asksHelp(about command: Command?) -> Bool {
    let flag = token
    return text(flag) == "--help" && command?.parameter(flag: "help") == nil
      && !(following.kind == .assign && !following.isSpaced)
  }

  /// Whether all that stands behind a command is `?` or `-h`, and no text that it takes.
  mutating func asksBriefly(about command: Command) -> Bool {
    let mark = index
    defer { index = mark }
    if token.kind == .question {
      advance()
    } else if token.isMinus, following.kind == .word, !following.isSpaced, text(following) == "h" {
      guard !command.parameters.contains(where: { $0.letter == "h" }) else { return false }
      advance()
      advance()
    } else {
      return false
    }
    guard isAtEndOfStage else { return false }
    switch command.parameters.first(where: { !$0.isFlagLike })?.shape {
    case .text?, .value?, .bytes?: return false
    default: return true
    }
  }

  /// Whether a group's name stands before `--help`, `-h` or `?`; then its page is noted as asked for.
  mutating func asksHelp(aboutGroup name: String, _ span: SourceSpan) -> Bool {
    guard context.registry[name] == nil, context.registry.isGroup(name),
      token.kind == .flag ? asksHelp(about: nil) : asksBriefly(about: .anyGroup)
    else { return false }
    askHelp(about: name, span)
    return askedHelp != nil
  }

  /// Passes over the rest of the stage, and notes whose page is asked for.
  mutating func askHelp(about name: String, _ span: SourceSpan) {
    guard context.registry["help"] != nil else { return }
    while !isAtEndOfStage {
      if let close = matchingBracket(ofOpening: index) { index = close }
      advance()
    }
    askedHelp = AskedHelp(subject: name, span: span)
  }

  /// The call that shows the page asked for. It takes the place of the pipeline's stages.
  func helpCall(_ span: SourceSpan) -> CommandCall {
    guard let askedHelp, let help = context.registry["help"] else { return missingCall }
    let words = askedHelp.subject.split(separator: " ").map { word in
      Argument(
        parameter: 0, content: .expression(Expression(kind: .literal(.string(String(word))), span: askedHelp.span)),
        span: askedHelp.span)
    }
    return CommandCall(
      callee: .command(help), nameSpan: askedHelp.span, arguments: words, span: SourceSpan(span.start, previousEnd))
  }

  func helpPipeline(from start: Int) -> Pipeline {
    let span = SourceSpan(start, max(start, previousEnd))
    return Pipeline(head: .command(helpCall(span)), tail: [], span: span)
  }

  private func matchingBracket(ofOpening index: Int) -> Int? {
    switch tokens[index].kind {
    case .leftBrace, .leftBracket, .leftParenthesis: matchingBracket(of: index)
    default: nil
    }
  }
}

extension Command {
  /// Stands for a group, which takes nothing.
  fileprivate static let anyGroup = Command(
    "", topic: .shell, "", input: .none, result: .nothing, examples: []
  ) { _ throws(Interruption) in .nothing }
}

/// Whose page a stage asks for. A class: each production on the way keeps room for it on the stack.
final class AskedHelp: Sendable {
  let subject: String
  let span: SourceSpan

  init(subject: String, span: SourceSpan) {
    self.subject = subject
    self.span = span
  }
}
