import Interpreter
import MittrSDK

/// The flags by which the server filters events.
enum EventFilters {
  static let statuses = ["pending", "processing", "delivered", "failed", "dead"]
  static let status = Parameter.option("status", .suggestion(statuses), "only events in this status")
  static let eventType = Parameter.option("event-type", .text, "only this type; * stands for any text")
    .suggesting(.field("eventType", of: .event))
  static let endpoint = Parameter.option("endpoint-id", .identifier, "only events for this endpoint")
    .suggesting(.field("id", of: .endpoint), .field("endpointId", of: .event))

  static func parameters(_ call: Call) async throws(Interruption) -> EventListParameters {
    var parameters = EventListParameters()
    parameters.status = try await call.value(status).map(EventStatus.init(rawValue:))
    parameters.eventType = try await call.value(eventType)
    parameters.endpointId = try await call.value(endpoint)
    return parameters
  }

  /// A time as the API takes it.
  static func time(_ parameter: Parameter<TimeReference?>, _ call: Call) async throws(Interruption) -> String? {
    if try await call.isUnknown(parameter) { return PlannedRequest.unknown }
    let (now, zone) = (call.session.now(), call.session.zone)
    return try await call.value(parameter).map { TimeReference.iso8601($0.seconds(now: now, zone: zone)) }
  }

  /// Which comparisons of fields the server makes as `where` does.
  static let all: [SourceFilters.Filter] = [
    // The server refuses a status that it does not know.
    .init("status", status) { comparison, text in comparison == .equal && statuses.contains(text) },
    // It reads a * in a type as a wildcard, as `like` does.
    .init("eventType", eventType) { comparison, text in
      isPlain(text) && (comparison == .like || !text.utf8.contains(UInt8(ascii: "*")))
    },
    .init("endpointId", endpoint) { comparison, text in comparison == .equal && isPlain(text) },
  ]

  /// Whether a text is compared byte by byte whatever a server does to texts: visible ASCII, and not too long for a URL.
  private static func isPlain(_ text: String) -> Bool {
    1...200 ~= text.utf8.count && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
  }
}
