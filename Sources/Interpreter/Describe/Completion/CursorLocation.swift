import Basics

/// Where a cursor stands in the tree of the text before it.
struct CursorLocation {
  let bytes: [UInt8]
  /// From the text's own block to the innermost node that the cursor is in or directly behind.
  ///
  /// Behind a node may stand white space and the word that is being typed, which the parser found no place for.
  let path: [SyntaxNode]
  /// The text that is being typed behind the innermost node: adjacent tokens that end at the cursor.
  let run: Range<Int>
  /// Whether `run` is a word.
  let isWord: Bool
  /// Whether a statement may begin here, where the innermost node is a block: the last statement in it has ended.
  let isAtStatement: Bool

  var cursor: Int { bytes.count }

  init(endOf bytes: [UInt8], _ program: Program) {
    self.bytes = bytes
    var path = [SyntaxNode.block(program.block)]
    var ignoresNewlines = false
    var start = 0
    while let node = path.last {
      ignoresNewlines = node.ignoresNewlines ?? ignoresNewlines
      guard let child = Self.child(of: node, before: bytes, ignoresNewlines) else {
        start = Self.gapStart(in: node, bytes.count)
        break
      }
      path.append(child)
    }
    let gap = Gap(bytes, from: start, ignoresNewlines)
    self.path = path
    run = gap.run
    isWord = gap.isWord
    isAtStatement = gap.isSeparator
  }

  var innermost: SyntaxNode { path[path.count - 1] }
  var parent: SyntaxNode? { path.dropLast().last }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  func text(_ span: SourceSpan) -> String { text(span.start..<span.end) }

  /// The words in a piece of the text.
  func words(_ span: SourceSpan) -> [String] {
    Lexer.tokens(bytes, in: span.start..<span.end).dropLast().map { text($0.span) }
  }

  /// Whether nothing but one word stands between a place and the cursor.
  func isOneWord(from start: Int) -> Bool {
    let tokens = Lexer.tokens(bytes, in: start..<cursor)
    return tokens.count == 2 && tokens[0].kind == .word && tokens[0].end == cursor
  }

  /// The word that ends at the cursor, which the parser took for what it is: `else`, `in`, `not`.
  var wordBefore: Range<Int> {
    var start = cursor
    while start > 0, isWordByte(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "-") { start -= 1 }
    return start..<cursor
  }

  // MARK: The way to the cursor

  /// The child that holds the cursor or stands before it.
  private static func child(of node: SyntaxNode, before bytes: [UInt8], _ ignoresNewlines: Bool) -> SyntaxNode? {
    let cursor = bytes.count
    let children = node.childrenBeforeCursor(cursor)
    if let child = children.first(where: { $0.span.end == cursor && !$0.span.isEmpty }) { return child }
    var behindBlank: SyntaxNode?
    var behindWord: SyntaxNode?
    for child in children.reversed() {
      let gap = Gap(bytes, from: child.span.end, ignoresNewlines)
      guard !gap.hasOthers else { break }
      if gap.run.isEmpty {
        behindBlank = child
      } else if gap.run.lowerBound > child.span.end || child.span.isEmpty {
        behindWord = child
      }
    }
    return behindBlank ?? behindWord
  }

  /// Where what is not part of any child begins.
  private static func gapStart(in node: SyntaxNode, _ cursor: Int) -> Int {
    switch node {
    case .block(let block), .itemBlock(let block):
      // A block's own brace is no part of the gap; the text itself has none, nor has a block that is missing.
      block.statements.last?.span.end ?? block.span.start + (block.span.start > 0 && !block.span.isEmpty ? 1 : 0)
    case .call(let call), .stage(let call):
      max(call.nameSpan.end, call.arguments.map { max($0.span.end, $0.child?.span.end ?? 0) }.max() ?? 0)
    default: min(node.span.end, cursor)
    }
  }
}

/// What stands between a node and the cursor.
private struct Gap {
  let run: Range<Int>
  let isWord: Bool
  /// Whether more than `run` stands there.
  let hasOthers: Bool
  /// Whether nothing stands there that is part of a statement.
  let isSeparator: Bool

  init(_ bytes: [UInt8], from start: Int, _ ignoresNewlines: Bool) {
    let cursor = bytes.count
    let tokens = Lexer.tokens(bytes, in: min(start, cursor)..<cursor).dropLast().filter {
      !(ignoresNewlines && $0.kind == .newline)
    }
    var first = tokens.count
    if let last = tokens.last, last.end == cursor, last.kind != .newline, last.kind != .semicolon {
      first -= 1
      while first > 0, !tokens[first].isSpaced { first -= 1 }
    }
    run = (first < tokens.count ? Int(tokens[first].start) : cursor)..<cursor
    isWord = tokens.count - first == 1 && tokens[first].kind == .word
    hasOthers = first > 0
    isSeparator = tokens.allSatisfy { $0.kind == .newline || $0.kind == .semicolon }
  }
}

extension SyntaxNode {
  /// Whether a line break in it is mere white space; nil where that is as it is around it.
  fileprivate var ignoresNewlines: Bool? {
    switch self {
    case .block, .itemBlock: return false
    case .expression(let expression):
      switch expression.kind {
      case .list, .record, .interpolation, .path: return true
      case .effect(let effect): if case .pipeline = effect.kind { return true }
      default: break
      }
    case .pipeline, .call, .stage, .statement: break
    }
    return nil
  }

  /// The children that a cursor may stand in or behind, where it stands in or behind the node.
  fileprivate func childrenBeforeCursor(_ cursor: Int) -> [SyntaxNode] {
    switch self {
    case .call(let call), .stage(let call):
      // Behind an argument stands the next one, unless it is an expression that goes on.
      guard let argument = call.arguments.last, let child = argument.child,
        child.span.end == cursor || call.parameter(of: argument)?.shape == .expression
      else { return [] }
      return child.isClosedBlock ? [] : [child]
    default: return children.filter { !$0.isClosedBlock }
    }
  }

  private var isClosedBlock: Bool {
    switch self {
    case .block(let block), .itemBlock(let block): block.isClosed
    default: false
    }
  }
}

extension CommandCall {
  /// The declaration that an argument is read by; nil for a function's.
  func parameter(of argument: Argument) -> ParameterDeclaration? {
    guard let command, command.parameters.indices.contains(argument.parameter) else { return nil }
    return command.parameters[argument.parameter]
  }

  /// What is called, unless it is a function or not known.
  var command: Command? {
    if case .command(let command) = callee { command } else { nil }
  }
}
