import Basics

/// A key that may have signed in place of the secret given, and what would have to be done to the secret to get it.
struct SecretVariant {
  let key: [UInt8]
  /// What is wrong with the secret given; empty for the secret as it stands.
  let causes: [SignatureReason]
  /// What the key is, to follow "the signature is right for": `the secret without the quotes around it`. It quotes
  /// nothing of the secret.
  let phrase: String
  /// What to do, as imperative clauses.
  let advice: [String]
  /// Whether the secrets as they were given show that this one may be meant.
  private(set) var isEvident = false
  /// Whether white space within the secret was removed.
  private var isJoined = false

  fileprivate init(
    _ key: [UInt8], _ causes: [SignatureReason], _ phrase: String, _ advice: [String]
  ) {
    self.key = key
    self.causes = causes
    self.phrase = phrase
    self.advice = advice
  }

  /// The secret with one more thing done to it.
  private func changed(
    to key: [UInt8], _ cause: SignatureReason, _ change: String, advice: String
  ) -> SecretVariant {
    let phrase = causes.isEmpty ? "the secret \(change)" : "\(phrase), \(change)"
    return SecretVariant(
      key, causes.contains(cause) ? causes : causes + [cause], phrase,
      self.advice.contains(advice) ? self.advice : self.advice + [advice])
  }
}

/// The keys that the secret may stand for describe it as well as the secret does.
extension SecretVariant: CustomStringConvertible, CustomReflectable {
  var description: String { "<redacted>" }
  var customMirror: Mirror { Mirror(self, children: []) }
}

extension SecretVariant {
  /// What may be meant by secrets that were given, the likeliest first: the first secret as it stands, what is plainly
  /// written around it removed, the other secrets, and then what could be done to any secret.
  static func variants(of secrets: [WebhookSecret]) -> [SecretVariant] {
    guard let first = secrets.first else { return [] }
    let given = SecretVariant(Array(first.text.utf8), [], "", [])
    let others = secrets.dropFirst().map { secret in
      SecretVariant(Array(secret.text.utf8), [.secretPrevious], "another of the secrets given", [previousAdvice])
    }
    let cleaned = given.cleaned()
    // The last step is the likeliest: what is around a secret is all not meant.
    var variants =
      [given]
      + (cleaned.reversed() + others).enumerated().map { index, variant in
        var variant = variant
        variant.isEvident = index < mostEvident
        return variant
      }
    // What is plainly around a secret was not meant, so that the rest is done to what is left first. White space in it
    // may well be meant.
    let around = cleaned.filter { !$0.isJoined }
    for variant in around.reversed() + [given] + cleaned.filter(\.isJoined) { variants += variant.rewritten() }
    variants += others.prefix(mostEvident).flatMap { $0.cleaned() }
    variants.append(
      given.changed(
        to: given.key + [0x0A], .secretWhitespace, "with a final newline",
        advice: "sign with the secret exactly as the platform shows it"))
    var seen = Set<[UInt8]>()
    return variants.filter { !$0.key.isEmpty && seen.insert($0.key).inserted }
  }

  /// Of more secrets than this none is likelier than others.
  private static let mostEvident = 4
  /// Nobody encodes or prefixes a longer secret.
  private static let longestRewritten = 1024

  /// The secret without what is plainly around it, step by step.
  private func cleaned() -> [SecretVariant] {
    var steps: [SecretVariant] = []
    var seen: Set<[UInt8]> = [key]
    var next = [self]
    while !next.isEmpty, steps.count < Self.mostSteps {
      let variant = next.removeFirst()
      // Of a very long one only the white space is looked at.
      for step in SecretHypothesis.surroundings.prefix(variant.key.count > Self.longestCleaned ? 1 : .max) {
        let keys = step.undo(variant.key).filter { !$0.isEmpty && seen.insert($0).inserted }
        guard !keys.isEmpty else { continue }
        let found = keys.map { variant.changed(to: $0, step.cause, step.phrase, advice: step.advice) }
        steps += found
        next += found
        break
      }
    }
    let last = steps.last ?? self
    if key.count <= Self.longestCleaned, let part = SecretText.embedded(in: key), seen.insert(part).inserted {
      steps.append(
        changed(
          to: part, .secretWrapped, "from whsec_ on, without what stands around it",
          advice: SecretHypothesis.valueAdvice))
    }
    let joined = last.key.filter { !BodyFeatures.isBlank($0) }
    if joined.count < last.key.count, seen.insert(joined).inserted {
      var variant = last.changed(
        to: joined, .secretWhitespace, "without the white space in it", advice: SecretHypothesis.whitespaceAdvice)
      variant.isJoined = true
      steps.append(variant)
      steps += SecretText.lines(of: last.key).filter { seen.insert($0).inserted }.map {
        last.changed(
          to: $0, .secretWrapped, "without the lines before and behind it", advice: SecretHypothesis.valueAdvice)
      }
    }
    return steps
  }

  /// No more is taken off one secret, and nothing off a longer one but white space.
  private static let (mostSteps, longestCleaned) = (16, 64 * 1024)

  /// Prefixes removed and added, and codings undone and done.
  private func rewritten() -> [SecretVariant] {
    guard key.count <= Self.longestRewritten else { return [] }
    let (platform, version) = (Array("whsec_".utf8), Array("v1,".utf8))
    var bare = self
    var removed: [SecretVariant] = []
    for (prefix, name) in [(version, "v1,"), (platform, "whsec_")] where bare.key.starts(with: prefix) {
      bare = bare.changed(
        to: Array(bare.key.dropFirst(prefix.count)), .secretPrefix, "without its \(name)", advice: Self.prefixAdvice)
      removed.append(bare)
    }
    var variants = removed
    if !key.starts(with: platform) {
      variants.append(
        changed(to: platform + key, .secretPrefix, "with whsec_ before it", advice: Self.prefixAdvice))
    }
    let bases = [self] + removed
    variants += bases.reversed().flatMap { $0.decoded() } + encoded().prefix(2)
    variants.append(changed(to: version + key, .secretPrefix, "with v1, before it", advice: Self.prefixAdvice))
    variants += bases.flatMap { $0.encoded() }
    if key.contains(UInt8(ascii: "+")) {
      let spaced = key.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }
      variants.append(
        changed(to: spaced, .secretEncoded, "with a space for each +", advice: SecretHypothesis.decodedAdvice))
    }
    if key.contains(0x20) {
      let joined = key.map { $0 == 0x20 ? UInt8(ascii: "+") : $0 }
      variants.append(changed(to: joined, .secretEncoded, "with + for each space", advice: Self.encodedAdvice))
    }
    variants += bare.encoded().map {
      $0.changed(to: platform + $0.key, .secretPrefix, "with whsec_ before it", advice: Self.prefixAdvice)
    }
    if !key.starts(with: platform) {
      variants.append(
        changed(to: version + platform + key, .secretPrefix, "with v1,whsec_ before it", advice: Self.prefixAdvice))
    }
    return variants
  }

  private func decoded() -> [SecretVariant] {
    func decoded(_ key: [UInt8]) -> [(bytes: [UInt8], name: String)] {
      let text = key.filter { !BodyFeatures.isBlank($0) }
      if text.starts(with: "0x".utf8), let bytes = Hex.decoded(Array(text.dropFirst(2))) {
        return [(bytes, "hexadecimal")]
      }
      return [(Base64.decoded(text), "base64"), (Hex.decoded(text), "hexadecimal")].compactMap { bytes, name in
        bytes.map { ($0, name) }
      }
    }
    var variants: [SecretVariant] = []
    func add(_ bytes: [UInt8], _ phrase: String) {
      let found = changed(to: bytes, .secretEncoded, phrase, advice: SecretHypothesis.decodedAdvice)
      variants.append(found)
      // What was encoded had often been read with the newline behind it, or with its name or quotes.
      let trimmed = SecretText.trimmed(bytes)
      for step in SecretHypothesis.surroundings where [.secretQuoted, .secretWrapped].contains(step.cause) {
        guard bytes.allSatisfy({ $0 < 0x80 }), let value = step.undo(trimmed).first, !value.isEmpty else { continue }
        variants.append(found.changed(to: value, step.cause, step.phrase, advice: step.advice))
        break
      }
      guard !trimmed.isEmpty, trimmed.count < bytes.count else { return }
      variants.append(
        changed(
          to: trimmed, .secretEncoded, "\(phrase), without the white space encoded along",
          advice: SecretHypothesis.decodedAdvice))
    }
    for (bytes, name) in decoded(key) {
      add(bytes, "decoded from \(name)")
      guard bytes.allSatisfy({ $0 < 0x80 }) else { continue }
      for (inner, innerName) in decoded(bytes) { add(inner, "decoded from \(name), then from \(innerName)") }
    }
    return variants
  }

  private func encoded() -> [SecretVariant] {
    func encoded(_ bytes: [UInt8], _ name: String) -> SecretVariant {
      changed(to: bytes, .secretEncoded, "encoded in \(name)", advice: Self.encodedAdvice)
    }
    return [
      encoded(Base64.encoded(key, urlSafe: false, padded: true), "base64"),
      encoded(Hex.encoded(key, uppercase: false), "hexadecimal"),
      encoded(Base64.encoded(key, urlSafe: false, padded: false), "base64 without padding"),
      encoded(Base64.encoded(key, urlSafe: true, padded: true), "URL-safe base64"),
      encoded(Base64.encoded(key, urlSafe: true, padded: false), "URL-safe base64 without padding"),
      encoded(Hex.encoded(key, uppercase: true), "uppercase hexadecimal"),
      encoded(Base64.encoded(key + [0x0A], urlSafe: false, padded: true), "base64 with a newline"),
    ]
  }

  private static let prefixAdvice = "use the secret exactly as the platform shows it, with its prefix and no other"
  private static let encodedAdvice = "set the secret encoded as the platform shows it, since its text is the key"
  private static let previousAdvice = "finish the rotation: make that secret the first, or stop signing with it"
}
