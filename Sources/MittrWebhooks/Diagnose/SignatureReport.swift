import Basics

/// A diagnosis for people: what was received, what was expected, what differs and what to do, a line each.
///
///     verdict   refused: body-trailing-newline (shown by computing the signature again)
///     received  v1=99711d69…, made at 1706123456, 10 seconds ago
///     expected  v1=25c092a7…
///     differs   the body, byte 35: received LF, signed the end
///     cause     The signature is right for the body without its final newline.
///     to do     Keep the body's exact bytes, …
///
/// What came from outside is escaped and cut short, so that it is safe to print, and no secret is in it.
public struct SignatureReport: Sendable, Hashable {
  /// One line.
  public struct Row: Sendable, Hashable {
    /// `verdict`, `received`, `expected`, `differs`, `cause` or `to do`.
    public let label: String
    /// What is said: one line, safe to print.
    public let text: String
  }

  /// The lines, in the order of the labels above. A line about which there is nothing to say is left out.
  public let rows: [Row]

  init(_ diagnosis: SignatureDiagnosis) {
    let rows: [(String, String?)] = [
      ("verdict", Self.verdict(diagnosis)),
      ("received", Self.received(diagnosis)),
      ("expected", diagnosis.expected),
      ("differs", Self.differs(diagnosis)),
      ("cause", diagnosis.explanation + "."),
      ("to do", diagnosis.advice.map(Self.sentence)),
    ]
    self.rows = rows.compactMap { label, text in text.map { Row(label: label, text: $0) } }
  }

  /// How many characters of a header are shown.
  private static let limit = 100

  private static func verdict(_ diagnosis: SignatureDiagnosis) -> String {
    let codes = diagnosis.causes.map(\.rawValue).joined(separator: ", ")
    if diagnosis.valid { return "accepted: \(codes)" }
    return "refused: \(codes)" + (diagnosis.proven ? "" : " (not shown to be the cause)")
  }

  private static func received(_ diagnosis: SignatureDiagnosis) -> String {
    let signature = diagnosis.received.map { SafeText.escaped($0, limit: limit) } ?? "no single signature"
    guard let timestamp = diagnosis.timestamp else { return "\(signature), with no single timestamp" }
    let moment = "\(signature), made at \(SafeText.escaped(timestamp, limit: limit))"
    guard let age = diagnosis.age else { return moment }
    return moment + (age < 0 ? ", \(age.magnitude) seconds ahead" : ", \(age) seconds ago")
  }

  /// What differs, in the order of the causes.
  private static func differs(_ diagnosis: SignatureDiagnosis) -> String? {
    var parts: [String] = []
    for cause in diagnosis.causes {
      let part: String? =
        switch cause {
        case .ok, .secretPrevious, .missingSignature, .missingTimestamp: nil
        case .malformedTimestamp, .timestampMilliseconds: "the timestamp's form"
        case .signedWithoutTimestamp, .signedOtherScheme: "what was signed"
        case .malformedSignature, .signatureMissingPrefix, .signatureUppercase, .signatureBase64, .signatureTruncated:
          "the signature's form"
        case .bodyTrailingNewline, .bodyLineEndings, .bodyByteOrderMark, .bodyReserialized, .bodyEncoding, .bodyWrapped,
          .bodyEscaped, .bodyNormalized, .bodyExtraBytes:
          "the body" + (diagnosis.difference.map { ", \($0)" } ?? "")
        case .bodyEmpty, .bodyLength: "the body's length"
        case .secretWhitespace, .secretQuoted, .secretWrapped, .secretEncoded, .secretPrefix, .secretIsAPIKey,
          .secretMasked:
          "the secret"
        case .staleTimestamp, .futureTimestamp: "the time"
        case .mismatch: "the signature"
        }
      if let part, !parts.contains(part) { parts.append(part) }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func sentence(_ clause: String) -> String { clause.prefix(1).uppercased() + clause.dropFirst() + "." }
}

extension SignatureReport: CustomStringConvertible {
  /// The lines with their labels in a column of their own, without a final newline.
  public var description: String {
    let width = rows.map(\.label.count).max() ?? 0
    return rows.map { row in
      row.label + String(repeating: " ", count: width - row.label.count + 2) + row.text
    }.joined(separator: "\n")
  }
}
