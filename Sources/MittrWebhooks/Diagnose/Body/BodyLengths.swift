/// How long a body is once a change is undone, known without undoing it.
struct BodyLengths {
  private let size: Int
  private let tokens: JSONTokens?
  private let spellings: JSONTokens.SpellingSizes?
  private var lineBreaks = (lf: 0, crlf: 0)
  private var asciiCount = 0
  /// How many bytes go on with a character of UTF-8.
  private var continuationCount = 0

  /// - Parameters:
  ///   - tokens: the body's; nil when it is not JSON.
  ///   - isRead: whether the body may be read; otherwise only changes at its ends have a length.
  ///   - effort: pays for reading the body.
  init(of body: UnsafeRawBufferPointer, tokens: JSONTokens?, isRead: Bool, effort: inout SearchEffort) {
    size = body.count
    self.tokens = tokens
    if tokens != nil { effort.spendReserve(body.count, times: 3) }
    spellings = tokens.map(JSONTokens.SpellingSizes.init)
    guard isRead else { return }
    effort.spendReserve(body.count, times: 1)
    var previous: UInt8 = 0
    for byte in body {
      if byte == 0x0A {
        if previous == 0x0D { lineBreaks.crlf += 1 } else { lineBreaks.lf += 1 }
      }
      if byte < 0x80 { asciiCount += 1 } else if byte < 0xC0 { continuationCount += 1 }
      previous = byte
    }
  }

  /// The lengths that the body may have had before a change, its final line breaks among what may have changed.
  subscript(change: BodyChange) -> ClosedRange<Int> {
    let (least, most) = bounds(of: change)
    // A layout has no final line break of its own, and one may follow.
    if case .rewriteJSON(let rewriting) = change, rewriting.layout != nil { return least...most + 1 }
    let growth = SignedBody.endingGrowth
    return least + growth.lowerBound...most + growth.upperBound
  }

  private func bounds(of change: BodyChange) -> (least: Int, most: Int) {
    func exactly(_ length: Int) -> (Int, Int) { (length, length) }
    let (characters, wide) = (size - continuationCount, size - asciiCount)
    return switch change {
    case .none: exactly(size)
    case .addByteOrderMark: exactly(size + BodyVariants.byteOrderMark.count)
    case .removeByteOrderMark: exactly(size - BodyVariants.byteOrderMark.count)
    case .useLineEndings(.lf): exactly(size - lineBreaks.crlf)
    case .useLineEndings(.crlf): exactly(size + lineBreaks.lf)
    case .undo(.misread(_, times: 1)): exactly(characters)
    case .undo(.misread): (min(asciiCount, characters), characters)
    case .undo(.miswritten(.latin1)): exactly(size + wide)
    case .undo(.miswritten(.windows1252)): (size + wide, size + 2 * wide)
    case .rewriteJSON(let rewriting): exactly(length(of: rewriting))
    }
  }

  private func length(of rewriting: JSONRewriting) -> Int {
    guard let tokens, let spellings else { return size }
    let length = rewriting.layout.map { tokens.byteCount(in: $0) } ?? tokens.source.count
    return length + spellings.growth(in: rewriting.style)
  }
}
