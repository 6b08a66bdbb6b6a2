/// A word that means something by itself where a statement or an operator may stand.
///
/// The lexer marks these words, so that the parser need not compare texts.
enum Keyword: String, CaseIterable, Sendable {
  case `let`
  case set
  case `if`
  case `else`
  case `for`
  case `in`
  case def
  case `return`
  case `try`
  case `catch`
  case assert
  case source
  case exit
  case `true`
  case `false`
  case null
  case and
  case or
  case not
  case contains
  case startsWith = "starts-with"
  case endsWith = "ends-with"
  case like

  /// Whether no variable, function or command may have this name.
  var isReserved: Bool {
    switch self {
    case .contains, .startsWith, .endsWith, .like: false
    default: true
    }
  }

  /// Whether a statement may start with it, and nothing but a statement does.
  var startsStatement: Bool {
    switch self {
    case .let, .set, .for, .def, .return, .try, .assert, .source, .exit: true
    default: false
    }
  }

  private static let longest = 11
  /// The keywords by length, each with its bytes as one number.
  private static let table: [[(packed: UInt128, keyword: Keyword)]] = {
    var table: [[(packed: UInt128, keyword: Keyword)]] = Array(repeating: [], count: longest + 1)
    for keyword in allCases {
      let bytes = Array(keyword.rawValue.utf8)
      table[bytes.count].append((packed(bytes, bytes.startIndex..<bytes.endIndex), keyword))
    }
    return table
  }()

  private static func packed(_ bytes: [UInt8], _ range: Range<Int>) -> UInt128 {
    var packed: UInt128 = 0
    for index in range { packed = packed << 8 | UInt128(bytes[index]) }
    return packed
  }

  /// The keyword that a piece of text spells, if it spells one.
  init?(_ bytes: [UInt8], _ range: Range<Int>) {
    guard range.count >= 2, range.count <= Self.longest else { return nil }
    let candidates = Self.table[range.count]
    guard !candidates.isEmpty else { return nil }
    let packed = Self.packed(bytes, range)
    for candidate in candidates where candidate.packed == packed {
      self = candidate.keyword
      return
    }
    return nil
  }
}
