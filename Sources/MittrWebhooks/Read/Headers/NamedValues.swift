/// The two headers in a text of any other form. Only values in their exact form are taken, so that nothing is made up.
enum NamedValues {
  /// Nil unless both are there, each with one value.
  @Sendable static func fields(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    guard let timestamp = value(behind: HeaderName.timestamp, in: text, { $0.prefix(while: \.isDigit) }),
      let signature = value(behind: HeaderName.signature, in: text, signature)
    else { return nil }
    var fields = [(WebhookHeaderName.timestamp, timestamp), (WebhookHeaderName.signature, signature)]
    if let length = value(behind: "content-length", in: text, { $0.prefix(while: \.isDigit) }) {
      fields.append(("Content-Length", length))
    }
    return fields
  }

  private static func signature(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.starts("v1=") else { return text.prefix(0) }
    let digits = text.dropFirst(3).prefix { $0.isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0 }
    return digits.count == 64 ? text[..<digits.endIndex] : text.prefix(0)
  }

  /// The value that stands behind a name and nothing but marks; nil when there is none, or several that differ.
  private static func value(
    behind name: String, in text: ArraySlice<UInt8>, _ take: (ArraySlice<UInt8>) -> ArraySlice<UInt8>
  ) -> String? {
    var found: ArraySlice<UInt8>?
    for name in [name, String(name.map { $0 == "-" ? "_" : $0 })] {
      var rest = text
      while let range = rest.firstRange(ignoringCase: name) {
        rest = rest[range.upperBound...]
        guard isStart(range.lowerBound, in: text) else { continue }
        let marks = rest.prefix(24).prefix { $0.isBlank || "\"'`:=>[](){},|*\\-".utf8.contains($0) }
        let value = take(rest.dropFirst(marks.count))
        guard !value.isEmpty, value.endIndex == text.endIndex || !isPartOfWord(text[value.endIndex]) else { continue }
        guard found == nil || found == value else { return nil }
        found = value
      }
    }
    return found?.text
  }

  private static func isStart(_ index: Int, in text: ArraySlice<UInt8>) -> Bool {
    index == text.startIndex || !isPartOfWord(text[index - 1]) || text[..<index].suffix(5).startsIgnoringCase("http_")
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte >= 0x80 || "-_".utf8.contains(byte)
  }
}
