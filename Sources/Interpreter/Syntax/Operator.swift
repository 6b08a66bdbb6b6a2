/// An operator between two operands. This list is the only one: the lexer, the parser, `help`, completion, the
/// grammar's test and the editor's syntax file go by it.
enum Operator: String, CaseIterable, Sendable {
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case add = "+"
  case subtract = "-"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case matches = "=~"
  case doesNotMatch = "!~"
  case isIn = "in"
  case contains
  case startsWith = "starts-with"
  case endsWith = "ends-with"
  case like
  case and
  case or
  case coalesce = "??"

  /// As it is written.
  var sign: String { rawValue }

  var isWord: Bool { sign.utf8.first.map { (0x61...0x7A).contains($0) } ?? false }

  /// Whether no variable, function or command may have this name.
  var isReserved: Bool {
    switch self {
    case .and, .or, .isIn: true
    default: false
    }
  }

  var precedence: Precedence {
    switch self {
    case .multiply, .divide, .remainder: .product
    case .add, .subtract: .sum
    case .and: .and
    case .or: .or
    case .coalesce: .coalesce
    default: .comparison
    }
  }

  /// What it does, in a few words.
  var summary: String {
    switch self {
    case .multiply: "times"
    case .divide: "divided by"
    case .remainder: "the remainder of a division"
    case .add: "plus; joins strings, lists and records"
    case .subtract: "minus"
    case .equal: "equal"
    case .notEqual: "not equal"
    case .less: "less"
    case .lessOrEqual: "less or equal"
    case .greater: "greater"
    case .greaterOrEqual: "greater or equal"
    case .matches: "matches a regular expression"
    case .doesNotMatch: "does not match"
    case .isIn: "is one of a list"
    case .contains: "has an item or a text"
    case .startsWith: "begins with a text"
    case .endsWith: "ends with a text"
    case .like: "matches a pattern such as order.*"
    case .and: "both hold"
    case .or: "one of both holds"
    case .coalesce: "or else, where it is null"
    }
  }
}

/// How tightly an operator binds; a larger value binds tighter.
enum Precedence: Int, CaseIterable, Sendable {
  case coalesce = 1
  case or
  case and
  case not
  case comparison
  case sum
  case product
  case negative
  case path

  /// The operators of this level, as they are written.
  var signs: [String] {
    switch self {
    case .path: [".a", "[0]", "?"]
    case .negative: ["-x"]
    case .not: [Keyword.not.rawValue]
    default: Operator.allCases.filter { $0.precedence == self }.map { $0.sign }
    }
  }

  /// What the operators of this level do.
  var meaning: String {
    switch self {
    case .path: "a path, and making a step of it optional"
    case .negative: "a number's negative"
    case .product: "product, quotient, remainder"
    case .sum: "sum, difference; + also joins strings, lists, records"
    case .comparison:
      "comparisons, which do not chain; =~ is a regular expression, like a wildcard (order.*)"
    case .not: "true for false and null, false for all else"
    case .and: "both hold"
    case .or: "one of them holds"
    case .coalesce: "the right side where the left one is null"
    }
  }
}
