/// One thing that may be wrong with a secret that was given, and how to undo it.
struct SecretHypothesis: Sendable {
  /// The reason that stands for it.
  let cause: SignatureReason
  /// What the key is, to follow "the secret": `without the quotes around it`. It quotes nothing of the secret.
  let phrase: String
  /// What to do, as an imperative clause.
  let advice: String
  /// The keys that may be meant, the likeliest first; none where it cannot be.
  let undo: @Sendable ([UInt8]) -> [[UInt8]]

  private init(
    _ cause: SignatureReason, _ phrase: String, advice: String, undo: @escaping @Sendable ([UInt8]) -> [[UInt8]]
  ) {
    self.cause = cause
    self.phrase = phrase
    self.advice = advice
    self.undo = undo
  }

  /// What is plainly around or in a secret and not meant, in the order in which it is taken off, one after the other.
  ///
  /// To add one: a declaration here with a cheap test at its beginning, and a fault in `SecretFault.all` of the tests.
  static let surroundings: [SecretHypothesis] = [
    SecretHypothesis(.secretWhitespace, "without the white space around it", advice: whitespaceAdvice) { key in
      let trimmed = SecretText.trimmed(key)
      return trimmed.count < key.count ? [trimmed] : []
    },
    SecretHypothesis(.secretWhitespace, "without the invisible characters in it", advice: whitespaceAdvice) { key in
      guard key.contains(where: { $0 == 0xE2 || $0 == 0xEF || $0 == 0xC2 || $0 == 0 }) else { return [] }
      let visible = Typography.replaced(key, Typography.invisible) ?? key
      let text = visible.filter { $0 != 0 }
      return text.count < key.count ? [text] : []
    },
    SecretHypothesis(.secretWhitespace, "without the line break written out behind it", advice: whitespaceAdvice) {
      key in
      SecretText.writtenBreaks.first { key.count > $0.utf8.count && key.suffix($0.utf8.count).elementsEqual($0.utf8) }
        .map { [Array(key.dropLast($0.utf8.count))] } ?? []
    },
    SecretHypothesis(.secretWrapped, "in one field of its JSON", advice: valueAdvice) { key in
      guard key.first == UInt8(ascii: "{") || key.first == UInt8(ascii: "["), let json = JSONTokens(key) else {
        return []
      }
      let values = Envelopes.members(of: json, strings: true, fewestBytes: 3).map(\.bytes)
      return Array((values.filter { $0.starts(with: "whsec_".utf8) } + values).prefix(6))
    },
    SecretHypothesis(
      .secretQuoted, "without the quotes around it", advice: "remove the quotes from the secret's setting"
    ) {
      SecretText.unquoted($0).map { [$0] } ?? []
    },
    SecretHypothesis(.secretWrapped, "without the name before it", advice: valueAdvice) { key in
      let lines = key.split { $0 == 0x0A || $0 == 0x0D }.prefix(64)
      let values = lines.compactMap { SecretText.assignedValue($0) }
      return Array((values.filter { $0.starts(with: "whsec_".utf8) } + values).prefix(6))
    },
    SecretHypothesis(.secretWrapped, "without the word before it", advice: valueAdvice) { key in
      guard let space = key.firstIndex(where: { $0 == 0x20 || $0 == UInt8(ascii: ":") }), space > 0 else { return [] }
      let word = String(decoding: key[..<space], as: UTF8.self).lowercased()
      let rest = Array(key[(space + 1)...].drop { $0 == 0x20 })
      return ["bearer", "token", "basic", "secret", "hmac", "key", "apikey", "authorization", "whsec"].contains(word)
        ? [rest] : []
    },
    SecretHypothesis(.secretWrapped, "without the punctuation around it", advice: valueAdvice) {
      SecretText.unbracketed($0)
    },
    SecretHypothesis(.secretWrapped, "with $ for each $$", advice: "write a single $ where nothing reads $$ as one") {
      key in
      let single = WrittenEscapes.undoubled(key[...], UInt8(ascii: "$"))
      return single.count < key.count ? [single] : []
    },
    SecretHypothesis(.secretWrapped, "without the backslashes that a shell or JSON needs", advice: valueAdvice) { key in
      guard key.contains(UInt8(ascii: "\\")) else { return [] }
      return [WrittenEscapes.undone(key[...], .slashes), WrittenEscapes.undone(key[...], .characters)]
    },
    SecretHypothesis(.secretEncoded, "decoded from percent-encoding", advice: decodedAdvice) { key in
      guard key.contains(UInt8(ascii: "%")) else { return [] }
      return [false, true].compactMap { MarkedHexadecimal.percentDecoded(key[...], plusIsSpace: $0) }
    },
    SecretHypothesis(.secretEncoded, "without its HTML entities", advice: decodedAdvice) { key in
      CharacterReferences.undone(key).map { [$0] } ?? []
    },
  ]

  static let whitespaceAdvice = "trim the secret where it is read, for a file's last line ends with a newline"
  static let valueAdvice = "set only the secret's value, without what stands around it"
  static let decodedAdvice = "set the secret decoded, since the sender signs with it decoded"
}

/// What texts that hold a secret consist of.
enum SecretText {
  /// Line breaks and the like as programs write them out.
  static let writtenBreaks = [#"\r\n"#, #"\n"#, #"\r"#, #"\t"#, "%0D%0A", "%0A", "%0a", "&#10;", "<br>", "<br/>"]

  /// Without the white space, byte order marks and zero-width spaces around it.
  static func trimmed(_ key: [UInt8]) -> [UInt8] {
    // Scalars, since a space and a combining mark after it are one character.
    let isSpace: (Unicode.Scalar) -> Bool = {
      $0.properties.isWhitespace || $0.value < 0x20 || $0 == "\u{FEFF}" || $0 == "\u{200B}"
    }
    guard let text = String(validating: key, as: UTF8.self) else { return key }
    let start = text.unicodeScalars.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return [] }
    return Array(String(start[...last]).utf8)
  }

  static func unquoted(_ key: [UInt8]) -> [UInt8]? {
    for (open, close) in quotes where key.count > open.utf8.count + close.utf8.count {
      guard key.starts(with: open.utf8), key.suffix(close.utf8.count).elementsEqual(close.utf8) else { continue }
      return Array(key.dropFirst(open.utf8.count).dropLast(close.utf8.count))
    }
    return nil
  }

  private static let quotes = [
    ("\"", "\""), ("'", "'"), ("`", "`"), ("\u{201C}", "\u{201D}"), ("\u{2018}", "\u{2019}"), ("\u{201E}", "\u{201C}"),
    ("\u{AB}", "\u{BB}"), ("\\\"", "\\\""), ("b'", "'"), ("b\"", "\""),
  ]

  /// The value of `NAME=value`, `export NAME="value"`, `name: value`, `$env:NAME = 'value'`; nil for any other line.
  static func assignedValue(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    let text = trimmed(Array(line))
    guard let mark = text.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") || $0 == 0x60 }),
      mark > 0
    else { return nil }
    var end = mark
    // PowerShell's variables of the environment have a colon in their name, and some languages assign by `:=` or `=>`.
    if text[end] == UInt8(ascii: ":"), let equals = text[end...].firstIndex(of: UInt8(ascii: "=")),
      text[..<end].starts(with: "$env".utf8) || text[..<end].starts(with: "$Env".utf8) || equals == end + 1
    {
      end = equals
    }
    let name = text[..<mark]
    let isName = name.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || "_-.\"' $[]*".utf8.contains(byte)
    }
    // A colon without a space is more likely part of a value, and so is a sign at the end.
    var value = trimmed(Array(text[(end + 1)...].drop { $0 == UInt8(ascii: ">") }))
    guard isName, name.count <= 80, value.count > 2,
      text[end] == UInt8(ascii: "=") || text[end + 1] == 0x20 || value.starts(with: "whsec_".utf8)
    else { return nil }
    while let last = value.last, ",;".utf8.contains(last) { value.removeLast() }
    // The quotes may stand around the name too.
    if let last = value.last, "\"'`".utf8.contains(last), name.count(where: { $0 == last }) == 1 { value.removeLast() }
    if let quote = value.first, "\"'`".utf8.contains(quote), let close = value.dropFirst().firstIndex(of: quote) {
      return Array(value[1..<close])
    }
    if let comment = value.indices.first(where: {
      value[$0] == 0x20 && value[($0 + 1)...].first.map { "#/;".utf8.contains($0) } == true
    }) {
      value = trimmed(Array(value[..<comment]))
    }
    return value.isEmpty ? nil : value
  }

  /// Without brackets around it, or a sign behind it.
  static func unbracketed(_ key: [UInt8]) -> [[UInt8]] {
    guard let first = key.first, let last = key.last, key.count > 2 else { return [] }
    for (open, close) in markup where key.count > open.utf8.count + close.utf8.count {
      guard key.starts(with: open.utf8), key.suffix(close.utf8.count).elementsEqual(close.utf8) else { continue }
      return [Array(key.dropFirst(open.utf8.count).dropLast(close.utf8.count))]
    }
    for (open, close) in ["<>", "()", "[]", "{}"].map({ Array($0.utf8) }).map({ ($0[0], $0[1]) })
    where first == open && last == close { return [Array(key.dropFirst().dropLast())] }
    return ",;.)".utf8.contains(last) ? [Array(key.dropLast())] : []
  }

  private static let markup = [
    ("<code>", "</code>"), ("<pre>", "</pre>"), ("<b>", "</b>"), ("<strong>", "</strong>"), ("<span>", "</span>"),
    ("<td>", "</td>"), ("<p>", "</p>"), ("**", "**"), ("__", "__"), ("~~", "~~"),
  ]

  /// Whether one of the platform's API keys stands in a text, where a value begins.
  static func hasAPIKey(_ text: [UInt8]) -> Bool {
    text.indices.contains { index in
      text[index...].starts(with: "mtr_".utf8) && (index == 0 || " \t\r\n\"'`=:".utf8.contains(text[index - 1]))
    }
  }

  /// The lines of a short text of several; a label may stand above a secret.
  static func lines(of key: [UInt8]) -> [[UInt8]] {
    let lines = key.split { $0 == 0x0A || $0 == 0x0D }.map { trimmed(Array($0)) }.filter { $0.count > 3 }
    return 2...4 ~= lines.count ? lines.reversed() : []
  }

  /// The part of a longer text that begins as the platform's secrets do.
  static func embedded(in key: [UInt8]) -> [UInt8]? {
    let mark = Array("whsec_".utf8)
    // What stands before it may be a prefix of signatures, which is another cause.
    guard key.count > mark.count, !key.starts(with: "v1,".utf8),
      let start = key.indices.first(where: { key[$0...].starts(with: mark) })
    else { return nil }
    let part = key[start...].prefix { byte in
      byte > 0x20 && byte < 0x7F && !"\"'`,;<>()[]{}\\&|".utf8.contains(byte)
    }
    return part.count < key.count && part.count > mark.count + 3 ? Array(part) : nil
  }
}
