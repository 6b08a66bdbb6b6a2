import Basics
import OrderedJSON

extension Parser {
  /// The reserved words that start a statement.
  static let statementWords = Keyword.allCases.filter { $0.startsStatement || $0 == .if }.map { $0.rawValue }

  /// Statements up to the end or a closing bracket. One that fails is reported and skipped.
  mutating func statements() -> [Statement] {
    var statements: [Statement] = []
    while true {
      while token.kind == .newline || token.kind == .semicolon { advance() }
      if hasEnough { index = tokens.count - 1 }
      if isClosing(token.kind) { return statements }
      let start = index
      do throws(Stop) {
        let statement = try pipedStatement()
        // What stands in a bracket is part of the tree that is checked with the statement around.
        if keepsStatements || depth > 0 { statements.append(statement) }
        guard token.kind == .newline || token.kind == .semicolon || isClosing(token.kind) else {
          throw unexpected("the end of the statement", help: signHelp)
        }
      } catch {
        statements += error.statement.map { [$0] } ?? []
        recover(from: start)
      }
    }
  }

  /// A statement. What the blocks of `if`, `for` and `try` yield may go into a pipe.
  private mutating func pipedStatement() throws(Stop) -> Statement {
    let first = try statement()
    let head: Pipeline.Head
    switch first.kind {
    case .loop, .attempt: head = .statement(first)
    case .conditional(let conditional): head = .expression(effect(.conditional(conditional), first.span))
    default: return first
    }
    let pipeline: Pipeline
    do throws(Stop) { pipeline = try self.pipeline(from: first.span.start, head) } catch {
      throw unfinished(error, from: first.span.start)
    }
    return pipeline.tail.isEmpty ? first : Statement(kind: .pipeline(pipeline), span: pipeline.span)
  }

  private func isClosing(_ kind: Token.Kind) -> Bool {
    switch kind {
    case .end, .rightBrace, .rightParenthesis, .rightBracket: true
    default: false
    }
  }

  mutating func statement() throws(Stop) -> Statement {
    let start = token.span.start
    let kind: Statement.Kind
    do throws(Stop) { kind = try statementKind() } catch {
      throw unfinished(error, from: start)
    }
    return Statement(kind: kind, span: SourceSpan(start, max(start, previousEnd)))
  }

  private mutating func statementKind() throws(Stop) -> Statement.Kind {
    guard token.kind == .word else {
      if token.operation != nil, !token.isMinus {
        throw unexpected("a statement", help: "an operator that joins two lines ends the first one")
      }
      return .pipeline(try pipeline())
    }
    switch statementKeyword {
    case .let: return try binding()
    case .set: return try assignment()
    case .if:
      do throws(Stop) { return .conditional(try conditional()) } catch {
        throw error.conditional.map { unfinished(.conditional($0)) } ?? error
      }
    case .for: return try loop()
    case .def: return .function(try function())
    case .return:
      guard isInFunction else {
        _ = stop(.misplacedReturn, "'return' stands in no function", token.span, help: "exit ends the script")
        throw unfinished(.missing(.return, name: nil))
      }
      advance()
      guard !isAtEndOfStatement else { return .returns(nil) }
      do throws(Stop) { return .returns(try pipeline()) } catch { throw unfinished(.returns(error.pipeline)) }
    case .try: return try attempt()
    case .assert: return try assertion()
    case .source: return try sourceStatement()
    case .exit:
      advance()
      guard !isAtEndOfStatement else { return .exit(nil) }
      do throws(Stop) { return .exit(try expression()) } catch { throw unfinished(.exit(error.expression)) }
    case .break, .continue: return try leavingLoop()
    case .test where startsTest: return try test()
    case .else, .catch: throw unexpected("a statement")
    case nil where token.isReserved: throw unexpected("a statement")
    default: return .pipeline(try pipeline())
    }
  }

  var isAtEndOfStatement: Bool {
    mutating get {
      let kind = token.kind
      return kind == .newline || kind == .semicolon || isClosing(kind)
    }
  }

  private mutating func assertion() throws(Stop) -> Statement.Kind {
    advance()
    let condition: Expression
    do throws(Stop) { condition = try expression() } catch {
      throw unfinished(.assertion(error.expression ?? missing, message: nil))
    }
    guard !isAtEndOfStatement else { return .assertion(condition, message: nil) }
    do throws(Stop) { return .assertion(condition, message: try expression()) } catch {
      throw unfinished(.assertion(condition, message: error.expression))
    }
  }

  private mutating func binding() throws(Stop) -> Statement.Kind {
    let name = try name(behind: .let)
    do throws(Stop) { try expectAssign() } catch { throw unfinished(.missing(.let, name: name.span)) }
    let value: Pipeline
    do throws(Stop) { value = try pipeline() } catch {
      throw unfinished(.bind(name: name.text, error.pipeline ?? missingPipeline))
    }
    noteBinding(of: name.text, name.span)
    scopes[scopes.count - 1].insert(name.text)
    return .bind(name: name.text, value)
  }

  private mutating func assignment() throws(Stop) -> Statement.Kind {
    let name = try name(behind: .set)
    checkVariable(name.text, name.span)
    mutated.insert(name.text)
    bindings.forget(name.text)
    do throws(Stop) { try expectAssign() } catch { throw unfinished(.missing(.set, name: name.span)) }
    do throws(Stop) { return .assign(name: name.text, try pipeline()) } catch {
      throw unfinished(.assign(name: name.text, error.pipeline ?? missingPipeline))
    }
  }

  /// The variable behind the first word of a statement.
  mutating func name(behind keyword: Keyword) throws(Stop) -> (text: String, span: SourceSpan) {
    advance()
    let span = token.span
    do throws(Stop) { return (try variableName(), span) } catch { throw unfinished(.missing(keyword, name: nil)) }
  }

  private mutating func expectAssign() throws(Stop) {
    guard skip(.assign) else { throw unexpected("'='", help: "a = stands before the value") }
    skipNewlines()
  }

  mutating func variableName() throws(Stop) -> String {
    if token.kind == .dollar {
      throw unexpected("a name", help: "leave out the $ here")
    }
    if token.kind == .flag, text(token) == "--keep" {
      throw unexpected("a name", help: "def --keep keeps a function; what init.mittr binds is there at each start")
    }
    // Finding the token may change the parser, which is copied first where that happens in an argument of its methods.
    let token = self.token
    guard token.kind == .word else { throw unexpected("a name") }
    guard !token.isReserved else {
      throw stop(.reservedWord, "'\(text(token))' is a word of the language and cannot be a name", token.span)
    }
    let name = text(token)
    guard !ParsingContext.predefinedVariables.contains(name) else {
      throw stop(.reservedWord, "$\(name) is set by the shell", token.span)
    }
    guard !name.contains("-"), !startsWithDigit(token) else {
      throw stop(
        .badName, "'\(shown(token.span))' cannot be a variable's name", token.span,
        help: "a letter or _, then letters, digits and _ can")
    }
    advance()
    return name
  }

  func startsWithDigit(_ token: Token) -> Bool { isDigit(bytes[Int(token.start)]) }

  /// Moves behind a word that goes on with the statement, here or on a line further down.
  mutating func skipTo(_ keyword: Keyword) -> Bool {
    let mark = index
    skipNewlines()
    guard statementKeyword == keyword else {
      index = mark
      return false
    }
    advance()
    return true
  }

  /// What the word at hand means where a statement may stand. A function of the same name comes before a word that is
  /// not reserved.
  var statementKeyword: Keyword? {
    guard let keyword = tokens[index].keyword, keyword.isReserved || !functions.contains(keyword.rawValue) else {
      return nil
    }
    return keyword
  }

  private mutating func leavingLoop() throws(Stop) -> Statement.Kind {
    let word = text(token)
    guard bindings.isInLoop else {
      _ = stop(
        .misplacedBreak, "'\(word)' stands in no loop", token.span,
        help: "it leaves a for; where and first end a stream, return a function")
      throw unfinished(.missing(token.keyword, name: nil))
    }
    let kind: Statement.Kind = token.keyword == .break ? .breaks : .continues
    advance()
    return kind
  }

  /// Whether a name follows: `test` may as well be a function of a file that is not read yet.
  private var startsTest: Bool {
    switch following.kind {
    case .string, .rawString, .unterminatedString: true
    default: false
    }
  }

  private mutating func test() throws(Stop) -> Statement.Kind {
    guard scopes.count == 1 else {
      _ = stop(.misplacedTest, "a test stands outside of all blocks", token.span)
      throw unfinished(.missing(.test, name: nil))
    }
    advance()
    let span = token.span
    let name: Expression
    do throws(Stop) { name = try primary() } catch { throw unfinished(.missing(.test, name: nil)) }
    guard let text = name.constant?.stringValue else {
      _ = stop(.badName, "a test's name has no interpolations", span)
      throw unfinished(.missing(.test, name: nil))
    }
    do throws(Stop) { return .test(name: text, body: try blockOnItsOwnLine()) } catch {
      throw unfinished(.test(name: text, body: error.block ?? missingBlock))
    }
  }

  /// How the language says what the sign at hand means elsewhere.
  var signHelp: String? {
    mutating get {
      switch text(token) {
      case "=": "== compares; let x = … binds"
      case "&": "and joins conditions"
      case "|": token.isSpaced ? nil : "or joins conditions"
      case "!": ForeignSign.advice(for: "!")
      default: nil
      }
    }
  }

  /// Only there `$in` is a variable.
  private var isInFunction: Bool { scopes.contains { $0.contains("in") } }

  mutating func checkVariable(_ name: String, _ span: SourceSpan) {
    guard checksNames, !scopes.contains(where: { $0.contains(name) }) else { return }
    if let place = Self.places[name] {
      report(.unknownVariable, "there is no $\(name) here", span, help: place)
      return
    }
    if isReporting, let end = bindings.end(of: name) {
      report(
        .unknownVariable, "there is no variable $\(shown(span).trimmingPrefix("$"))", span,
        help: "\(name) was bound in the block that ended in line \(source.position(of: end).line)")
      return
    }
    if Self.foreignItems.contains(name) {
      report(.unknownVariable, "there is no $\(name) here", span, help: Self.itemAdvice)
      return
    }
    let near = isReporting ? Suggestion.nearest(to: name, among: scopes.joined(), inOrder: false) : nil
    let binding = name.utf8.count <= Self.longestShown ? "bind it with: let \(name) = …" : nil
    report(
      .unknownVariable, "there is no variable $\(shown(span).trimmingPrefix("$"))", span,
      help: near.map { "did you mean $\($0)?" } ?? binding)
  }

  /// Where the variables are that are not always there.
  private static let places = [
    "in": "it is the input of a function; in each, where and the like the item is '.'",
    "_": "it is the last printed result, at the prompt",
  ]
}
