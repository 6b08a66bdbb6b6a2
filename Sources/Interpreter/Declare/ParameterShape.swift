/// How an argument is written, which decides how the parser reads it and what completion offers.
public enum ParameterShape: Sendable, Hashable {
  /// Text; a bare word is taken as it stands.
  case text
  /// One of some words. Others are refused before anything runs.
  case choice([String])
  /// One of some words that are known, or another one that the server may know.
  case suggestion([String])
  /// The id of an event or endpoint.
  case identifier
  case integer
  case boolean
  /// A duration such as `30s`, `2h`, `7d`.
  case duration
  /// How many in a time, such as `50/s`.
  case rate
  /// A time: ISO 8601, a day or an hour such as `today`, or a duration, which means that long ago.
  case time
  /// Any value; bare words that are JSON scalars mean those.
  case value
  case record
  /// Exact bytes: `@file`, `@-` or text.
  case bytes
  case file
  /// The rest of the stage is one expression over the item.
  case expression
  /// `{ … }`, statements run for each item.
  case block
  /// A path such as `.payload.amount`; the dot may be left out.
  case path
  /// A path, or an expression over the item: in parentheses, or behind a minus.
  case key

  /// Whether the argument is a piece of syntax, in which signs have a meaning of their own.
  var isSyntax: Bool {
    switch self {
    case .expression, .block, .path, .key: true
    default: false
    }
  }

  /// The word that stands for a value in a usage line.
  var placeholder: String {
    switch self {
    case .text: "TEXT"
    case .choice(let words) where words.count <= 4: words.joined(separator: "|")
    case .choice, .suggestion: "WORD"
    case .identifier: "ID"
    case .integer: "N"
    case .boolean: "true|false"
    case .duration: "DURATION"
    case .rate: "N/s"
    case .time: "TIME"
    case .value: "VALUE"
    case .record: "RECORD"
    case .bytes: "BYTES"
    case .file: "FILE"
    case .expression: "EXPRESSION"
    case .block: "{ STATEMENTS }"
    case .path: "PATH"
    case .key: "KEY"
    }
  }
}
