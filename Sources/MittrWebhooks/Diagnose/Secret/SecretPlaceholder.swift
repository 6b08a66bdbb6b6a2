/// What stands in a secret's place without being one.
struct SecretPlaceholder {
  /// To follow "the secret looks like". It quotes nothing of the secret.
  let phrase: String

  /// Nil for what may be a secret.
  init?(_ secret: WebhookSecret) {
    let text = Array(secret.text.utf8.prefix(Self.longest))
    let trimmed = Array(text.drop(while: Self.isAround).reversed().drop(while: Self.isAround).reversed())
    let lowercased = trimmed.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
    func contains(_ part: String) -> Bool {
      let part = Array(part.utf8)
      return lowercased.indices.contains { lowercased[$0...].starts(with: part) }
    }
    let bare = lowercased.starts(with: "whsec_".utf8) ? Array(lowercased.dropFirst(6)) : lowercased
    let marks: [UInt8] = Array("*.xX#-_?0•●·".utf8)
    if Self.marks.contains(where: contains) || Self.hasRun(lowercased) {
      phrase = "a masked copy of one"
    } else if bare.isEmpty && !trimmed.isEmpty || bare.count > 2 && Set(bare).count == 1 && marks.contains(bare[0]) {
      phrase = "a masked copy of one"
    } else if Self.references.contains(where: { lowercased.starts(with: $0.utf8) })
      || trimmed.count > 3 && Self.isVariableName(trimmed)
    {
      phrase = "the name of one rather than its value"
    } else if Self.isBracketed(trimmed) || Self.placeholders.contains(where: contains)
      || Self.words.contains(where: { bare.elementsEqual($0.utf8) })
    {
      phrase = "a placeholder for one"
    } else {
      return nil
    }
  }

  private static let longest = 512

  private static func isAround(_ byte: UInt8) -> Bool { BodyFeatures.isBlank(byte) || "\"'`".utf8.contains(byte) }

  /// What masked copies have in them.
  private static let marks = [
    "\u{2026}", "...", "\u{2022}\u{2022}", "\u{25CF}\u{25CF}", "redacted", "filtered", "masked", "hidden", "***",
  ]

  /// Whether one of the characters that hide others comes four times and more in a row.
  private static func hasRun(_ text: [UInt8]) -> Bool {
    var (last, count) = (UInt8(0), 0)
    for byte in text {
      count = byte == last ? count + 1 : 1
      last = byte
      if count >= 4, "*.x#".utf8.contains(byte) { return true }
    }
    return false
  }

  /// How texts begin that say where a secret is kept.
  private static let references = [
    "${", "$(", "{{", "{%", "%(", "op://", "arn:aws:", "vault:", "sm://", "enc[", "!vault", "ref+", "secret:", "env:",
    "process.env",
    "os.environ", "projects/", "@microsoft.keyvault", "ssm:", "doppler:", "env(", "getenv(", "<%=", "#{",
  ]

  /// `$NAME`, `%NAME%` or `NAME_OF_A_SECRET`.
  private static func isVariableName(_ text: [UInt8]) -> Bool {
    var name = text[...]
    if name.first == UInt8(ascii: "$") { name = name.dropFirst() }
    if name.first == UInt8(ascii: "%"), name.last == UInt8(ascii: "%") { name = name.dropFirst().dropLast() }
    let isUppercase = name.allSatisfy {
      UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
        || $0 == UInt8(ascii: "_")
    }
    let isName =
      name.contains(UInt8(ascii: "_")) && name.first.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 } == true
    return isUppercase
      && (isName && String(decoding: name, as: UTF8.self).contains("SECRET") || name.count < text.count)
  }

  private static func isBracketed(_ text: [UInt8]) -> Bool {
    guard let first = text.first, let last = text.last, text.count > 2 else { return false }
    let isAround =
      (first, last) == (UInt8(ascii: "<"), UInt8(ascii: ">")) || (first, last) == (UInt8(ascii: "["), UInt8(ascii: "]"))
    // A whole secret may have been put in brackets too.
    let isMarkup = zip(text, text.dropFirst()).contains { $0 == (UInt8(ascii: "<"), UInt8(ascii: "/")) }
    return isAround && !isMarkup && !text.dropFirst().starts(with: "whsec_".utf8)
  }

  private static let placeholders = [
    "your_", "your-", "your ", "yoursecret", "my_secret", "mysecret", "changeme", "change_me", "change-me", "replace",
    "placeholder",
    "insert_", "todo", "secret_here", "secret-here", "goes here", "goes_here", "xxx",
  ]
  private static let words = [
    "undefined", "null", "none", "nil", "nan", "true", "false", "secret", "test_secret", "example", "dummy", "none",
    "n/a", "tbd",
    "[object object]", "webhook_secret", "webhook-secret", "password", "abc", "123", "foo", "bar",
  ]
}
