/// Why a delivery's signature is accepted or not, as a stable code that scripts may compare with.
public enum SignatureReason: String, Sendable, Hashable, CaseIterable {
  /// The signature is right and the timestamp is fresh.
  case ok
  /// The signature is right, and the timestamp is older than the tolerance.
  case staleTimestamp = "stale-timestamp"
  /// The signature is right, and the timestamp is further ahead than the tolerance.
  case futureTimestamp = "future-timestamp"
  /// There is no signature header, or it is empty.
  case missingSignature = "missing-signature"
  /// There is no timestamp header, or it is empty.
  case missingTimestamp = "missing-timestamp"
  /// The timestamp is not a decimal integer, or there are several that differ.
  case malformedTimestamp = "malformed-timestamp"
  /// The signature is not `v1=` and 64 lowercase hexadecimal digits, or there are several that differ.
  case malformedSignature = "malformed-signature"
  /// The signature is well formed, and it is not the one of this body under this secret.
  case mismatch
}

extension SignatureReason: CustomStringConvertible {
  /// The code, such as `stale-timestamp`.
  public var description: String { rawValue }
}
