import Basics

/// The candidates for the word at a cursor; each source of them is a file of its own.
struct Candidates {
  typealias Proposal = Proposals.Proposal

  let location: CursorLocation
  let context: CompletionContext
  let inference: ShapeInference

  init(_ location: CursorLocation, _ context: CompletionContext) {
    self.location = location
    self.context = context
    inference = ShapeInference(context, along: location.path)
  }

  var registry: CommandRegistry { context.registry }

  /// Nothing to go on with.
  var nothing: Proposals { Proposals(word: typed) }

  func proposals() -> Proposals {
    if let first = firstWord() { return first }
    switch location.innermost {
    case .block(let block), .itemBlock(let block): return proposals(in: block)
    case .statement(let statement): return proposals(behind: statement)
    case .pipeline: return nothing
    case .call(let call): return proposals(in: call, isPiped: false)
    case .stage(let call): return proposals(in: call, isPiped: true)
    case .expression(let expression):
      switch location.parent {
      case .call(let call)?: return proposals(in: call, isPiped: false, at: expression)
      case .stage(let call)?: return proposals(in: call, isPiped: true, at: expression)
      case .statement(let statement)?:
        if case .source = statement.kind { return files(expression) }
      default: break
      }
      return proposals(at: expression)
    }
  }

  /// What is being typed behind all that the parser could read.
  var typed: PartialWord { PartialWord(location.run, style: .bare, typed: location.text(location.run)) }

  /// The bare word from a place to the cursor.
  func bareWord(from start: Int) -> PartialWord {
    PartialWord(start..<location.cursor, style: .bare, typed: location.text(start..<location.cursor))
  }

  /// What is written of an expression, as a word; nil for what is no word, or is whole already.
  func word(_ expression: Expression) -> PartialWord? {
    guard expression.span.end == location.cursor, let first = location.bytes[expression.span.start...].first else {
      return expression.span.isEmpty ? typed : nil
    }
    let isQuoted = first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    switch expression.kind {
    case .missing: return PartialWord(from: expression.span.start, location)
    case .literal:
      let isBracketed = first == UInt8(ascii: "[") || first == UInt8(ascii: "{") || first == UInt8(ascii: "(")
      return isQuoted || isBracketed ? nil : bareWord(from: expression.span.start)
    default: return nil
    }
  }

  /// A word of the language that ends at the cursor: it is whole, and a space should follow.
  var finishedWord: Proposals? {
    let word = location.wordBefore
    guard let first = location.bytes[word].first, isLetter(first), location.run.isEmpty else { return nil }
    return Proposals(word: bareWord(from: word.lowerBound), list: [Proposal(value: location.text(word))])
  }
}
