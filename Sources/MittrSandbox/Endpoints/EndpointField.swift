import Basics
import OrderedJSON

/// One setting of an endpoint that a user may give: its name, what it accepts, and what stands when it is not given.
struct EndpointField: Sendable {
  let name: String
  /// Completes `must be …`.
  let expectation: String
  /// nil when the field is absent until it is given.
  var fallback: JSONValue?
  let accepts: @Sendable (JSONValue) -> Bool

  /// In the order in which an endpoint shows them.
  static let all: [EndpointField] = [
    EndpointField(name: "url", expectation: "an absolute http or https URL without user and password") {
      $0.stringValue.flatMap(WebhookURL.init) != nil
    },
    text("description", maximum: 1000),
    EndpointField(
      name: "eventTypes", expectation: "an array of 1 to 100 event types or patterns such as order.*", fallback: ["*"]
    ) {
      guard let types = $0.arrayValue, 1...100 ~= types.count else { return false }
      return types.allSatisfy { $0.stringValue.map(EventTypePattern.isValid) ?? false }
    },
    EndpointField(
      name: "filter", expectation: "conditions {field, operator, value}, or and/or/not of them, up to ten levels"
    ) { (try? EventFilter($0)) != nil },
    text("transformation", maximum: 65_536),
    integer("maxRetries", 1...25, fallback: 5),
    integer("retryBackoffMs", 1...86_400_000, fallback: 1000),
    integer("retryBackoffMax", 1...86_400_000, fallback: 86_400_000),
    EndpointField(name: "retryBackoffMult", expectation: "a number from 1 to 100", fallback: 2) {
      $0.numberValue.map { 1...100 ~= $0.double } ?? false
    },
    integer("timeoutMs", 1...600_000, fallback: 30_000),
    integer("circuitThreshold", 1...1000, fallback: 5),
    integer("circuitResetMs", 1...86_400_000, fallback: 60_000),
    text("deliveryMode", maximum: 100),
    EndpointField(name: "fifo", expectation: "true or false", fallback: false) { $0.boolValue != nil },
    text("fifoPartitionKey", maximum: 255),
  ]

  private static func text(_ name: String, maximum: Int) -> EndpointField {
    EndpointField(name: name, expectation: "a string of at most \(maximum) characters") {
      $0.stringValue.map { $0.unicodeScalars.count <= maximum } ?? false
    }
  }

  private static func integer(_ name: String, _ range: ClosedRange<Int>, fallback: Int) -> EndpointField {
    EndpointField(
      name: name, expectation: "an integer from \(range.lowerBound) to \(range.upperBound)",
      fallback: .number(JSONNumber(fallback))
    ) { $0.wholeNumber.map(range.contains) ?? false }
  }
}
