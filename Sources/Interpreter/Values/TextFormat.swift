import Basics
import OrderedJSON

/// What a text is read as.
enum TextFormat: Sendable {
  case json
  case number
  case time
  case duration
  case query
  case template(TextTemplate, source: String)
  case pattern(Pattern)

  private static let named: [(word: String, format: TextFormat)] = [
    ("json", .json), ("number", .number), ("time", .time), ("duration", .duration), ("query", .query),
  ]

  /// The words for all that is neither a template nor a pattern.
  static var words: [String] { named.map { $0.word } }

  /// A word, or a template with places in braces.
  /// - Throws: the nearest word when it is neither.
  init(_ text: String) throws(ConversionError) {
    if let known = Self.named.first(where: { $0.word == text }) {
      self = known.format
    } else if text.utf8.contains(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
      self = .template(try TextTemplate(text), source: text)
    } else {
      throw Self.unknown(text)
    }
  }

  /// - Throws: a failure with code `bad-text` when the text is not of this format.
  func value(of text: String) throws(Failure) -> JSONValue {
    let text = text.withoutByteOrderMark
    switch self {
    case .json:
      do throws(JSONSyntaxError) {
        return try JSONValue(parsing: text)
      } catch {
        throw Self.badText(text, "is not JSON: \(error)")
      }
    case .number:
      guard let number = JSONNumber(text) else { throw Self.badText(text, "is not a number as JSON writes it") }
      return .number(number)
    case .time:
      guard let time = InternetTime.milliseconds(text) else {
        throw Self.badText(text, "is not a time such as 2026-01-31T12:00:00Z")
      }
      return .number(JSONNumber(milliseconds: time))
    case .duration:
      guard let duration = Duration(durationText: text) else {
        throw Self.badText(text, "is not a duration such as 30s, 1h30m or 7d")
      }
      return .number(JSONNumber(milliseconds: duration.inMilliseconds))
    case .query:
      guard let pairs = QueryText.pairs(text) else { throw Self.badText(text, "is not percent-encoded UTF-8") }
      return .object(JSONObject(pairs.map { ($0.name, .string($0.value)) }))
    case .template(let template, let source):
      guard let values = try Self.bounded({ () throws(MatchingStopped) in try template.values(in: text) }) else {
        throw Self.badText(text, "does not fit the template '\(source)'")
      }
      return .object(JSONObject(values.map { ($0.name, .string($0.value)) }))
    case .pattern(let pattern): return try Self.groups(of: pattern, in: text)
    }
  }

  /// A record of the named groups.
  private static func groups(of pattern: Pattern, in text: String) throws(Failure) -> JSONValue {
    var matches = pattern.matches(in: text)
    guard let match = try bounded({ () throws(MatchingStopped) in try matches.next() }) else {
      throw badText(text, "does not match '\(pattern.source)'")
    }
    let bytes = Array(text.utf8)
    var record = JSONObject()
    for case (let name?, let range) in zip(pattern.groupNames, match.groups) {
      record[name] = range.map { .string(String(decoding: bytes[$0], as: UTF8.self)) } ?? .null
    }
    return .object(record)
  }

  private static func bounded<Found>(
    _ match: () throws(MatchingStopped) -> Found
  ) throws(Failure) -> Found {
    do throws(MatchingStopped) { return try match() } catch { throw .tooMuchWork }
  }

  private static func badText(_ text: String, _ fault: String) -> Failure {
    let shown = text.count <= 40 ? text : text.prefix(40) + "…"
    return Failure(.badText, "'\(shown)' \(fault)", help: "--or-null gives null instead")
  }

  private static func unknown(_ text: String) -> ConversionError {
    let near = Suggestion.nearest(to: text, among: words).map { "did you mean \($0)?" }
    return ConversionError(
      "expected one of \(words.joined(separator: ", ")), or a template such as \"{id} {code}\", got '\(text)'"
        + (near.map { "; \($0)" } ?? ""))
  }
}
