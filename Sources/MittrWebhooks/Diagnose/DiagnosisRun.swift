/// The diagnosis of one delivery: what the verifier says of it, and the search for the cause.
struct DiagnosisRun {
  let delivery: Delivery
  let toleranceSeconds: Int
  let now: Int
  /// The signature that the first secret gives; nil without a secret or without a timestamp.
  let expected: String?
  private let secrets: [WebhookSecret]
  private let failure: WebhookVerificationError?

  init(_ delivery: Delivery, verifier: WebhookVerifier, secrets: [WebhookSecret], now: Int) {
    self.delivery = delivery
    self.secrets = secrets
    self.now = now
    toleranceSeconds = verifier.toleranceSeconds
    failure = verifier.firstFailure(delivery.headers, body: delivery.body, at: now)
    expected = delivery.headers.timestamp.single.flatMap {
      verifier.keys.first?.digits(timestamp: $0, body: delivery.body).signature
    }
  }

  private var timestamp: String? { delivery.headers.timestamp.single }

  /// How long ago the timestamp was, in seconds; nil when it is no number of seconds. Milliseconds are taken as such.
  var age: Int? {
    guard let timestamp, let read = SignatureTimestamp(timestamp) else { return nil }
    return switch TimestampForm(timestamp) {
    case .milliseconds(let seconds): SignatureTimestamp(seconds: seconds).age(at: now)
    case .far: nil
    default: read.age(at: now)
    }
  }

  func finding() -> SignatureFinding {
    switch failure {
    case nil: .accepted(isPrevious: isPrevious)
    case .staleTimestamp(let age): .stale(age: age, tolerance: toleranceSeconds, isPrevious: isPrevious)
    case .futureTimestamp(let ahead):
      switch TimestampForm(timestamp ?? "") {
      case .milliseconds: .milliseconds(isPrevious: isPrevious)
      case .far: .farTimestamp(isPrevious: isPrevious)
      default: .future(ahead: ahead, tolerance: toleranceSeconds, isPrevious: isPrevious)
      }
    case .missingSignature: missingSignature()
    case .missingTimestamp: missingTimestamp()
    case .malformedTimestamp, .malformedSignature, .mismatch: searched()
    }
  }

  /// Whether it is not the first secret under which the signature is right.
  private var isPrevious: Bool {
    guard let expected, let signature = delivery.headers.signature.single else { return false }
    return !expected.utf8.elementsEqual(signature.utf8)
  }

  private struct SearchResult {
    var match: SignatureSearch.Match?
    var isExhaustive = true
    var features: BodyFeatures?
  }

  private func search(_ signatures: [String], timestamp: String?) -> SearchResult {
    let readings = ReceivedSignature.readings(of: signatures)
    // Nothing that is received can be right, so nothing need be computed.
    guard !readings.isEmpty, !secrets.isEmpty else { return SearchResult() }
    var search = SignatureSearch(
      readings, prefixes: MessagePrefix.variants(timestamp: timestamp, ids: delivery.ids), body: delivery.body,
      secrets: SecretVariant.variants(of: secrets), signedLength: delivery.signedLength)
    let match = search.run()
    return SearchResult(match: match, isExhaustive: search.isExhaustive, features: search.features)
  }

  private func searched() -> SignatureFinding {
    let result = search(delivery.signatures, timestamp: timestamp)
    if let match = result.match {
      let isMalformed = failure == .malformedTimestamp
      let form = timestamp.map(TimestampForm.init) ?? .other
      let seconds =
        form.seconds == nil ? timestamp.flatMap(SignatureTimestamp.init)?.seconds : form.secondsOfFreshness
      let freshness = seconds.flatMap {
        Freshness(age: SignatureTimestamp(seconds: $0).age(at: now), tolerance: toleranceSeconds)
      }
      return SignatureFinding(
        match, timestamp: isMalformed ? delivery.headers.timestamp : nil, form: form, freshness: freshness)
    }
    return switch failure {
    case .malformedTimestamp: .malformedTimestamp(delivery.headers.timestamp)
    case .malformedSignature:
      .malformedSignature(
        delivery.headers.signature,
        isExhaustive: result.isExhaustive && !secrets.isEmpty
          && delivery.signatures.count <= ReceivedSignature.maximumValues)
    default: unexplained(result)
    }
  }

  /// A signature that nothing tried is the cause of: what is plain from the request, or what is likely.
  private func unexplained(_ result: SearchResult) -> SignatureFinding {
    guard !secrets.isEmpty else { return .noSecret }
    var likely = result.features.map { LikelyCause.found(in: $0, of: delivery) } ?? []
    var findings: [SignatureFinding] = []
    if let length = delivery.contentLength, length != delivery.body.count {
      findings.append(
        delivery.body.isEmpty
          ? .bodyEmpty(length: length)
          : .bodyLength(
            delivery.body.count, said: length, isCompressed: delivery.isCompressed, likely: likely))
    }
    if let timestamp, case .milliseconds = TimestampForm(timestamp) { findings.append(.likelyMilliseconds) }
    if isAPIKey { findings.append(.secretIsAPIKey) }
    if !isAPIKey, let mask = secrets.first.flatMap(SecretPlaceholder.init) {
      findings.append(.secretMasked(mask.phrase))
    }
    // A wrong secret says nothing of the delivery.
    if findings.contains(where: { $0.causes == [.secretIsAPIKey] || $0.causes == [.secretMasked] }) {
      likely.removeAll { $0.hint == .otherDelivery }
    }
    guard let first = findings.first(where: \.proven) ?? findings.first else {
      var finding = SignatureFinding.mismatch(delivery, likely: likely, isExhaustive: result.isExhaustive)
      finding.likely = likely.map(\.hint)
      return finding
    }
    let others = findings.flatMap(\.causes).filter { !first.causes.contains($0) }
    return SignatureFinding(
      causes: first.causes + others, proven: first.proven, explanation: first.explanation, advice: first.advice,
      likely: first.proven ? [] : likely.map(\.hint), isExhaustive: result.isExhaustive)
  }

  /// Whether the secret is one of the platform's API keys. A quote, a space or a name may stand before it.
  private var isAPIKey: Bool { secrets.first.map { SecretText.hasAPIKey(Array($0.text.utf8.prefix(1024))) } == true }
}

extension DiagnosisRun {
  private func nearMisses(like words: [String]) -> [(name: String, value: String)] {
    delivery.fields.filter { field in
      guard WebhookHeaderName.kind(of: field.name) == nil else { return false }
      let name = field.name.lowercased()
      return words.contains { name.contains($0) }
    }
  }

  private func missingSignature() -> SignatureFinding {
    let nearMisses = nearMisses(like: ["signature", "hmac"])
    let right = nearMisses.prefix(NearMisses.limit.names).first { field in
      isRight(field.value, timestamp: timestamp)
    }
    return .missing(
      .missingSignature, header: WebhookHeaderName.signature, nearMisses: nearMisses.map(\.name),
      right: right.map { ($0.name, "the right signature") })
  }

  private func missingTimestamp() -> SignatureFinding {
    let nearMisses = nearMisses(like: ["timestamp"])
    let signature = delivery.headers.signature.single ?? ""
    let right = nearMisses.prefix(NearMisses.limit.names).first { field in
      isRight(signature, timestamp: field.value)
    }
    var finding = SignatureFinding.missing(
      .missingTimestamp, header: WebhookHeaderName.timestamp, nearMisses: nearMisses.map(\.name),
      right: right.map { ($0.name, "the timestamp that was signed") })
    if right == nil, let match = search(delivery.signatures, timestamp: nil).match {
      finding = .missingTimestamp(as: match, otherwise: finding)
    }
    return finding
  }

  /// Whether a value is the signature of the body for a timestamp, however it is written.
  private func isRight(_ signature: String, timestamp: String?) -> Bool {
    guard let secret = secrets.first, let timestamp, timestamp.utf8.count <= NearMisses.limit.length else {
      return false
    }
    // A beginning of the right signature is not the right one.
    let readings = ReceivedSignature.readings(of: [signature])
      .filter { $0.algorithm == .sha256 && !$0.faults.contains(.signatureTruncated) }
    guard !readings.isEmpty else { return false }
    var code = MessageCode(.sha256, key: Array(secret.text.utf8))
    code.add(Array("\(timestamp).".utf8))
    code.add(delivery.body)
    return code.withBytes { bytes in readings.contains { $0.isRight(bytes) } }
  }
}
