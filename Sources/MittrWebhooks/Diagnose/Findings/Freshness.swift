/// That a timestamp is not fresh.
struct Freshness {
  let reason: SignatureReason
  /// To follow "the signature is right, and".
  let phrase: String

  /// - Parameters:
  ///   - age: how long ago the timestamp was, in seconds.
  /// - Returns: nil for a timestamp within the tolerance.
  init?(age: Int, tolerance: Int) {
    let distance = Int(clamping: age.magnitude)
    guard distance > tolerance else { return nil }
    reason = age < 0 ? .futureTimestamp : .staleTimestamp
    let duration = SpokenDuration.seconds(distance)
    // No clock is off by a thousand years: the number means something else.
    guard distance < 31_556_952_000 else {
      phrase = "its timestamp is no Unix time in seconds"
      return
    }
    phrase =
      age < 0
      ? "it is \(duration) ahead of the clock while the tolerance is \(tolerance)"
      : "it was made \(duration) ago while the tolerance is \(tolerance)"
  }
}
