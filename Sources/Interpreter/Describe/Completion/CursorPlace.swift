/// Where a cursor stands: inside which brackets, and behind which words of the statement that is being typed.
///
/// Tokens are read as the parser would read them, but nothing that is wrong or missing is minded: a line that is being
/// typed is both.
struct CursorPlace {
  /// A variable that the text binds, and what tells what it holds.
  struct Binding {
    enum Origin {
      case pipeline([[Token]])
      /// One item of a list or a stream.
      case item([Token])
      case error
      case unknown
    }

    let name: String
    let origin: Origin
  }

  struct Frame {
    enum Kind {
      /// The text itself, or a block.
      case statements
      /// Parentheses.
      case pipeline
      case list
      case record
    }

    let kind: Kind
    /// The bracket; nil for the text itself and for an interpolation in a string.
    var opening: Token?
    /// The stages of the statement that is being typed. Brackets that are closed stand there as one token.
    var stages: [[Token]] = [[]]
    var bindings: [Binding] = []
    /// Whether `.` stands for nothing in here: the block of a function.
    var hidesItem = false
  }

  let bytes: [UInt8]
  let cursor: Int
  private let registry: CommandRegistry
  private(set) var frames = [Frame(kind: .statements)]
  private(set) var isInComment = false
  /// Functions that the text defines.
  private(set) var functions: [String: [String]] = [:]

  init(_ bytes: [UInt8], range: Range<Int>, registry: CommandRegistry) {
    self.bytes = bytes
    cursor = range.upperBound
    self.registry = registry
    read(range, depth: 0)
  }

  var frame: Frame { frames[frames.count - 1] }
  var stage: [Token] { frame.stages[frame.stages.count - 1] }

  func text(_ token: Token) -> String { text(Int(token.start)..<token.end) }
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  // MARK: Reading

  private mutating func read(_ range: Range<Int>, depth: Int) {
    let tokens = Lexer.tokens(bytes, in: range).dropLast()
    for token in tokens { add(token) }
    let end = tokens.last?.end ?? range.lowerBound
    isInComment = bytes[end..<range.upperBound].contains(UInt8(ascii: "#"))
    if let last = tokens.last, last.kind == .unterminatedString, let inner = openInterpolation(in: last) {
      guard depth < Lexer.maximumInterpolationDepth else {
        isInComment = true
        return
      }
      frames.append(Frame(kind: .pipeline))
      read(inner..<range.upperBound, depth: depth + 1)
    }
  }

  /// Where the interpolation begins that is open at the end of an unfinished string.
  private func openInterpolation(in string: Token) -> Int? {
    guard bytes[Int(string.start)] == UInt8(ascii: "\"") else { return nil }
    var position = Int(string.start) + 1
    while position + 1 < string.end {
      guard bytes[position] == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      guard bytes[position + 1] == UInt8(ascii: "(") else {
        position += 2
        continue
      }
      let start = position + 2
      position += 1
      guard Lexer.skipInterpolation(bytes, &position, string.end, depth: 1) else { return start }
    }
    return nil
  }

  private mutating func add(_ token: Token) {
    let last = frames.count - 1
    switch token.kind {
    case .newline:
      if frames[last].kind == .statements, !goesOn { endStatement() }
    case .semicolon: if frames[last].kind == .statements { endStatement() }
    case .pipe: frames[last].stages.append([])
    case .leftParenthesis: frames.append(Frame(kind: .pipeline, opening: token))
    case .leftBracket: frames.append(Frame(kind: .list, opening: token))
    case .leftBrace: frames.append(frame(openedBy: token))
    case .rightParenthesis, .rightBracket, .rightBrace: close(token)
    default:
      if token.kind == .word, stage.last?.keyword == .def { functions[text(token)] = [] }
      append(token)
    }
  }

  private mutating func append(_ token: Token) {
    let last = frames.count - 1
    frames[last].stages[frames[last].stages.count - 1].append(token)
  }

  private mutating func close(_ token: Token) {
    // What was opened outside of a string is not closed inside.
    guard let opening = frame.opening else { return }
    frames.removeLast()
    append(
      Token(
        kind: opening.kind, isSpaced: opening.isSpaced, meaning: nil, start: opening.start,
        length: UInt32(token.end) - opening.start))
  }

  /// Whether the statement goes on over a line break.
  private var goesOn: Bool {
    guard let last = stage.last else { return frame.stages.count > 1 }
    return last.isOperator || last.kind == .assign || last.kind == .comma
  }

  private mutating func endStatement() {
    let last = frames.count - 1
    let stages = frames[last].stages
    frames[last].stages = [[]]
    guard let first = stages.first, first.count > 3, first[0].keyword == .let, first[1].kind == .word else { return }
    let pipeline = [Array(first.dropFirst(3))] + stages.dropFirst()
    frames[last].bindings.append(Binding(name: text(first[1]), origin: .pipeline(pipeline)))
  }

  /// A block where one is expected, otherwise a record.
  private mutating func frame(openedBy token: Token) -> Frame {
    var block = Frame(kind: .statements, opening: token)
    let record = Frame(kind: .record, opening: token)
    let stage = CursorPlace.pipeline(self.stage)
    guard let first = stage.first, let last = stage.last, !last.isOperator else { return record }
    switch first.keyword {
    case .if, .try:
      if stage.count >= 2, stage[stage.count - 2].keyword == .catch {
        block.bindings = [Binding(name: text(last), origin: .error)]
      }
      return last.keyword == .if ? record : block
    case .for:
      guard stage.count >= 4 else { return record }
      block.bindings = [Binding(name: text(stage[1]), origin: .item(Array(stage.dropFirst(3))))]
      return block
    case .def:
      let parameters = last.kind == .leftParenthesis ? parameterNames(last) : []
      if stage.count >= 2 { functions[text(stage[1])] = parameters }
      block.bindings = (parameters + ["in"]).map { Binding(name: $0, origin: .unknown) }
      block.hidesItem = true
      return block
    default:
      let command = registry.command(stage.prefix(2).map(text))
      return command?.parameters.contains { $0.shape == .block } == true ? block : record
    }
  }

  private func parameterNames(_ group: Token) -> [String] {
    let tokens = Lexer.tokens(bytes, in: Int(group.start) + 1..<max(Int(group.start) + 1, group.end - 1))
    var names: [String] = []
    var previous = Token.Kind.comma
    for token in tokens where token.kind != .newline {
      if token.kind == .word, previous == .comma { names.append(text(token)) }
      previous = token.kind
    }
    return names
  }

  /// A stage without what binds or returns its value.
  static func pipeline(_ stage: [Token]) -> [Token] {
    switch stage.first?.keyword {
    case .let, .set: stage.count > 2 && stage[2].kind == .assign ? Array(stage.dropFirst(3)) : stage
    case .return: Array(stage.dropFirst())
    default: stage
    }
  }
}

extension CommandRegistry {
  /// The command that some words name, of which the second one may be an argument already.
  func command(_ words: [String]) -> Command? {
    guard let first = words.first else { return nil }
    if words.count > 1, let command = self[first + " " + words[1]] { return command }
    return self[first]
  }
}

extension Token {
  /// Whether an operand must follow.
  var isOperator: Bool { operation != nil || keyword == .not || keyword == .if }

  /// Whether it may be part of a path.
  var isPathPart: Bool {
    switch kind {
    case .word, .number, .string, .rawString, .unterminatedString, .dot, .question, .dollar, .leftBracket,
      .leftParenthesis, .leftBrace:
      true
    default: false
    }
  }
}
