import Basics

/// Decides which headers a request has.
struct RequestHeaders: Sendable {
  /// Headers that describe the connection or the message's length: another value than the transport's own would let
  /// one request pass for two.
  private static let ofTheTransport = [
    "Host", "Content-Length", "Transfer-Encoding", "Connection", "Keep-Alive", "Upgrade", "TE", "Trailer",
  ]
  private static let apiKey = "X-API-Key"

  private let common: [HeaderField]

  /// - Throws: `MittrError` (`INVALID_REQUEST`) when the key or the project's id cannot stand in a header.
  init(apiKey: Secret, projectID: String?) throws(MittrError) {
    guard !apiKey.value.isEmpty else { throw .invalidRequest("the API key is empty") }
    guard apiKey.value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .invalidRequest("the API key contains white space, control or non-ASCII characters")
    }
    var common = [
      HeaderField(Self.apiKey, apiKey.value), HeaderField("Accept", "application/json"),
      HeaderField("User-Agent", "mittr-swift/\(Mittr.version)"),
    ]
    if let projectID {
      guard !projectID.isEmpty, projectID.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
        throw .invalidRequest("the project id is empty, or contains white space, control or non-ASCII characters")
      }
      common.append(HeaderField("X-Project-ID", projectID))
    }
    self.common = common
  }

  /// All headers of a request; one of the caller's replaces one of ours of the same name.
  func fields(hasBody: Bool, adding additional: [HeaderField]) throws(MittrError) -> [HeaderField] {
    var fields = common
    if hasBody { fields.append(HeaderField("Content-Type", "application/json")) }
    for field in additional {
      try Self.check(field)
      fields.removeAll { $0.isNamed(field.name) }
    }
    return fields + additional
  }

  /// Whether a header may be added to a request.
  static func isAllowed(_ field: HeaderField) -> Bool { (try? check(field)) != nil }

  static func isIdempotencyKey(_ key: String) -> Bool {
    !key.isEmpty && isAllowed(HeaderField("X-Idempotency-Key", key))
  }

  private static func check(_ field: HeaderField) throws(MittrError) {
    guard !field.name.isEmpty, field.name.utf8.allSatisfy({ $0.isUnreserved || "!#$%&'*+^`|".utf8.contains($0) }) else {
      throw .invalidRequest("'\(SafeText.escaped(field.name, limit: 100))' is not a header's name")
    }
    guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
      throw .invalidRequest("the value of the header \(field.name) contains a line break or a control character")
    }
    guard !field.isNamed(apiKey) else {
      throw .invalidRequest("the API key goes into Mittr(apiKey:), not into a header")
    }
    guard !ofTheTransport.contains(where: field.isNamed) else {
      throw .invalidRequest("the header \(field.name) belongs to the connection and cannot be set")
    }
  }
}

/// The API key is among them.
extension RequestHeaders: CustomReflectable {
  var customMirror: Mirror { Mirror(self, children: ["names": common.map(\.name)]) }
}
