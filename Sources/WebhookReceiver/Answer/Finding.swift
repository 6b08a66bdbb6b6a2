public import MittrWebhooks

/// What is known of a request's signature.
public enum Finding: Sendable {
  /// There is no secret to verify it with.
  case unverified
  case verified(SignatureDiagnosis)

  var diagnosis: SignatureDiagnosis? { if case .verified(let diagnosis) = self { diagnosis } else { nil } }
}
