import Basics
import OrderedJSON

enum ParseCommand {
  private static let format = Parameter.optionalPositional("format", .textFormat, "what the text is, or a template")
  private static let pattern = Parameter.option(
    "regex", .pattern, "a regular expression, whose named groups give a record; see help replace")
  private static let orNull = Parameter.flag("or-null", "null for a text that does not fit, instead of an error")

  static let command = Command(
    "parse", topic: .text, "reads text as a value: JSON, a number, a time, a template …",
    discussion: """
      json gives any value. number gives a number, exactly as written. time takes ISO 8601 with Z or an offset, or a date,
      and gives the seconds since 1970, to the millisecond. duration takes 30s, 1h30m, 7d and gives seconds. query takes
      a=1&b=2 and gives a record of text; of a name that comes again, the last counts. A template has {name} where a value
      stands, each as short as can be, and gives a record of text; {{ and }} are braces. Null stays null.
      """,
    input: .required, result: .asInput, parameters: [format, pattern, orNull],
    examples: [
      .init(#""{\"id\": 7}" | parse json | get id"#, "JSON within text"),
      .init(#""2026-01-01T12:00:00.250Z" | parse time"#, "seconds since 1970"),
      .init(#""evt_1 failed 500" | parse "{id} {status} {code}""#, "a record of three"),
      .init(#"["took 25 ms", "?"] | parse --regex '(?<ms>\d+) ms' --or-null"#, "a named group, or null"),
    ]
  ) { call throws(Interruption) in
    let format = try await Self.format(of: call)
    let givesNull = try await call.value(orNull)
    return try await call.eachText { text throws(Interruption) in
      do throws(Failure) {
        return try format.value(of: text)
      } catch {
        if givesNull, error.code == .badText { return .null }
        // Matching ends with an error when it is cancelled.
        throw Task.isCancelled ? .cancelled : .failure(error)
      }
    }
  }

  private static func format(of call: Call) async throws(Interruption) -> TextFormat {
    let named = try await call.value(format)
    guard let expression = try await call.value(pattern) else {
      guard let named else { throw .failure(noFormat) }
      return named
    }
    guard named == nil else { throw .failure(twoFormats(at: call.span(of: pattern))) }
    return .pattern(expression)
  }

  private static var noFormat: Failure {
    Failure(
      .missingArgument, "'parse' needs FORMAT or --regex: what the text is",
      help: "one of \(TextFormat.words.joined(separator: ", ")), or a template such as \"{id} {code}\"")
  }

  private static func twoFormats(at span: SourceSpan?) -> Failure {
    Failure(.badArgument, "'parse' takes FORMAT or --regex, not both", at: span)
  }
}

extension ParameterKind where Wrapped == TextFormat {
  /// A word that names a format, or a template.
  fileprivate static var textFormat: ParameterKind {
    ParameterKind(.suggestion(TextFormat.words)) { value throws(ConversionError) in
      guard case .string(let text, _) = value else { throw .expected("a format or a template", got: value) }
      return try TextFormat(text)
    }
  }
}

extension ParameterKind where Wrapped == Pattern {
  /// A regular expression with a named group.
  fileprivate static var pattern: ParameterKind {
    ParameterKind(.text) { value throws(ConversionError) in
      guard case .string(let text, _) = value else { throw .expected("a regular expression", got: value) }
      let pattern: Pattern
      do throws(PatternError) {
        pattern = try Pattern(text)
      } catch {
        throw ConversionError("not a regular expression: \(error)")
      }
      guard pattern.groupNames.contains(where: { $0 != nil }) else {
        throw ConversionError("the regular expression has no named group such as (?<id>\\w+)")
      }
      return pattern
    }
  }
}
