/// The first check that a delivery failed.
///
/// The checks run in the order of the cases. Freshness comes last, so that a stale or future timestamp means that the
/// signature itself is right.
#if hasAttribute(nonexhaustive)
  @nonexhaustive
#endif
public enum WebhookVerificationError: Error, Sendable, Hashable {
  /// There is no signature header, or it is empty.
  case missingSignature
  /// There is no timestamp header, or it is empty.
  case missingTimestamp
  /// The timestamp is not a decimal integer, or there are several that differ.
  case malformedTimestamp
  /// The signature is not `v1=` and 64 lowercase hexadecimal digits, or there are several that differ.
  case malformedSignature
  /// The signature is none that a secret given gives for this timestamp and body.
  case mismatch
  /// The signature is right, and the timestamp is more than the tolerance old. `age` is in seconds.
  case staleTimestamp(age: Int)
  /// The signature is right, and the timestamp is more than the tolerance ahead. `ahead` is in seconds.
  case futureTimestamp(ahead: Int)

  /// The stable code of the check, such as `stale-timestamp`.
  public var reason: SignatureReason {
    switch self {
    case .missingSignature: .missingSignature
    case .missingTimestamp: .missingTimestamp
    case .malformedTimestamp: .malformedTimestamp
    case .malformedSignature: .malformedSignature
    case .mismatch: .mismatch
    case .staleTimestamp: .staleTimestamp
    case .futureTimestamp: .futureTimestamp
    }
  }
}

extension WebhookVerificationError: CustomStringConvertible {
  /// One plain sentence. It quotes nothing that was received and nothing secret.
  public var description: String {
    switch self {
    case .missingSignature:
      "The request has no \(WebhookHeaderName.signature) header."
    case .missingTimestamp:
      "The request has no \(WebhookHeaderName.timestamp) header."
    case .malformedTimestamp:
      "The \(WebhookHeaderName.timestamp) header is not one decimal number of Unix seconds."
    case .malformedSignature:
      "The \(WebhookHeaderName.signature) header is not one v1= with 64 lowercase hexadecimal digits."
    case .mismatch:
      "The signature is not the one of this timestamp and body under the secret."
    case .staleTimestamp(let age):
      "The signature is right, but it was made \(age) seconds ago, which is more than the tolerance."
    case .futureTimestamp(let ahead):
      "The signature is right, but its timestamp is \(ahead) seconds ahead, which is more than the tolerance."
    }
  }
}
