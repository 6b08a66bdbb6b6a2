public import OrderedJSON

/// Why a value does not fit a parameter.
public struct ConversionError: Error, Sendable {
  public let message: String

  public init(_ message: String) { self.message = message }

  public static func expected(_ what: String, got value: JSONValue) -> ConversionError {
    switch value {
    case .string(let text, _) where text.utf8.count <= 40: ConversionError("expected \(what), got '\(text)'")
    case .number(let number) where number.text.utf8.count <= 40: ConversionError("expected \(what), got \(number.text)")
    default: ConversionError("expected \(what), got \(value.kindWithArticle)")
    }
  }
}
