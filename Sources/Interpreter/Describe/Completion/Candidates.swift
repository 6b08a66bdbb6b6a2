/// The candidates for the word at a cursor; each source of them is a file of its own.
struct Candidates {
  typealias Proposal = Proposals.Proposal

  let place: CursorPlace
  let context: CompletionContext

  init(_ place: CursorPlace, _ context: CompletionContext) {
    self.place = place
    self.context = context
  }

  var registry: CommandRegistry { context.registry }
  var foresight: Foresight { Foresight(place: place, context: context) }
  var frameIndex: Int { place.frames.count - 1 }

  /// Nothing to go on with.
  var nothing: Proposals { Proposals(word: bareWord) }

  func proposals() -> Proposals {
    switch place.expectation(context) {
    case .command(let isPiped, let isStatement):
      return Proposals(word: bareWord, list: firstWords(isPiped: isPiped, isStatement: isStatement))
    case .member(let group):
      let members = Proposals(word: bareWord, list: self.members(of: group))
      guard let command = registry[group], !place.run.isEmpty else { return members }
      let isMember = members.list.contains { $0.value.utf8.starts(with: bareWord.typed.utf8) }
      return isMember ? members : argument(of: command, command.parameters.first { !$0.isFlagLike }, given: [])
    case .helpWord(let words): return Proposals(word: bareWord, list: helpWords(after: words))
    case .argument(let command, let parameter, let given): return argument(of: command, parameter, given: given)
    case .flagValue(let parameter):
      let run = place.run
      let isAdjacent = run.first?.kind == .flag && run.count > 1
      return value(of: parameter, isAdjacent ? run.dropFirst(2) : run)
    case .functionArgument(let parameters):
      if bareWord.typed.hasPrefix("-") {
        return Proposals(word: bareWord, list: parameters.map { Proposal(value: "--" + $0) })
      }
      return value(of: nil, place.run)
    case .expression: return expression()
    case .operand: return operands
    case .path: return path(place.run)
    case .file: return files(place.run)
    case .variableName:
      return Proposals(word: bareWord, list: variableNames.map { Proposal(value: $0) })
    case .words(let words): return Proposals(word: bareWord, list: words.map { Proposal(value: $0) })
    case .nothing: return nothing
    }
  }

  /// All of the adjacent tokens before the cursor, as one word.
  var bareWord: PartialWord { bareWord(place.run) }

  func bareWord(_ run: ArraySlice<Token>) -> PartialWord {
    let range = (run.first.map { Int($0.start) } ?? place.cursor)..<place.cursor
    return PartialWord(range, style: .bare, typed: place.text(range))
  }

  /// The word of an argument: bare, or a string that is not closed yet; nil where something else stands.
  func argumentWord(_ run: ArraySlice<Token>) -> PartialWord? {
    if run.count == 1, let first = run.first, first.kind == .unterminatedString {
      return PartialWord(unfinished: first, place)
    }
    let isBare = run.allSatisfy { token in
      switch token.kind {
      case .string, .rawString, .unterminatedString, .leftBrace, .leftBracket, .leftParenthesis: false
      default: true
      }
    }
    return isBare ? bareWord(run) : nil
  }
}
