extension SignatureFinding {
  /// What a failed check means for this delivery, and what to do about it.
  init(_ failure: WebhookVerificationError, in delivery: Delivery) {
    let detail: String
    var proven = true
    switch failure {
    case .missingSignature:
      detail = Self.missing(WebhookHeaderName.signature, like: ["signature", "hmac"], in: delivery)
    case .missingTimestamp:
      detail = Self.missing(WebhookHeaderName.timestamp, like: ["timestamp"], in: delivery)
    case .malformedTimestamp:
      detail = Self.malformedTimestamp(delivery.headers.timestamp)
    case .malformedSignature:
      detail = Self.malformedSignature(delivery.headers.signature)
    case .staleTimestamp(let age):
      detail = Self.stale(age: age, tolerance: delivery.toleranceSeconds)
    case .futureTimestamp(let ahead):
      detail = Self.future(ahead: ahead, tolerance: delivery.toleranceSeconds)
    case .mismatch:
      proven = false
      detail = delivery.hasSecret ? Self.mismatch : Self.noSecret
    }
    self.init(reason: failure.reason, proven: proven, detail: detail)
  }

  /// How many near-miss header names a sentence lists, and how many characters of each.
  private static let nearMissLimit = (names: 5, length: 64)

  private static func missing(_ name: String, like words: [String], in delivery: Delivery) -> String {
    let nearMisses = delivery.headerNames.filter { present in
      words.contains { present.lowercased().contains($0) } && WebhookHeaderName.kind(of: present) == nil
    }
    guard !nearMisses.isEmpty else {
      return "There is no \(name) header; check that a proxy does not remove it and that the request is from Mittr."
    }
    let names = nearMisses.prefix(nearMissLimit.names).map { $0.prefix(nearMissLimit.length) }
    return """
      There is no \(name) header, but there is \(names.joined(separator: ", ")); check who sent the request and what \
      renames its headers.
      """
  }

  private static func malformedTimestamp(_ value: HeaderValue) -> String {
    let name = WebhookHeaderName.timestamp
    guard case .single(let text) = value else {
      return "There are several \(name) headers that differ; find out what adds one on the way."
    }
    return "The \(name) header is \(form(ofTimestamp: text)); send whole Unix seconds, such as 1706123456."
  }

  private static func form(ofTimestamp text: String) -> String {
    let bytes = Array(text.utf8)
    if bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") { return "a calendar date" }
    guard bytes.allSatisfy("0123456789.eE+-".utf8.contains), Double(text) != nil else { return "no decimal integer" }
    return bytes.contains(where: ".eE".utf8.contains)
      ? "a number with a fraction or an exponent" : "a number with a sign"
  }

  private static func malformedSignature(_ value: HeaderValue) -> String {
    let name = WebhookHeaderName.signature
    guard case .single(let text) = value else {
      return "There are several \(name) headers that differ; find out what adds one on the way."
    }
    guard SignatureDigits.hasPrefix(text) else {
      return "The \(name) header does not begin with v1=; pass the header on exactly as it was received."
    }
    return "The \(name) header is not v1= and 64 lowercase hexadecimal digits; pass it on exactly as it was received."
  }

  private static func stale(age: Int, tolerance: Int) -> String {
    """
    The signature is right, but it was made \(age) seconds ago and the tolerance is \(tolerance); check the receiver's \
    clock and whether an old delivery was sent again.
    """
  }

  private static func future(ahead: Int, tolerance: Int) -> String {
    """
    The signature is right, but its timestamp is \(ahead) seconds ahead and the tolerance is \(tolerance); check the \
    receiver's clock.
    """
  }

  private static let mismatch = """
    The signature is not the one of this timestamp and body under this secret; likely the secret is another endpoint's, \
    the header and the body are from different deliveries, or the body was changed on the way.
    """

  private static let noSecret = "The secret is empty; set it to the endpoint's secret."
}
