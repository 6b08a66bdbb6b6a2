public import MittrWebhooks

/// A request that was received, what was found about its signature, and what was answered.
public struct ReceivedDelivery: Sendable {
  /// From 1, in the order in which they were answered.
  public let number: Int
  public let request: ReceivedRequest
  /// What the doctor says; nil when there was no secret to verify it with.
  public let diagnosis: SignatureDiagnosis?
  /// The status that was answered.
  public let status: Int
  /// What went wrong besides: the delivery could not be forwarded, or not saved.
  public let problem: String?
}
