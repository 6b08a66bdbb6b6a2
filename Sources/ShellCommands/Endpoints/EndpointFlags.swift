import Interpreter
import OrderedJSON

/// The flags of `endpoints create` and `endpoints update`, each for one field of an endpoint. Only what is given is sent.
enum EndpointFlags {
  private struct Flag {
    let parameter: Parameter<JSONValue?>
    var field: String { parameter.declaration.camelCasedName }
  }

  private static let flags = [
    flag("url", .text, "where to deliver"),
    flag("event-types", .text, "types, with commas between; order.* stands for all that begin so") { value in
      guard case .string(let text, _) = value else { return value }
      return .array(text.split(separator: ",").map { .string(String($0)) })
    },
    flag("description", .text, "a note for people"),
    flag("enabled", .boolean, "whether it gets deliveries"),
    flag("filter", .value, "conditions on the payload, as JSON"),
    flag("transformation", .text, "JavaScript that rewrites the payload; @file reads it from a file"),
    flag("max-retries", .integer, "how often a delivery is tried again"),
    flag("retry-backoff-ms", .integer, "the first pause between tries, in milliseconds"),
    flag("retry-backoff-max", .integer, "the longest pause, in milliseconds"),
    flag("retry-backoff-mult", .value, "by what each pause is longer than the one before"),
    flag("timeout-ms", .integer, "how long a receiver may take, in milliseconds"),
    flag("circuit-threshold", .integer, "how many failures in a row open the circuit breaker"),
    flag("circuit-reset-ms", .integer, "how long it stays open, in milliseconds"),
    flag("delivery-mode", .text, "how deliveries are made"),
    flag("fifo", .boolean, "whether events are delivered in order"),
    flag("fifo-partition-key", .text, "in order of what"),
  ]

  /// The fields that a record for an endpoint may have.
  static var fields: [String] { flags.map { $0.field } + ["secret"] }

  static var parameters: [any AnyParameter] { flags.map { $0.parameter } }

  /// The fields given as flags, for one item if they depend on it.
  static func fields(_ call: Call, for item: JSONValue?) async throws(Interruption) -> JSONObject {
    var fields = JSONObject()
    for flag in flags {
      if let value = try await call.value(flag.parameter, for: item) {
        fields[flag.field] = value
      } else if try await call.isUnknown(flag.parameter) {
        fields[flag.field] = .string(PlannedRequest.unknown)
      }
    }
    return fields
  }

  private static func flag(
    _ name: String, _ shape: ParameterShape, _ summary: String,
    _ convert: @escaping @Sendable (JSONValue) -> JSONValue = { $0 }
  ) -> Flag {
    let kind = ParameterKind<JSONValue>(shape) { value throws(ConversionError) in
      switch (shape, value) {
      case (.integer, .number) where value.intValue != nil, (.boolean, .bool), (.text, .string),
        (.text, .array),
        (.value, _), (_, .null):
        return convert(value)
      case (.integer, _): throw .expected("a whole number", got: value)
      case (.boolean, _): throw .expected("true or false", got: value)
      default: throw .expected("text", got: value)
      }
    }
    return Flag(parameter: .option(name, kind, summary, isPerItem: true))
  }
}
