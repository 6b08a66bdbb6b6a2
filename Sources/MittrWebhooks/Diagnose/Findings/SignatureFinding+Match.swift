extension SignatureFinding {
  /// What it means that the signature is right under a hypothesis.
  /// - Parameters:
  ///   - timestamp: the timestamp's header when it is malformed; nil when it is not.
  ///   - form: what the timestamp's header has.
  ///   - freshness: that the timestamp would be refused besides.
  init(
    _ match: SignatureSearch.Match, timestamp: HeaderValue? = nil, form: TimestampForm = .seconds, freshness: Freshness?
  ) {
    var (causes, objects, advice) = (Set<SignatureReason>(), [String](), [String]())
    func add(_ cause: SignatureReason?, _ object: String?, _ todo: String?) {
      if let cause { causes.insert(cause) }
      if let object, !object.isEmpty { objects.append(object) }
      if let todo, !todo.isEmpty, !advice.contains(todo) { advice.append(todo) }
    }
    if timestamp != nil { add(.malformedTimestamp, nil, Self.timestampAdvice) }
    if case .milliseconds = form { add(.timestampMilliseconds, nil, nil) }
    add(match.prefix.cause, match.prefix.phrase, match.prefix.advice)
    if match.reading.algorithm != .sha256 {
      add(
        .signedOtherScheme, match.reading.algorithm.name, "check that the request is from Mittr, which uses HMAC-SHA256"
      )
    }
    let written = Self.written(match.reading, isScheme: causes.contains { $0.isScheme })
    for (cause, _, todo) in written { add(cause, nil, todo) }
    let body = match.body
    for cause in body.causes { add(cause, nil, nil) }
    add(nil, body.causes.isEmpty && match.ending.cause == nil ? nil : match.bodyPhrase, nil)
    for todo in body.advice { add(nil, nil, todo) }
    add(match.ending.cause, nil, match.endingAdvice)
    for cause in match.secret.causes { add(cause, nil, nil) }
    add(nil, match.secret.phrase, nil)
    for todo in match.secret.advice { add(nil, nil, todo) }
    if let freshness { causes.insert(freshness.reason) }

    var explanation = "The signature is right"
    if let timestamp { explanation = "\(Self.headerIs(timestamp)), and the signature is right" }
    if !objects.isEmpty { explanation += " for " + objects.joinedByAnd }
    if !written.isEmpty { explanation += " once " + written.map(\.1).joinedByAnd }
    if let freshness { explanation += ", and \(freshness.phrase)" }
    self.init(
      causes: SignatureReason.byWeight.filter(causes.contains), proven: true, explanation: explanation,
      advice: advice.joinedByAnd, difference: match.body.difference(ending: match.ending.bytes))
  }

  /// A missing timestamp whose signature needs none: the sender signs the body alone.
  static func missingTimestamp(as match: SignatureSearch.Match, otherwise finding: SignatureFinding) -> Self {
    let meaning = SignatureFinding(match, freshness: nil)
    let right = meaning.explanation.dropFirst("The signature".count)
    return SignatureFinding(
      causes: [.missingTimestamp] + meaning.causes, proven: true,
      explanation: "There is no \(WebhookHeaderName.timestamp) header, and the signature\(right)",
      advice: meaning.advice, difference: meaning.difference)
  }

  /// What is wrong with how the signature is written: the cause, what would make it right, and what to do.
  private static func written(
    _ reading: ReceivedSignature, isScheme: Bool
  ) -> [(SignatureReason, String, String)] {
    reading.faults.compactMap { fault in
      switch fault {
      // Another scheme has another prefix: that is no second cause.
      case .signatureMissingPrefix where isScheme: nil
      case .signatureMissingPrefix:
        (fault, "v1= and nothing else stands before its digits", "send the signature as v1= and its digits")
      case .signatureUppercase: (fault, "its digits are in lowercase", "send its digits in lowercase")
      case .signatureBase64:
        (fault, "it is in hexadecimal rather than in base64", "encode the HMAC in hexadecimal")
      case .signatureTruncated:
        (
          fault, "it has all of its 64 digits, of which \(reading.digitCount) were received",
          "find out what cuts the header short"
        )
      default:
        (fault, "its header is v1= and its digits and nothing else", "pass the header on exactly as it was received")
      }
    }
  }

  static let timestampAdvice = "send whole Unix seconds, such as 1706123456"

  /// What a malformed timestamp's header is.
  static func headerIs(_ timestamp: HeaderValue) -> String {
    let name = WebhookHeaderName.timestamp
    guard case .single(let text) = timestamp else { return "There are several \(name) headers that differ" }
    return "The \(name) header is \(TimestampForm(text).phrase)"
  }
}

extension SignatureSearch.Match {
  fileprivate var bodyPhrase: String {
    // What is said of the body names its own ending.
    guard let own = body.endings.first?.bytes, own != ending.bytes else { return body.phrase }
    let count = Self.lineBreakCount(own)
    let end =
      switch ending.bytes {
      case []: count == 1 ? "without its final newline" : "without its \(count) final newlines"
      case [0x0A]: "with LF as its final newline"
      case [0x0D, 0x0A]: "with CR LF as its final newline"
      default: "with \(Self.lineBreakCount(ending.bytes)) final newlines rather than \(count)"
      }
    return body.causes.isEmpty ? "\(body.phrase) \(end)" : "\(body.phrase), \(end)"
  }

  /// How many lines end in some line breaks; CR LF is one.
  private static func lineBreakCount(_ bytes: [UInt8]) -> Int {
    bytes.indices.reduce(0) { count, index in
      bytes[index] == 0x0A && index > 0 && bytes[index - 1] == 0x0D ? count : count + 1
    }
  }

  fileprivate var endingAdvice: String? {
    switch ending.cause {
    case nil: nil
    case .bodyLineEndings:
      "pass the body on as binary data, for editors, version control and mail change line endings"
    default: "keep the body's exact bytes, for editors, shells and line readers add or drop the last newline"
    }
  }
}

extension SignatureReason {
  /// The order in which causes that were found together are listed: of those of the body, and of those of the secret, what
  /// is at the ends or between the lines comes last, for without the rest it would not matter.
  fileprivate static let byWeight: [SignatureReason] = allCases.flatMap { reason -> [SignatureReason] in
    switch reason {
    case .bodyByteOrderMark, .bodyLineEndings, .bodyTrailingNewline, .secretQuoted, .secretWhitespace: []
    case .bodyExtraBytes: [reason, .bodyByteOrderMark, .bodyLineEndings, .bodyTrailingNewline]
    case .secretWrapped: [reason, .secretQuoted]
    case .secretPrefix: [reason, .secretWhitespace]
    default: [reason]
    }
  }

  /// Whether it says that something else was signed than Mittr signs.
  fileprivate var isScheme: Bool { self == .signedWithoutTimestamp || self == .signedOtherScheme }
}

extension [String] {
  /// `a`, `a and b`, `a, b and c`, and with another comma before the `and` where one of them has any; empty for none.
  fileprivate var joinedByAnd: String {
    guard count > 1, let last else { return first ?? "" }
    let comma = contains { $0.utf8.contains(UInt8(ascii: ",")) } ? "," : ""
    return dropLast().joined(separator: ", ") + comma + " and " + last
  }
}
