/// One delivery as the doctor examines it: the fields, the body and what the verifier found.
struct Delivery {
  /// The name of every header field, in the order and case received.
  let headerNames: [String]
  let headers: SignatureHeaders
  let body: UnsafeRawBufferPointer
  let toleranceSeconds: Int
  /// Whether there is a secret that could verify anything.
  let hasSecret: Bool
  /// How long ago the timestamp was, in seconds; nil when there is no timestamp that can be read.
  let age: Int?
}

/// A cause that the doctor found.
struct SignatureFinding {
  let reason: SignatureReason
  /// Whether the cause is certain rather than only likely.
  let proven: Bool
  /// One plain sentence with what to do.
  let detail: String
}
