/// A key that may have signed in place of the secret given, and what would have to be done to the secret to get it.
struct SecretVariant {
  let key: [UInt8]
  /// What is wrong with the secret given; empty for the secret as it stands.
  let causes: [SignatureReason]
  /// What the key is, to follow "the signature is right for": `the secret without the quotes around it`. It quotes
  /// nothing of the secret.
  let phrase: String
  /// What to do, as an imperative clause.
  let advice: String
  /// Whether the secrets as they were given show that this one may be meant.
  private(set) var isEvident = false

  fileprivate init(
    _ key: [UInt8], _ causes: [SignatureReason], _ phrase: String, _ advice: String
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
      key, causes.contains(cause) ? causes : causes + [cause], phrase, causes.isEmpty ? advice : self.advice)
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
    let given = SecretVariant(Array(first.text.utf8), [], "", "")
    let others = secrets.dropFirst().map { secret in
      SecretVariant(Array(secret.text.utf8), [.secretPrevious], "another of the secrets given", previousAdvice)
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
    // What is plainly around a secret was not meant, so that the rest is done to what is left first.
    for variant in cleaned.reversed() + [given] { variants += variant.rewritten() }
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

  /// The secret without white space and quotes around it, step by step.
  private func cleaned() -> [SecretVariant] {
    var steps: [SecretVariant] = []
    var last = self
    while steps.count < 4 {
      let trimmed = Self.trimmed(last.key)
      if trimmed.count < last.key.count {
        last = last.changed(
          to: trimmed, .secretWhitespace, "without the white space around it", advice: Self.whitespaceAdvice)
      } else if let unquoted = Self.unquoted(last.key) {
        last = last.changed(to: unquoted, .secretQuoted, "without the quotes around it", advice: Self.quotesAdvice)
      } else {
        break
      }
      steps.append(last)
    }
    let joined = last.key.filter { !" \t\r\n".utf8.contains($0) }
    if joined.count < last.key.count {
      steps.append(
        last.changed(to: joined, .secretWhitespace, "without the white space in it", advice: Self.whitespaceAdvice))
    }
    return steps
  }

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
    [(Base64.decoded(key), "base64"), (Hexadecimal.decoded(key), "hexadecimal")].compactMap { bytes, name in
      bytes.map { changed(to: $0, .secretEncoded, "decoded from \(name)", advice: Self.decodedAdvice) }
    }
  }

  private func encoded() -> [SecretVariant] {
    func encoded(_ bytes: [UInt8], _ name: String) -> SecretVariant {
      changed(to: bytes, .secretEncoded, "encoded in \(name)", advice: Self.encodedAdvice)
    }
    return [
      encoded(Base64.encoded(key, urlSafe: false, padded: true), "base64"),
      encoded(Hexadecimal.encoded(key, uppercase: false), "hexadecimal"),
      encoded(Base64.encoded(key, urlSafe: false, padded: false), "base64 without padding"),
      encoded(Base64.encoded(key, urlSafe: true, padded: true), "URL-safe base64"),
      encoded(Base64.encoded(key, urlSafe: true, padded: false), "URL-safe base64 without padding"),
      encoded(Hexadecimal.encoded(key, uppercase: true), "uppercase hexadecimal"),
    ]
  }

  /// Without the white space, byte order marks and zero-width spaces around it.
  private static func trimmed(_ key: [UInt8]) -> [UInt8] {
    // Scalars, since a space and a combining mark after it are one character.
    let isSpace: (Unicode.Scalar) -> Bool = {
      $0.properties.isWhitespace || $0.value < 0x20 || $0 == "\u{FEFF}" || $0 == "\u{200B}"
    }
    guard let text = String(validating: key, as: UTF8.self) else { return key }
    let start = text.unicodeScalars.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return [] }
    return Array(String(start[...last]).utf8)
  }

  private static func unquoted(_ key: [UInt8]) -> [UInt8]? {
    for (open, close) in [("\"", "\""), ("'", "'"), ("`", "`"), ("\u{201C}", "\u{201D}"), ("\u{2018}", "\u{2019}")]
    where key.count > open.utf8.count + close.utf8.count {
      guard key.starts(with: open.utf8), key.suffix(close.utf8.count).elementsEqual(close.utf8) else { continue }
      return Array(key.dropFirst(open.utf8.count).dropLast(close.utf8.count))
    }
    return nil
  }

  private static let whitespaceAdvice =
    "trim the secret where it is read, for a file's last line ends with a newline"
  private static let quotesAdvice = "remove the quotes from the secret's setting"
  private static let prefixAdvice = "use the secret exactly as the platform shows it, with its prefix and no other"
  private static let decodedAdvice = "set the secret decoded, since whoever signs uses it so"
  private static let encodedAdvice = "set the secret encoded as the platform shows it, since its text is the key"
  private static let previousAdvice = "finish the rotation: make that secret the first, or stop signing with it"
}
