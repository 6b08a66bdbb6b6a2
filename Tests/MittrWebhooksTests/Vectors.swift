import MittrWebhooks
import Testing

/// A signature computed with OpenSSL and with Node's crypto, which agree.
struct SignatureVector: Sendable, CustomTestStringConvertible {
  let secret: String
  let timestamp: String
  let body: [UInt8]
  let signature: String

  var testDescription: String { "\(secret.prefix(12)) at \(timestamp), \(body.count) bytes" }

  var headers: [String: String] { [WebhookHeaderName.timestamp: timestamp, WebhookHeaderName.signature: signature] }

  static let published: [SignatureVector] = [
    SignatureVector(
      secret: "whsec_test", timestamp: "1706123456", body: Array("{}".utf8),
      signature: "v1=25c092a7f7f78f8a93cfcf9ae6a7939c90108be67f88035a79a1388c0a904c1b"),
    SignatureVector(
      secret: "whsec_test", timestamp: "1706123456", body: [],
      signature: "v1=aa51a179e766368642e7a08a4590f8b6cf50f312f696020334f34a30860ec858"),
    SignatureVector(
      secret: "whsec_test", timestamp: "1706123456", body: Array(#"{"orderId":"ord_123","amount":9900}"#.utf8),
      signature: "v1=99711d69a5727a9118f88e4f8cd6607d0c5a5d6ee4e4b60c70679cdd15149029"),
    SignatureVector(
      secret: "whsec_test", timestamp: "1706123456", body: Array(#"{"name":"Zoë","emoji":"🚀"}"#.utf8),
      signature: "v1=19ffb33752c1394af75a9d15f644ce69918a0dc5ef37f972e5ae649f0e91a72b"),
    SignatureVector(
      secret: "clé-🔑", timestamp: "0", body: Array(0...255),
      signature: "v1=e49b2157d6a654df09d0a50aa57c9c3f07569a42fe7e773695ce6c9c5e89da15"),
    SignatureVector(
      secret: String(repeating: "k", count: 200), timestamp: "1767225599",
      body: Array(repeating: UInt8(ascii: "a"), count: 1000),
      signature: "v1=123ce2e50a4183a30ee3f50bd321b34a87cc139101819b41add5362583fd8d83"),
  ]

  /// The third vector: a usual delivery.
  static let order = published[2]

  /// Secrets about as long as a block of SHA-256, 64 bytes: longer ones are hashed first. Computed with OpenSSL.
  static let aroundOneBlock: [SignatureVector] = [
    SignatureVector(
      secret: String(repeating: "k", count: 63), timestamp: "1706123456", body: Array("{}".utf8),
      signature: "v1=90289612a2312e150013e774e4de592619a87f11ccb6306ebcb34b1f04560127"),
    SignatureVector(
      secret: String(repeating: "k", count: 64), timestamp: "1706123456", body: Array("{}".utf8),
      signature: "v1=a625f8ccd93a496d6e8938d3e7e7f8ab7336f90b836c32617bba28ad3f5123dc"),
    SignatureVector(
      secret: String(repeating: "k", count: 65), timestamp: "1706123456", body: Array("{}".utf8),
      signature: "v1=5f40476290bf5c3a165cc3ce3b5821b298fb914dbac63ca67d0b7806b52cd443"),
  ]
}
