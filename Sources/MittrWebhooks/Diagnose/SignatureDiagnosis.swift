public import OrderedJSON

/// What the doctor found about one delivery: the record that `verify` answers.
public struct SignatureDiagnosis: Sendable, Hashable {
  /// Everything that is wrong, or the one reason why nothing is; never empty. Of causes that were found together, what is
  /// wrong with the headers comes first, then how the signature was made and how it is written, the body, the secret, and
  /// last that the timestamp is not fresh. Of several that are wrong with the body, or with the secret, line breaks and
  /// other white space come last.
  public let causes: [SignatureReason]
  /// Whether the reason is certain, that is, read off the request or shown by recomputing the signature. False when it
  /// is only what is left.
  public let proven: Bool
  /// What was found, as a sentence without its full stop.
  public let explanation: String
  /// What to do, as a clause that goes on after a semicolon; nil when there is nothing to do.
  public let advice: String?
  /// The signature that the secret gives for the timestamp and body received; nil without a secret or a timestamp.
  public let expected: String?
  /// The signature header's exact text, but `<redacted>` where that is a secret; nil when there is none or there are
  /// several that differ.
  public let received: String?
  /// The timestamp header's exact text, but `<redacted>` where that is a secret; nil when there is none or there are
  /// several that differ.
  public let timestamp: String?
  /// How long ago the timestamp was, in seconds; negative when it is ahead, nil when it is not a number of seconds. A
  /// timestamp in milliseconds counts as what it means.
  public let age: Int?
  /// What the bytes look like, best first: when nothing is proven, and of a right signature what is wrong with the clock.
  /// A hint is never proven.
  public let likely: [SignatureHint]
  /// Where the body received first differs from the one that was shown to be signed; nil when it does not, or when
  /// nothing was shown.
  public let difference: BodyDifference?
  /// Whether a cause was found, or nothing was left out of the search. False when something was left out for what it would
  /// have cost, as it is of bodies above 48 KiB, and when the task was cancelled. What is never tried, such as three
  /// differences at once, does not count.
  public let isExhaustive: Bool

  /// Why the delivery is accepted or refused: the first of the causes, in the order in which one would mend them.
  public var reason: SignatureReason { causes.first ?? .mismatch }

  /// One plain sentence with what to do.
  public var detail: String { advice.map { "\(explanation); \($0)." } ?? "\(explanation)." }

  /// Whether a receiver accepts the delivery: the signature is right, under the secret or one of the others given, and
  /// fresh. A right signature that is not fresh is told apart from a wrong one by the reason.
  public var valid: Bool { reason == .ok || reason == .secretPrevious }

  /// `{valid, reason, proven, detail, expected, timestamp, age, received, causes, likely, differs}`, with null for what is not
  /// known. `causes` is an array of codes, the reason first, and `likely` one of hints, best first; `differs` is the text of `difference`.
  public var json: JSONObject {
    [
      "valid": .bool(valid),
      "reason": .string(reason.rawValue),
      "proven": .bool(proven),
      "detail": .string(detail),
      "expected": expected.map { .string($0) } ?? .null,
      "timestamp": timestamp.map { .string($0) } ?? .null,
      "age": age.map { .number(JSONNumber($0)) } ?? .null,
      "received": received.map { .string($0) } ?? .null,
      "causes": .array(causes.map { .string($0.rawValue) }),
      "likely": .array(likely.map { .string($0.rawValue) }),
      "differs": difference.map { .string($0.description) } ?? .null,
    ]
  }

  /// The diagnosis for people.
  public var report: SignatureReport { SignatureReport(self) }
}
