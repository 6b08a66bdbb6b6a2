import Basics
public import OrderedJSON

extension ParameterKind where Wrapped == String {
  /// Any text. Numbers are taken as they are written.
  public static var text: ParameterKind { text(.text) }
  public static var file: ParameterKind { text(.file) }
  public static var identifier: ParameterKind {
    ParameterKind(.identifier) { value throws(ConversionError) in
      guard case .string(let id, _) = value, !id.isEmpty else { throw .expected("an id", got: value) }
      return id
    }
  }

  /// One of `words`, or another one that the server may know, unless it is one of `words` but for a slip.
  public static func suggestion(_ words: [String]) -> ParameterKind {
    ParameterKind(.suggestion(words)) { value throws(ConversionError) in
      let word = try text(.text).convert(value)
      if words.contains(word) { return word }
      let several = word.split(separator: ",", maxSplits: words.count).map { $0.filter { $0 != " " } }
      if several.count > 1, several.allSatisfy(words.contains) {
        let list = several.map { "\"\($0)\"" }.joined(separator: ", ")
        throw ConversionError("one word can stand here, got '\(word)'; for several: where .field in [\(list)]")
      }
      guard let near = Suggestion.nearest(to: word, among: words) else { return word }
      throw ConversionError("'\(word)' is not one of \(words.joined(separator: ", ")); did you mean \(near)?")
    }
  }

  /// One of `words`; anything else is an error that names the nearest.
  /// - Parameter harmless: those that may be named, since they change nothing; all of them unless it is said.
  public static func choice(_ words: [String], harmless: [String]? = nil) -> ParameterKind {
    ParameterKind(.choice(words)) { value throws(ConversionError) in
      if case .string(let word, _) = value {
        if words.contains(word) { return word }
        if let near = Suggestion.nearest(to: word, among: words), (harmless ?? words).contains(near) {
          throw ConversionError("'\(word)' is not one of \(words.joined(separator: ", ")); did you mean \(near)?")
        }
      }
      throw .expected("one of \(words.joined(separator: ", "))", got: value)
    }
  }

  private static func text(_ shape: ParameterShape) -> ParameterKind {
    ParameterKind(shape) { value throws(ConversionError) in
      switch value {
      case .string(let text, _): return text
      case .number(let number): return number.text
      default: throw .expected("text", got: value)
      }
    }
  }
}

extension ParameterKind where Wrapped == Int {
  public static var integer: ParameterKind { integer(in: Int.min...Int.max) }

  /// - Parameter range: what is allowed; the message names its bounds.
  public static func integer(in range: ClosedRange<Int>) -> ParameterKind {
    ParameterKind(.integer) { value throws(ConversionError) in
      let number: Int? =
        switch value {
        case .number(let number): number.int
        // Arguments of a script and `--var` values are text.
        case .string(let text, _): JSONNumber(text)?.int
        default: nil
        }
      guard let number else { throw .expected("a whole number", got: value) }
      guard range.contains(number) else {
        let bounds =
          range.upperBound == .max ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
        throw .expected("a whole number, \(bounds)", got: value)
      }
      return number
    }
  }
}

extension ParameterKind where Wrapped == Bool {
  public static var boolean: ParameterKind {
    ParameterKind(.boolean) { value throws(ConversionError) in
      switch value {
      case .bool(let value): return value
      case .string("true", _): return true
      case .string("false", _): return false
      default: throw .expected("true or false", got: value)
      }
    }
  }
}

extension ParameterKind where Wrapped == Duration {
  /// `30s`, `5m`, `2h`, `7d`, `250ms`; a bare number means seconds.
  public static var duration: ParameterKind {
    ParameterKind(.duration) { value throws(ConversionError) in
      guard let duration = Duration(durationText: value.text) else {
        throw .expected("a duration such as 30s, 5m, 2h or 7d", got: value)
      }
      return duration
    }
  }
}

extension ParameterKind where Wrapped == Duration {
  /// A duration that is not too short; the message names the bound.
  public static func duration(atLeast shortest: Duration) -> ParameterKind {
    ParameterKind(.duration) { value throws(ConversionError) in
      let duration = try ParameterKind.duration.convert(value)
      guard duration >= shortest else {
        throw .expected("at least \(Int(shortest.inSeconds * 1000)) ms", got: value)
      }
      return duration
    }
  }
}

extension ParameterKind where Wrapped == TimeReference {
  public static var time: ParameterKind {
    ParameterKind(.time) { value throws(ConversionError) in
      guard case .string(let text, _) = value, let time = TimeReference(text) else {
        throw .expected("a time such as 2h (ago), today, 09:30, monday or 2026-01-31T12:00:00Z", got: value)
      }
      return time
    }
  }
}

extension ParameterKind where Wrapped == JSONValue {
  public static var value: ParameterKind {
    ParameterKind(.value) { value throws(ConversionError) in value }
  }
}

extension ParameterKind where Wrapped == JSONObject {
  /// A record, or text that is a JSON object (as `@file` gives it).
  public static var record: ParameterKind {
    ParameterKind(.record) { value throws(ConversionError) in
      switch value {
      case .object(let record): return record
      case .string(let text, _):
        do throws(JSONSyntaxError) {
          if case .object(let record) = try JSONValue(parsing: text.withoutByteOrderMark) { return record }
        } catch {
          throw ConversionError("expected a record; the text is not JSON: \(error)")
        }
        throw ConversionError("expected a record; the text is another kind of JSON")
      default: throw .expected("a record", got: value)
      }
    }
  }
}

extension ParameterKind where Wrapped == [UInt8] {
  /// Exact bytes. Text gives its UTF-8, anything else its compact JSON; `@file` gives what the file holds.
  public static var bytes: ParameterKind {
    ParameterKind(.bytes) { value throws(ConversionError) in Array(value.text.utf8) }
  }
}

extension ParameterKind where Wrapped == ItemExpression {
  public static var expression: ParameterKind { unconverted(.expression) }
}

extension ParameterKind where Wrapped == ItemBlock {
  public static var block: ParameterKind { unconverted(.block) }
}

extension ParameterKind where Wrapped == ItemPath {
  public static var path: ParameterKind { unconverted(.path) }
}

extension ParameterKind where Wrapped == ItemKey {
  public static var key: ParameterKind { unconverted(.key) }
}

extension ParameterKind {
  /// For arguments that are pieces of syntax: `Call` binds them, no value is ever converted.
  fileprivate static func unconverted(_ shape: ParameterShape) -> ParameterKind {
    ParameterKind(shape) { value throws(ConversionError) in throw .expected(shape.placeholder, got: value) }
  }
}
