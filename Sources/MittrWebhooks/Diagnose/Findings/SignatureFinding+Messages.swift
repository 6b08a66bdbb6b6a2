import Basics

extension SignatureFinding {
  static func accepted(isPrevious: Bool) -> Self {
    guard isPrevious else {
      return Self(
        causes: [.ok], proven: true, explanation: "The signature is right and the timestamp is fresh", advice: nil)
    }
    return Self(
      causes: [.secretPrevious], proven: true,
      explanation: "The signature is right under another of the secrets given, and the timestamp is fresh",
      advice: "before that secret is withdrawn, see that nothing signs with it any more")
  }

  static func stale(age: Int, tolerance: Int, isPrevious: Bool) -> Self {
    freshness(
      .staleTimestamp, "it was made \(SpokenDuration.seconds(age)) ago", age: age, tolerance: tolerance,
      isPrevious: isPrevious, advice: "check the receiver's clock and whether an old delivery was sent again")
  }

  static func future(ahead: Int, tolerance: Int, isPrevious: Bool) -> Self {
    freshness(
      .futureTimestamp, "its timestamp is \(SpokenDuration.seconds(ahead)) ahead", age: -ahead, tolerance: tolerance,
      isPrevious: isPrevious, advice: "check the receiver's clock")
  }

  /// - age: in seconds; negative when the timestamp is ahead.
  private static func freshness(
    _ reason: SignatureReason, _ phrase: String, age: Int, tolerance: Int, isPrevious: Bool, advice: String
  ) -> Self {
    let offset = ClockOffset(age: age, tolerance: tolerance)
    return Self(
      causes: [reason] + previous(isPrevious), proven: true,
      explanation: "\(right(isPrevious)), but \(phrase) and the tolerance is \(tolerance)",
      advice: offset.map { "\(advice), and whether local time was taken for UTC, for this is \($0.phrase)" } ?? advice,
      likely: offset == nil ? [] : [.clockOffByHours])
  }

  static func milliseconds(isPrevious: Bool) -> Self {
    Self(
      causes: [.timestampMilliseconds] + previous(isPrevious), proven: true,
      explanation: "\(right(isPrevious)), but the \(WebhookHeaderName.timestamp) header is in milliseconds",
      advice: timestampAdvice)
  }

  /// A number that is no time in seconds, nor in milliseconds, that anybody means.
  static func farTimestamp(isPrevious: Bool) -> Self {
    Self(
      causes: [.futureTimestamp] + previous(isPrevious), proven: true,
      explanation: "\(right(isPrevious)), but the \(WebhookHeaderName.timestamp) header is no Unix time in seconds",
      advice: timestampAdvice)
  }

  static let likelyMilliseconds = Self(
    causes: [.timestampMilliseconds], proven: false,
    explanation: """
      The \(WebhookHeaderName.timestamp) header is in milliseconds, and the signature is right neither for it nor for \
      the seconds
      """,
    advice: timestampAdvice)

  private static func right(_ isPrevious: Bool) -> String {
    isPrevious ? "The signature is right under another of the secrets given" : "The signature is right"
  }

  private static func previous(_ isPrevious: Bool) -> [SignatureReason] { isPrevious ? [.secretPrevious] : [] }

  /// - right: a header that comes near and has what is missing, and what that is.
  static func missing(
    _ reason: SignatureReason, header: String, nearMisses: [String], right: (name: String, content: String)?
  ) -> Self {
    if let right {
      return Self(
        causes: [reason], proven: true,
        explanation: "There is no \(header) header, but \(NearMisses.shown(right.name)) has \(right.content)",
        advice: "find out what renames the header")
    }
    guard !nearMisses.isEmpty else {
      return Self(
        causes: [reason], proven: true, explanation: "There is no \(header) header",
        advice: "check that a proxy does not remove it and that the request is from Mittr")
    }
    let names = nearMisses.prefix(NearMisses.limit.names).map(NearMisses.shown)
    return Self(
      causes: [reason], proven: true,
      explanation: "There is no \(header) header, but there is \(names.joined(separator: ", "))",
      advice: "check who sent the request and what renames its headers")
  }

  static func malformedTimestamp(_ value: HeaderValue) -> Self {
    Self(
      causes: [.malformedTimestamp], proven: true, explanation: headerIs(value),
      advice: value.single == nil ? "find out what adds one on the way" : timestampAdvice)
  }

  /// - isExhaustive: whether every value was tried under everything that the doctor knows.
  static func malformedSignature(_ value: HeaderValue, isExhaustive: Bool) -> Self {
    let name = WebhookHeaderName.signature
    guard case .single(let text) = value else {
      return Self(
        causes: [.malformedSignature], proven: true,
        explanation: "There are several \(name) headers that differ"
          + (isExhaustive ? ", and none has the right signature" : ""),
        advice: "find out what adds one on the way", isExhaustive: isExhaustive)
    }
    return Self(
      causes: [.malformedSignature], proven: true,
      explanation: SignatureDigits.hasPrefix(text)
        ? "The \(name) header is not v1= and 64 lowercase hexadecimal digits"
        : "The \(name) header does not begin with v1=",
      advice: "pass the header on exactly as it was received", isExhaustive: isExhaustive)
  }

  static func bodyEmpty(length: Int) -> Self {
    Self(
      causes: [.bodyEmpty], proven: true,
      explanation: "The body given is empty, and the request says that it had \(length) bytes",
      advice: "keep the raw body before anything reads it, for a stream that was read is empty")
  }

  static func bodyLength(_ count: Int, said length: Int, isCompressed: Bool, likely: [LikelyCause]) -> Self {
    let difference = count < length ? "\(length - count) fewer" : "\(count - length) more"
    return Self(
      causes: [.bodyLength], proven: false,
      explanation: """
        The signature is not the one of this timestamp and body, which has \(count) bytes, \(difference) than the \(length) \
        that the request says
        """,
      advice: isCompressed
        ? "see whether decompressing accounts for that, and verify the bytes that were signed"
        : "\(Self.likely(likely)); pass the whole raw body, neither cut short nor written again")
  }

  /// The likeliest in words.
  private static func likely(_ causes: [LikelyCause]) -> String {
    "likely \(causes.first?.phrase ?? "the body was changed on the way")"
  }

  static let secretIsAPIKey = Self(
    causes: [.secretIsAPIKey], proven: false,
    explanation: "The signature is not the one of this timestamp and body, and the secret is an API key",
    advice: "use the endpoint's secret, which endpoints create shows and which begins with whsec_")

  static func secretMasked(_ what: String) -> Self {
    Self(
      causes: [.secretMasked], proven: false,
      explanation: "The signature is not the one of this timestamp and body, and the secret looks like \(what)",
      advice: "use the whole secret itself, as endpoints create shows it")
  }

  static let noSecret = Self(
    causes: [.mismatch], proven: false, explanation: "The secret is empty", advice: "set it to the endpoint's secret")

  static func mismatch(_ delivery: Delivery, likely causes: [LikelyCause], isExhaustive: Bool) -> Self {
    var likely = causes.filter { $0.hint != .otherDelivery }.map(\.phrase)
    if delivery.body.isEmpty { likely = ["the body was read before, so that it is empty here"] }
    if delivery.isCompressed { likely.append("the body was decompressed or is still compressed") }
    likely += [
      "the secret is another endpoint's", "the header and the body are from different deliveries",
      "the body was changed on the way",
    ]
    let untried =
      Task.isCancelled
      ? " (the search was stopped before everything was tried)"
      : isExhaustive
        ? ""
        : SearchEffort.isThorough(for: delivery.body.count)
          ? " (more combinations of causes are possible than were tried)"
          : " (the body is too large for every combination of causes to have been tried)"
    return Self(
      causes: [.mismatch], proven: false,
      explanation: "The signature is not the one of this timestamp and body under this secret\(untried)",
      advice: "likely \(likely.dropLast().joined(separator: ", ")), or \(likely[likely.count - 1])",
      isExhaustive: isExhaustive)
  }
}

/// How headers that come near are told.
enum NearMisses {
  /// How many header names a sentence lists, and how many characters of each.
  static let limit = (names: 5, length: 64)

  static func shown(_ name: String) -> String { SafeText.escaped(name, limit: limit.length) }
}
