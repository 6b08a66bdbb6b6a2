/// What the doctor found: the causes, and what to say of them.
struct SignatureFinding {
  /// What is wrong, the reason first. Never empty.
  let causes: [SignatureReason]
  /// Whether the reason is certain rather than only likely.
  let proven: Bool
  /// A sentence without its full stop.
  let explanation: String
  /// What to do, as a clause; nil when nothing is to be done.
  let advice: String?
  /// What the bytes look like, best first.
  var likely: [SignatureHint] = []
  var difference: BodyDifference?
  var isExhaustive = true
}
