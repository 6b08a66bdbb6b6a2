/// A parsed text that can be run.
public struct Program: Sendable {
  public let source: SourceText
  let block: Block
  let mutated: MutatedVariables

  /// Whether there is nothing to run: only white space and comments.
  public var isEmpty: Bool { block.statements.isEmpty }

  /// Where the text defines a function of this name, outside of any block.
  public func definitions(of name: String) -> [Range<Int>] {
    block.statements.compactMap { statement in
      guard case .function(let declaration) = statement.kind, declaration.name == name else { return nil }
      return statement.span.start..<statement.span.end
    }
  }

  /// Whether it calls a command or a function.
  var callsSomething: Bool {
    !SyntaxNode.block(block).walk { node in
      switch node {
      case .call, .stage: .stop
      default: .descend
      }
    }
  }
}

/// What parsing found. A program with errors must not be run.
public struct ParseResult: Sendable {
  public let program: Program
  /// The first of what was found, in the order of the text.
  public let diagnostics: [Diagnostic]
  /// How many errors more were found than are reported.
  public let omitted: Int
  /// Whether the text only stops too early, so that more lines could complete it.
  public let isIncomplete: Bool

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// What to say after the diagnostics about those that are left out; nil when none is.
  public var omission: String? {
    guard omitted > 0 else { return nil }
    if omitted >= Parser.maximumOmitted { return "and more than \(Parser.maximumOmitted) further errors" }
    return omitted == 1 ? "and 1 further error" : "and \(omitted) further errors"
  }
}
