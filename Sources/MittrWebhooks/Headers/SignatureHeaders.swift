/// The two headers that carry a signature, picked out of all the fields of a request.
struct SignatureHeaders {
  private(set) var timestamp = HeaderValue.absent
  private(set) var signature = HeaderValue.absent

  init<Headers: WebhookHeaders>(_ headers: Headers) {
    Headers.forEachField(of: headers) { name, value in
      switch WebhookHeaderName.kind(of: name) {
      case .timestamp: timestamp.add(value)
      case .signature: signature.add(value)
      case nil: break
      }
    }
  }
}

/// What a request has for one header name.
enum HeaderValue {
  /// No field, or fields with nothing in them.
  case absent
  /// One value, however often it was repeated. Never empty.
  case single(String)
  /// Several different values. Choosing one would let a sender that adds a header decide which is checked.
  case conflicting

  /// The value, when there is exactly one.
  var single: String? { if case .single(let value) = self { value } else { nil } }

  mutating func add(_ value: String) {
    guard !value.isEmpty else { return }
    switch self {
    case .absent: self = .single(value)
    case .single(let first) where first.utf8.elementsEqual(value.utf8): break
    case .single, .conflicting: self = .conflicting
    }
  }
}

extension WebhookHeaderName {
  enum Kind {
    case timestamp
    case signature
  }

  private static let lowercasedTimestamp = "x-mittr-timestamp"
  private static let lowercasedSignature = "x-mittr-signature"

  /// Which of the two headers a name names: the same bytes but for the case of ASCII letters.
  static func kind(of name: String) -> Kind? {
    // Both names are as long, so that this one number dismisses almost every other header.
    guard name.utf8.count == lowercasedSignature.utf8.count else { return nil }
    // Most frameworks hand over names in lowercase, and comparing those as they are is several times faster.
    if name == lowercasedSignature { return .signature }
    if name == lowercasedTimestamp { return .timestamp }
    let lowercased = name.utf8.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
    if lowercased.elementsEqual(lowercasedSignature.utf8) { return .signature }
    return lowercased.elementsEqual(lowercasedTimestamp.utf8) ? .timestamp : nil
  }
}
