import Basics
import NIOSSL

/// What a certificate says of itself that can make it worthless.
struct CertificateFacts: Sendable, Hashable {
  /// Seconds since 1970.
  let notBefore: time_t
  let notAfter: time_t
  let isSelfSigned: Bool

  init(_ certificate: NIOSSLCertificate) {
    notBefore = certificate.notValidBefore
    notAfter = certificate.notValidAfter
    isSelfSigned = (try? certificate.toDERBytes()).flatMap(Self.isSelfIssued) ?? false
  }

  /// nil when none of what it says explains why it is not trusted.
  func failure(_ origin: Origin, now: time_t = time(nil)) -> ExchangeFailure? {
    if now > notAfter { return .expired(origin, on: Self.date(notAfter)) }
    if now < notBefore { return .notYetValid(origin, until: Self.date(notBefore)) }
    return isSelfSigned ? .selfSigned(origin) : nil
  }

  /// `2026-01-31`, in UTC.
  private static func date(_ seconds: time_t) -> String {
    var (seconds, parts) = (seconds, tm())
    guard gmtime_r(&seconds, &parts) != nil else { return "an unknown date" }
    func digits(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(digits(parts.tm_mon + 1))-\(digits(parts.tm_mday))"
  }

  /// Whether issuer and subject are the same name (RFC 5280, 4.1); nil for what is no certificate.
  private static func isSelfIssued(_ der: [UInt8]) -> Bool? {
    var outer = DERReader(der[...])
    guard let certificate = outer.next() else { return nil }
    var body = DERReader(certificate.content)
    guard let content = body.next()?.content else { return nil }
    var fields = DERReader(content)
    // An explicit version may stand first; then number, algorithm, issuer, validity, subject.
    guard var field = fields.next() else { return nil }
    if field.tag == 0xA0 {
      guard let number = fields.next() else { return nil }
      field = number
    }
    guard fields.next() != nil, let issuer = fields.next(), fields.next() != nil, let subject = fields.next() else {
      return nil
    }
    return issuer.content == subject.content
  }
}

/// Takes one value after the other from bytes in DER.
private struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// nil at the end, and for what is no value.
  mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
    guard let tag = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      let count = Int(first & 0x7F)
      guard 1...4 ~= count, rest.count >= count else { return nil }
      length = rest.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(count)
    }
    guard rest.count >= length else { return nil }
    defer { rest = rest.dropFirst(length) }
    return (tag, rest.prefix(length))
  }
}
