import Crypto

/// HMAC-SHA256 (RFC 2104) under one secret, with the key schedule done once.
///
/// The two hash states that the key leaves behind are kept, and each code starts from copies of them. Crypto's own `HMAC`
/// is generic over the hash and is not specialised outside its module, which costs several times the hashing itself for
/// a body of a few hundred bytes; `SHA256` is not generic.
struct SignatureKey: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  init(_ secret: WebhookSecret) { self.init(bytes: Array(secret.text.utf8)) }

  init(bytes: [UInt8]) {
    var key = bytes
    if key.count > SHA256.blockByteCount { key = Array(SHA256.hash(data: key)) }
    key += repeatElement(0, count: SHA256.blockByteCount - key.count)
    inner = Self.state(after: key.map { $0 ^ 0x36 })
    outer = Self.state(after: key.map { $0 ^ 0x5C })
  }

  private static func state(after block: [UInt8]) -> SHA256 {
    var hash = SHA256()
    hash.update(data: block)
    return hash
  }

  /// The code of `timestamp + "." + body`.
  func digits(timestamp: String, body: UnsafeRawBufferPointer) -> SignatureDigits {
    var message = beginMessage()
    withBytes(of: (timestamp + ".").utf8) { message.update(bufferPointer: $0) }
    message.update(bufferPointer: body)
    return SignatureDigits(code(of: message))
  }

  /// The state that a message's bytes are to be added to.
  func beginMessage() -> SHA256 { inner }

  /// The code of a message that began with `beginMessage`.
  func code(of message: SHA256) -> SHA256.Digest {
    var outer = self.outer
    message.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
    return outer.finalize()
  }
}

/// The keyed states sign as well as the secret does, so they are as secret.
extension SignatureKey: CustomStringConvertible, CustomReflectable {
  var description: String { "<redacted>" }
  var customMirror: Mirror { Mirror(self, children: []) }
}
