import OrderedJSON

/// A path that ends at the cursor: where it starts, the steps that are whole, and the beginning of the next key.
struct PathAtCursor {
  enum Base {
    /// `.`, the item.
    case item
    case variable(String)
    /// Brackets: a pipeline, a list, a record.
    case group(Token)
  }

  let base: Base
  private(set) var steps: [Path.Step] = []
  /// The text that the next key begins with, and where it stands.
  private(set) var partial: PartialWord
  /// As written, without the leading dot.
  private(set) var text = ""

  /// The path that some tokens end with.
  /// - Parameter isBare: whether the first dot may be left out and names have hyphens, as in `select`.
  init?(endOf tokens: [Token], _ place: CursorPlace, isBare: Bool = false) {
    guard let last = tokens.last, last.end == place.cursor else { return nil }
    var start = tokens.count
    while start > 0, tokens[start - 1].isPathPart || isBare && tokens[start - 1].isMinus {
      start -= 1
      if tokens[start].isSpaced { break }
    }
    self.init(Array(tokens[start...]), place, isBare: isBare, isWhole: false)
  }

  /// Tokens that are a path and nothing else.
  init?(whole tokens: [Token], _ place: CursorPlace) {
    guard tokens.allSatisfy({ $0.isPathPart || $0.isMinus }), let first = tokens.first, let last = tokens.last
    else { return nil }
    self.init(tokens, place, isBare: first.kind == .word, isWhole: true)
    text = String(place.text(Int(first.start)..<last.end).trimmingPrefix("."))
  }

  private init?(_ tokens: [Token], _ place: CursorPlace, isBare: Bool, isWhole: Bool) {
    guard let first = tokens.first else { return nil }
    var rest = tokens[...]
    switch first.kind {
    case .dollar:
      guard tokens.count >= 2, tokens[1].kind == .word, isWhole || tokens.count > 2 else { return nil }
      base = .variable(place.text(tokens[1]))
      rest = rest.dropFirst(2)
    case .dot: base = .item
    case .leftParenthesis, .leftBracket, .leftBrace:
      base = .group(first)
      rest = rest.dropFirst()
      guard isWhole || !rest.isEmpty else { return nil }
    case .word, .string, .rawString, .unterminatedString:
      guard isBare else { return nil }
      base = .item
    default: return nil
    }
    partial = PartialWord(place.cursor..<place.cursor, style: .bare, typed: "")
    var needsKey = isBare && first.kind != .dot && first.kind != .dollar
    var isOpen = false
    while let token = rest.popFirst() {
      isOpen = false
      switch token.kind {
      case .dot:
        needsKey = true
        isOpen = true
      case .word where needsKey:
        var end = token.end
        // `content-type` may come as three tokens.
        while isBare, let minus = rest.first, minus.isMinus {
          rest = rest.dropFirst()
          end = rest.first?.kind == .word ? rest.removeFirst().end : minus.end
        }
        let range = Int(token.start)..<end
        if rest.isEmpty, !isWhole {
          partial = PartialWord(range, style: .bare, typed: place.text(range))
          isOpen = true
        } else {
          steps.append(.key(place.text(range)))
        }
        needsKey = false
      case .string, .rawString:
        guard needsKey, let word = PartialWord(closed: token, place) else { return nil }
        steps.append(.key(word.typed))
        needsKey = false
      case .unterminatedString:
        guard needsKey, rest.isEmpty, !isWhole else { return nil }
        partial = PartialWord(unfinished: token, place)
        isOpen = true
      case .number: steps.append(.index(Int(place.text(token)) ?? 0))
      case .leftBracket: steps.append(Self.step(in: token, place))
      case .question: break
      default: return nil
      }
    }
    guard isOpen || isWhole else { return nil }
  }

  private static func step(in token: Token, _ place: CursorPlace) -> Path.Step {
    let inner = Lexer.tokens(place.bytes, in: Int(token.start) + 1..<max(Int(token.start) + 1, token.end - 1))
    if inner.count == 2, let word = PartialWord(closed: inner[0], place) { return .key(word.typed) }
    return .index(inner.count == 2 ? Int(place.text(inner[0])) ?? 0 : 0)
  }
}
