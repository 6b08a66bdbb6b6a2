import Basics
import MittrWebhooks
import OrderedJSON
import WebhookReceiver

/// A delivery to a receiver, as the platform would send it.
struct OutgoingDelivery: Sendable {
  enum Signature: Sendable {
    /// Made when it is sent, under this secret.
    case fresh(WebhookSecret)
    /// Timestamp and signature stay as they were received.
    case kept
  }

  /// Without Mittr's own headers where they are made anew; or why nothing is sent, where that is known beforehand.
  let request: Result<DeliveryRequest, ItemError>
  let signature: Signature
  /// Headers that a person gave: they take the place of all others of their names.
  var givenHeaders: [(name: String, value: String)] = []
  let eventID: String?
  let eventType: String?

  /// The request with its signature, which is over the timestamp that a person gave, if that is one.
  /// - Parameter now: seconds since 1970.
  func signed(_ request: DeliveryRequest, at now: Int) -> DeliveryRequest {
    var request = request
    if case .fresh(let secret) = signature {
      let given = givenHeaders.last { $0.name.lowercased() == WebhookHeaderName.timestamp.lowercased() }
      let timestamp = given.flatMap { Int($0.value) } ?? now
      request.headers += WebhookSigner(secret: secret).headers(timestamp: timestamp, body: request.body).map {
        (name: $0.0, value: $0.1)
      }
    }
    let given = Set(givenHeaders.map { $0.name.lowercased() })
    request.headers = request.headers.filter { !given.contains($0.name.lowercased()) } + givenHeaders
    return request
  }

  /// What `--dry-run` shows.
  var description: JSONValue {
    guard case .success(let request) = request else {
      return ["id": eventID.map { .string($0) } ?? .null, "url": .null]
    }
    var record: JSONObject = ["method": .string(request.method), "url": .string(request.url)]
    record["id"] = eventID.map { .string($0) }
    record["eventType"] = eventType.map { .string($0) }
    request.body.put(into: &record)
    return .object(record)
  }
}

extension [UInt8] {
  /// Puts a body into a record: as text where it is text, else in base64.
  /// - Parameter isCut: whether it is the beginning of a longer one, whose last character may be incomplete.
  func put(into record: inout JSONObject, isCut: Bool = false) {
    let spare = isCut ? Swift.min(3, count) : 0
    let whole = (0...spare).lazy.compactMap { String(validating: self.dropLast($0), as: UTF8.self) }.first
    if let text = whole {
      record["body"] = .string(text)
    } else {
      record["bodyBase64"] = .string(Base64.text(self))
    }
  }
}
