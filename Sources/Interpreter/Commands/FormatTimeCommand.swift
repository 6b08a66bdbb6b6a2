import Basics
import OrderedJSON

enum FormatTimeCommand {
  private static let pattern = Parameter.optionalPositional(
    "pattern", .text, "how to write it, such as \"%Y-%m-%d %H:%M\"; without it, as RFC 3339")
  private static let isLocal = Parameter.flag("local", "by the clocks of this machine")
  private static let zone = Parameter.option("zone", .zone, "by clocks that are so far ahead of UTC: +02:00, or Z")

  static let command = Command(
    "format time", topic: .text, "writes a time as text: seconds since 1970, or an RFC 3339 text",
    discussion: """
      A text is told by the clocks that it names itself, and a number in UTC, unless --zone or --local says otherwise. All \
      digits of the second are kept; a number has three at least, as now has.

      In PATTERN these stand for parts of the time, as in the Unix command date, and all else for itself: \
      \(ZonedTime.fieldSummary). Null stays null.
      """,
    input: .required, result: .asInput, parameters: [pattern, isLocal, zone],
    searchWords: ["strftime", "date", "todate", "to_char", "timezone", "iso8601", "gmtime", "localtime"],
    examples: [
      .init("1767225600.25 | format time", "seconds since 1970", gives: "2026-01-01T00:00:00.250Z"),
      .init(
        #""2026-01-31T12:00:00Z" | format time "%a %d %b, %H:%M" --zone +02:00"#, "as people write it",
        gives: "Sat 31 Jan, 14:00"),
      .init(#"[{at: "2026-01-31T12:00:00Z"}] | each { .at | format time %F }"#, "its date", gives: "2026-01-31"),
    ]
  ) { call throws(Interruption) in
    let pattern = try await call.value(pattern).map { pattern throws(Interruption) in
      try Interruption.rethrowing(at: call.span(of: Self.pattern)) { () throws(Failure) in try TimePattern(pattern) }
    }
    let zone = try await call.value(zone)
    let isLocal = try await call.value(isLocal)
    if isLocal, zone != nil { throw .failure(bothGiven(at: call.span(of: Self.zone))) }
    let clocks = call.session.zone
    return try await call.eachTime { time throws(Failure) in
      var time = time
      if let zone { time.offset = zone }
      if isLocal { time.offset = clocks.offset(time.seconds) / 60 }
      guard time.isInRange else { throw .outOfTime }
      return .string(pattern?.text(time) ?? time.text)
    }
  }

  private static func bothGiven(at span: SourceSpan?) -> Failure {
    Failure(.badArgument, "--local and --zone exclude each other", at: span)
  }
}

/// A pattern such as `%Y-%m-%d`, taken apart.
private struct TimePattern {
  private enum Part {
    case text(String)
    case field(Character)
  }

  private var parts: [Part] = []

  init(_ text: String) throws(Failure) {
    var plain = ""
    var rest = text[...]
    // Any time knows all fields.
    let sample = ZonedTime(JSONNumber(0))
    while let character = rest.popFirst() {
      guard character == "%" else {
        plain.append(character)
        continue
      }
      guard let letter = rest.popFirst(), sample?.field(letter) != nil else {
        throw Self.unknown(rest.isEmpty && text.hasSuffix("%") ? "%" : text[..<rest.startIndex].suffix(2))
      }
      parts += [.text(plain), .field(letter)]
      plain = ""
    }
    guard !parts.isEmpty || plain.isEmpty else { throw Self.withoutFields(plain) }
    parts.append(.text(plain))
  }

  func text(_ time: ZonedTime) -> String {
    var result = ""
    for part in parts {
      switch part {
      case .text(let text): result += text
      case .field(let letter): result += time.field(letter) ?? ""
      }
    }
    return result
  }

  /// What stands for a part of the time in the patterns of Java, ICU, .NET and moment.js, and here.
  private static let foreignFields = [
    ("yyyy", "%Y"), ("YYYY", "%Y"), ("MM", "%m"), ("dd", "%d"), ("DD", "%d"), ("HH", "%H"), ("hh", "%I"), ("mm", "%M"),
    ("SSS", "%L"), ("ss", "%S"), ("SS", "%S"), ("yy", "%y"),
  ]

  private static func withoutFields(_ pattern: String) -> Failure {
    let translated = foreignFields.reduce(pattern) { $0.replacing($1.0, with: $1.1) }
    let isForeign = translated != pattern && pattern.utf8.count <= 100
    return Failure(
      .badArgument, "PATTERN names no part of a time, so every time would be written alike",
      help: isForeign ? "write it as \"\(translated)\"" : "such as %Y-%m-%d %H:%M:%S; help format time lists them all")
  }

  private static func unknown(_ field: some StringProtocol) -> Failure {
    Failure(
      .badArgument, "PATTERN: \(field) stands for no part of a time",
      help: "such as %Y-%m-%d %H:%M:%S; help format time lists them all")
  }
}

extension ParameterKind where Wrapped == Int {
  /// Clocks, as minutes that they are ahead of UTC.
  fileprivate static var zone: ParameterKind {
    ParameterKind(.text) { value throws(ConversionError) in
      if case .string(let text, _) = value {
        if text.uppercased() == "UTC" { return 0 }
        if let offset = InternetTime.offset(text) { return offset }
      }
      throw .expected("an offset such as +02:00, -0530 or Z", got: value)
    }
  }
}
