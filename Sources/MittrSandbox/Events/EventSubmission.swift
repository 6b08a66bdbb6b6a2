import Basics
import HTTPTypes
import OrderedJSON

/// What `POST /api/v1/events` asks for, checked.
struct EventSubmission: Sendable {
  /// Where the event goes.
  enum Target: Sendable {
    /// To every enabled endpoint that subscribes to the type.
    case subscribers(eventType: String)
    /// To one URL; the type is only shown.
    case destination(WebhookURL, eventType: String?)
  }

  let target: Target
  let payload: JSONObject
  let headers: JSONObject
  /// nil when the sender left it to the endpoint.
  let maxAttempts: Int?
  let priority: JSONValue?
  let idempotencyKey: String
  /// The body without white space, by which a repeated request is recognised.
  let text: String

  static let defaultAttempts = 5
  static let maximumHeaders = 50

  init(_ body: JSONObject, idempotencyKey: String?) throws(APIError) {
    var problems: [APIError.Problem] = []
    func refuse(_ field: String, _ message: String) { problems.append(.init(field: field, message: message)) }

    if !(idempotencyKey.map { 1...255 ~= $0.utf8.count } ?? false) {
      refuse("X-Idempotency-Key", "the header is required, with 1 to 255 bytes")
    }
    let eventType = body.given("eventType")
    if let eventType, !(eventType.stringValue.map(EventTypePattern.isValid) ?? false) {
      refuse("eventType", "must be a string of 1 to 255 characters without white space, control characters or '*'")
    } else if eventType?.stringValue?.utf8.contains(UInt8(ascii: "*")) == true {
      refuse("eventType", "must not contain '*'; only endpoints subscribe to patterns")
    }
    let destination = body.given("destination")
    let url = destination?.stringValue.flatMap(WebhookURL.init)
    if destination != nil, url == nil {
      refuse("destination", "must be an absolute http or https URL without user and password")
    }
    if eventType == nil, destination == nil { refuse("eventType", "is required unless destination is given") }
    if body.given("payload")?.objectValue == nil {
      refuse("payload", body.given("payload") == nil ? "is required" : "must be an object")
    }
    let headers = body.given("headers")
    if let headers, !(headers.objectValue.map(Self.areHeaders) ?? false) {
      refuse("headers", "must be an object of at most \(Self.maximumHeaders) names and strings that HTTP can carry")
    }
    let maxAttempts = body.given("maxAttempts")
    if let maxAttempts, Self.attempts(maxAttempts) == nil {
      refuse("maxAttempts", "must be a positive integer")
    }
    let priority = body.given("priority")
    if let priority, priority.wholeNumber == nil,
      !(priority.stringValue.map { $0.unicodeScalars.count <= 100 } ?? false)
    {
      refuse("priority", "must be an integer or a string of at most 100 characters")
    }
    guard problems.isEmpty, let payload = body.given("payload")?.objectValue, let idempotencyKey else {
      throw .badRequest("invalid event", problems)
    }
    if let url {
      target = .destination(url, eventType: eventType?.stringValue)
    } else {
      target = .subscribers(eventType: eventType?.stringValue ?? "")
    }
    self.payload = payload
    self.headers = headers?.objectValue ?? JSONObject()
    self.maxAttempts = maxAttempts.flatMap(Self.attempts)
    self.priority = priority
    self.idempotencyKey = idempotencyKey
    text = JSONWriter.compact.string(.object(body))
  }

  /// A positive whole number, as far as it is honoured: a larger one is silently taken as that; nil for anything else.
  private static func attempts(_ value: JSONValue) -> Int? {
    guard let number = value.numberValue?.double, number >= 1, number == number.rounded() else { return nil }
    return Int(min(number, Double(RetrySchedule.maximumAttempts)))
  }

  private static func areHeaders(_ object: JSONObject) -> Bool {
    object.count <= maximumHeaders
      && object.allSatisfy { name, value in
        HTTPField.Name(name) != nil
          && (value.stringValue.map { $0.unicodeScalars.count <= 4096 && HTTPField.isValidValue($0) } ?? false)
      }
  }
}

extension JSONObject {
  /// The value of a key; nil also when it is null.
  fileprivate func given(_ key: String) -> JSONValue? {
    guard let value = self[key], !value.isNull else { return nil }
    return value
  }
}
