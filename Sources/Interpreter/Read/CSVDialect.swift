import OrderedJSON

/// What may differ from one CSV file to another.
struct CSVDialect {
  var separator = UInt8(ascii: ",")
  /// The columns' names, for a file without a header row; nil takes them from the header.
  var columns: [String]?
  /// Whether null stands for the fields that a row is short of.
  var fillsMissing = false
}

/// The flags of all commands that read or write CSV.
enum CSVFlags {
  static let separator = Parameter.option(
    "separator", .separator, default: UInt8(ascii: ","), "what stands between the fields of CSV, such as \";\"",
    defaultText: ",")
  static let missingFields = Parameter.option(
    "missing-fields", .choice(["error", "null"]), default: "error",
    "what becomes of a row with fewer fields than there are columns", defaultText: "error")
  static let excel = Parameter.flag(
    "excel", "for spreadsheets: a byte order mark in front, and a ' before text that begins as a formula does")

  static func onlyForCSV(_ flag: any AnyParameter, _ span: SourceSpan?) -> Failure {
    Failure(.badArgument, "\(flag.declaration.label) is for CSV", at: span, help: "--as csv takes the file for CSV")
  }

  /// What the flags of a command say that reads CSV.
  /// - Parameter separator: what stands between fields where no flag says so.
  static func dialect(
    _ call: Call, columns: Parameter<[String]?>, separator: UInt8? = nil
  ) async throws(Interruption) -> CSVDialect {
    let isSeparatorGiven = call.isGiven(Self.separator)
    let given = try await call.value(Self.separator)
    return CSVDialect(
      separator: isSeparatorGiven ? given : separator ?? given, columns: try await call.value(columns),
      fillsMissing: try await call.value(missingFields) == "null")
  }
}

extension ParameterKind where Wrapped == UInt8 {
  /// One ASCII character that has no other meaning in CSV.
  static var separator: ParameterKind {
    ParameterKind(.text) { value throws(ConversionError) in
      guard case .string(let text, _) = value, text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80,
        byte != .quote, byte != .lineFeed, byte != .carriageReturn
      else { throw .expected("one character such as \";\" or \"\\t\"", got: value) }
      return byte
    }
  }
}

extension ParameterKind where Wrapped == [String] {
  /// Names with commas between them, or a list of names.
  static var names: ParameterKind {
    ParameterKind(.text) { value throws(ConversionError) in
      switch value {
      case .string(let text, _) where !text.isEmpty:
        return text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      case .array(let items) where !items.isEmpty:
        var names: [String] = []
        for item in items {
          guard case .string(let name, _) = item else { throw .expected("names", got: item) }
          names.append(name)
        }
        return names
      default: throw .expected("names such as id,status", got: value)
      }
    }
  }
}
