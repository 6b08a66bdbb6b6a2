public import OrderedJSON

/// What the doctor found about one delivery: the record that `verify` answers.
public struct SignatureDiagnosis: Sendable, Hashable {
  /// Why the delivery is accepted or refused.
  public let reason: SignatureReason
  /// Whether the reason is certain, that is, read off the headers or shown by recomputing the signature. False when it
  /// is only what is left.
  public let proven: Bool
  /// One plain sentence with what to do.
  public let detail: String
  /// The signature that the secret gives for the timestamp and body received; nil without a secret or a timestamp.
  public let expected: String?
  /// The timestamp header's exact text; nil when there is none or there are several that differ.
  public let timestamp: String?
  /// How long ago the timestamp was, in seconds; negative when it is ahead, nil when it is not a number.
  public let age: Int?

  /// Whether a receiver accepts the delivery: the signature is right and fresh. A right signature that is not fresh is
  /// told apart from a wrong one by the reason.
  public var valid: Bool { reason == .ok }

  /// `{valid, reason, proven, detail, expected, timestamp, age}`, with null for what is not known.
  public var json: JSONObject {
    [
      "valid": .bool(valid),
      "reason": .string(reason.rawValue),
      "proven": .bool(proven),
      "detail": .string(detail),
      "expected": expected.map { .string($0) } ?? .null,
      "timestamp": timestamp.map { .string($0) } ?? .null,
      "age": age.map { .number(JSONNumber($0)) } ?? .null,
    ]
  }
}
