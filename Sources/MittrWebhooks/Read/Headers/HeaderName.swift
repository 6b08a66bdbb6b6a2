/// Names of headers as programs hand them on.
enum HeaderName {
  static let signature = "x-mittr-signature"
  static let timestamp = "x-mittr-timestamp"

  /// Whether a text is a header's name: one or more characters that a token may have.
  static func isToken(_ text: some Collection<UInt8>) -> Bool {
    !text.isEmpty && text.count <= 256 && text.allSatisfy(\.isToken)
  }

  /// Whether the name of the signature's header stands in a text, in whatever case and with whatever between its words.
  static func isMentioned(in text: ArraySlice<UInt8>) -> Bool { mentions(in: text) > 0 }

  /// How often it does.
  static func mentions(in text: ArraySlice<UInt8>) -> Int {
    text.count(ofIgnoringCase: "x-mittr-signature") + text.count(ofIgnoringCase: "x_mittr_signature")
  }

  /// Whether a field's name is that of the signature's header, perhaps with something before or behind it.
  static func mentionsSignature(_ name: String) -> Bool {
    let squeezed = name.utf8.filter { $0.isLetter || $0.isDigit }.map(\.lowercasedASCII)
    return squeezed[...].firstRange(ignoringCase: "mittrsignature") != nil
  }

  /// What programs put before a name when they hand headers on as variables or flattened keys, in lowercase.
  private static let prefixes = [
    "redirect_", "env.", "http.request.headers.", "http.request.header.", "request.headers.", "request.header.",
    "req.headers.", "req.header.", "http.headers.", "headers.", "header.", "headers_", "header_", "http_",
  ]

  /// The name of the header that a variable or a key stands for: `HTTP_X_MITTR_SIGNATURE`, `x_mittr_signature`,
  /// `xMittrSignature`, `http.request.header.x-mittr-signature`. Any other name is given back as it is.
  static func header(_ name: String) -> String {
    var rest = Array(name.utf8)[...]
    while let prefix = prefixes.first(where: { rest.startsIgnoringCase($0) && rest.count > $0.utf8.count }) {
      rest = rest.dropFirst(prefix.utf8.count)
    }
    let isVariable = rest.count < name.utf8.count && name.utf8.contains(UInt8(ascii: "_"))
    let squeezed = rest.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }.map(\.lowercasedASCII)
    for known in [WebhookHeaderName.signature, WebhookHeaderName.timestamp, "X-Mittr-Event-ID"]
    where squeezed.elementsEqual(known.lowercased().utf8.filter { $0 != UInt8(ascii: "-") }) {
      return known.utf8.count == rest.count && !rest.contains(UInt8(ascii: "_"))
        ? String(decoding: rest, as: UTF8.self) : known
    }
    switch squeezed {
    case Array("contentlength".utf8): return rest.count == 13 ? rest.text : "Content-Length"
    case Array("contenttype".utf8): return rest.count == 11 ? rest.text : "Content-Type"
    default: break
    }
    return isVariable ? String(decoding: rest, as: UTF8.self).split(separator: "_").joined(separator: "-") : name
  }
}
