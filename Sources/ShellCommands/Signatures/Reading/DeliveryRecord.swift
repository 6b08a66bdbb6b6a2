import Basics
import Interpreter
import OrderedJSON

extension DeliveryParts {
  /// Reads a record with headers and a body, as `deliveries` yields them.
  init(record: JSONValue) throws(Failure) {
    guard case .object(let record) = record, let headers = record["headers"] else { throw Self.noDelivery(record) }
    try add(headers)
    switch (record["body"], record["bodyBase64"]) {
    case (.string(let text, _)?, nil), (.string(let text, _)?, .null?): body = Array(text.utf8)[...]
    case (nil, .string(let text, _)?), (.null?, .string(let text, _)?):
      guard let bytes = Base64.decoded(text) else { throw Self.badBase64 }
      body = bytes[...]
    case (nil, nil), (.null?, nil), (nil, .null?), (.null?, .null?): throw Self.noBody
    case (.some, .some): throw Self.badBody
    default: throw Self.badBody
    }
    receivedAt = record["receivedAt"]?.stringValue.flatMap { TimeReference.seconds(iso8601: $0) }
    path = record["path"]?.stringValue
  }

  /// Adds headers given as text, or as a record of strings and lists of strings.
  mutating func add(_ given: JSONValue) throws(Failure) {
    switch given {
    case .string(let given, _):
      let text = given.withoutByteOrderMark
      if text.first(where: { !$0.isWhitespace }) == "{", let record = try? JSONValue(parsing: text) {
        return try add(record)
      }
      let read = try HeaderText(text.utf8)
      headers += read.fields
    case .object(let record):
      for (name, value) in record {
        switch value {
        case .array(let values): for value in values { headers.append((name, value.text)) }
        case .null: break
        default: headers.append((name, value.text))
        }
      }
    default: throw Self.badHeaders(given)
    }
  }

  private static func noDelivery(_ value: JSONValue) -> Failure {
    Failure(
      "bad-delivery", "expected a delivery, a record with headers and body; got \(value.kindWithArticle)",
      help: "deliveries yields such records")
  }

  private static let noBody = Failure(
    "bad-delivery", "the record has neither body nor bodyBase64", help: "body is the exact text that was received")
  private static let badBody = Failure(
    "bad-delivery", "the body should be the exact text that was received, a string, or base64 in bodyBase64",
    help: "what was parsed cannot be verified any more")
  private static let badBase64 = Failure("bad-delivery", "bodyBase64 is not base64")

  private static func badHeaders(_ value: JSONValue) -> Failure {
    Failure("bad-headers", "headers should be text or a record, got \(value.kindWithArticle)")
  }
}
