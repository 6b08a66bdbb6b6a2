/// A word that means something by itself where a statement may stand. Operators that are words are in `Operator`.
enum Keyword: String, CaseIterable, Sendable {
  case `let`
  case set
  case `if`
  case `else`
  case `for`
  case def
  case `return`
  case `try`
  case `catch`
  case assert
  case source
  case exit
  case `break`
  case `continue`
  case finally
  case test
  case `true`
  case `false`
  case null
  case not

  /// Whether a statement may start with it, and nothing but a statement does.
  var startsStatement: Bool {
    switch self {
    case .let, .set, .for, .def, .return, .try, .assert, .source, .exit, .break, .continue, .test: true
    default: false
    }
  }

  /// Whether nothing else may have this name. Words that came later mean something only where nothing else has it.
  var isReserved: Bool {
    switch self {
    case .break, .continue, .finally, .test: false
    default: true
    }
  }
}

/// What the lexer finds out about a word or a sign, so that the parser need not compare texts.
enum TokenMeaning: Sendable {
  case keyword(Keyword)
  case operation(Operator)

  private static let longest = 15
  /// The known words and signs by length, each with its bytes as one number.
  private static let table: [[(packed: UInt128, meaning: TokenMeaning)]] = {
    var table: [[(packed: UInt128, meaning: TokenMeaning)]] = Array(repeating: [], count: longest + 1)
    let known =
      Keyword.allCases.map { ($0.rawValue, TokenMeaning.keyword($0)) }
      + Operator.allCases.map { ($0.sign, TokenMeaning.operation($0)) }
    for (text, meaning) in known {
      let bytes = Array(text.utf8)
      table[bytes.count].append((packed(bytes, bytes.startIndex..<bytes.endIndex), meaning))
    }
    return table
  }()

  private static func packed(_ bytes: [UInt8], _ range: Range<Int>) -> UInt128 {
    var packed: UInt128 = 0
    for index in range { packed = packed << 8 | UInt128(bytes[index]) }
    return packed
  }

  /// What a piece of text means, if it means anything.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    guard !range.isEmpty, range.count <= Self.longest else { return nil }
    let candidates = Self.table[range.count]
    guard !candidates.isEmpty else { return nil }
    let packed = Self.packed(bytes, range)
    guard let found = candidates.first(where: { $0.packed == packed }) else { return nil }
    self = found.meaning
  }
}
