/// Both headers under other names, as proxies hand them on: `X-Original-X-Mittr-Signature`, `X-Forwarded-Mittr-Signature`,
/// `Mittr-Signature`.
enum RenamedHeaders {
  /// The fields under their own names, when both have the same before `Mittr-…`.
  /// - Returns: nil when a field has the signature's own name, or when no two fields were renamed by one rule.
  static func restored(_ fields: [HeaderField]) -> (fields: [HeaderField], note: DeliveryNote)? {
    let kinds = fields.map { WebhookHeaderName.kind(of: $0.name) }
    guard !kinds.contains(.signature), !kinds.contains(.timestamp) else { return nil }
    let names = fields.map { Array($0.name.utf8)[...] }
    let stamps = Set(names.compactMap { start(of: $0, before: "timestamp") })
    let renamed = names.first { name in start(of: name, before: "signature").map(stamps.contains) == true }
    guard let renamed, let prefix = start(of: renamed, before: "signature") else { return nil }
    var result = fields
    for (index, name) in names.enumerated() {
      if start(of: name, before: "signature") == prefix { result[index].name = WebhookHeaderName.signature }
      if start(of: name, before: "timestamp") == prefix { result[index].name = WebhookHeaderName.timestamp }
    }
    return (
      result,
      DeliveryNote(
        "renamed-headers",
        "\(renamed.text) and its timestamp were taken for \(WebhookHeaderName.signature) and \(WebhookHeaderName.timestamp)"
      )
    )
  }

  /// What stands before `mittr` and a word in a name, in lowercase; nil for any other name.
  private static func start(of name: ArraySlice<UInt8>, before word: String) -> [UInt8]? {
    guard HeaderName.isToken(name) else { return nil }
    let lowercased = name.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: "-") : $0.lowercasedASCII }
    let end = Array("mittr-\(word)".utf8)
    guard lowercased.count >= end.count, lowercased.suffix(end.count).elementsEqual(end) else { return nil }
    let start = Array(lowercased.dropLast(end.count))
    return start.last.map { $0.isLetter || $0.isDigit } == true ? nil : start
  }
}

extension DeliveryReading {
  /// The same with both headers under their own names, where something renamed them.
  var withMittrNames: DeliveryReading {
    guard let (fields, note) = RenamedHeaders.restored(fields) else { return self }
    var reading = self
    reading.fields = fields
    reading.notes.append(note)
    return reading
  }
}
