import Crypto

/// The hashes under the HMACs that senders of webhooks use. Mittr uses SHA-256.
enum SignatureAlgorithm: CaseIterable {
  case sha256
  case sha512
  case sha1

  /// The length of a code.
  var byteCount: Int {
    switch self {
    case .sha256: 32
    case .sha512: 64
    case .sha1: 20
    }
  }

  var name: String {
    switch self {
    case .sha256: "HMAC-SHA256"
    case .sha512: "HMAC-SHA512"
    case .sha1: "HMAC-SHA1"
    }
  }
}

/// The code of a message that is fed piece by piece. Copies of one that has begun go on with different endings, so that
/// what they share is hashed once.
enum MessageCode {
  /// While bytes are added: a hash that is held twice would be copied first.
  case none
  case sha256(SHA256, SignatureKey)
  case sha512(HMAC<SHA512>)
  case sha1(HMAC<Insecure.SHA1>)

  init(_ algorithm: SignatureAlgorithm, key: [UInt8]) {
    switch algorithm {
    case .sha256:
      let key = SignatureKey(bytes: key)
      self = .sha256(key.beginMessage(), key)
    case .sha512: self = .sha512(HMAC(key: SymmetricKey(data: key)))
    case .sha1: self = .sha1(HMAC(key: SymmetricKey(data: key)))
    }
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    switch self {
    case .none: break
    case .sha256(var hash, let key):
      self = .none
      hash.update(bufferPointer: bytes)
      self = .sha256(hash, key)
    case .sha512(var code):
      self = .none
      code.update(data: bytes)
      self = .sha512(code)
    case .sha1(var code):
      self = .none
      code.update(data: bytes)
      self = .sha1(code)
    }
  }

  mutating func add(_ bytes: [UInt8]) {
    if !bytes.isEmpty { bytes.withUnsafeBytes { add($0) } }
  }

  /// Calls `body` with the code of what was added.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    switch self {
    case .none: body(UnsafeRawBufferPointer(start: nil, count: 0))
    case .sha256(let hash, let key): key.code(of: hash).withUnsafeBytes(body)
    case .sha512(let code): code.finalize().withUnsafeBytes(body)
    case .sha1(let code): code.finalize().withUnsafeBytes(body)
    }
  }
}
