public import HTTPTypes

/// The names of the headers that a delivery carries, as the platform writes them.
///
/// Names of headers are compared without regard to case. With `HTTPFields`, use the names of `HTTPField.Name`:
/// ```swift
/// let id = request.headers[.mittrEventID]
/// ```
public enum WebhookHeaderName {
  /// `X-Mittr-Timestamp`: when the delivery was signed, in Unix seconds, in decimal. It is part of what is signed.
  public static let timestamp = "X-Mittr-Timestamp"
  /// `X-Mittr-Signature`: `v1=` and 64 lowercase hexadecimal digits.
  public static let signature = "X-Mittr-Signature"
  /// `X-Mittr-Event-ID`: the event's id, `evt_…`, the same one for each attempt and each replay of an event. It tells
  /// which deliveries are repeated ones. It is not signed.
  public static let eventID = "X-Mittr-Event-ID"
  /// `X-Mittr-Trace-Id`: an id of this one attempt, for questions to the platform. It is not signed.
  public static let traceID = "X-Mittr-Trace-Id"
}

extension HTTPField.Name {
  /// `X-Mittr-Timestamp`: when the delivery was signed, in Unix seconds.
  public static let mittrTimestamp = known(WebhookHeaderName.timestamp)
  /// `X-Mittr-Signature`: `v1=` and 64 lowercase hexadecimal digits.
  public static let mittrSignature = known(WebhookHeaderName.signature)
  /// `X-Mittr-Event-ID`: the event's id, the same one for each attempt and each replay of an event. It is not signed.
  public static let mittrEventID = known(WebhookHeaderName.eventID)
  /// `X-Mittr-Trace-Id`: an id of this one attempt. It is not signed.
  public static let mittrTraceID = known(WebhookHeaderName.traceID)

  private static func known(_ text: String) -> HTTPField.Name {
    guard let name = HTTPField.Name(text) else { preconditionFailure("'\(text)' is no header's name") }
    return name
  }
}
