import Basics

/// Why no delivery could be read. What it quotes is escaped and cut short, so that it is safe to print.
public enum DeliverySourceError: Error, Sendable, Hashable {
  /// There is nothing but white space.
  case empty
  /// It is larger than so many bytes.
  case tooLarge(limit: Int)
  /// It is an HTTP response.
  case response
  /// A raw request without a single header.
  case noHeaders
  /// It has headers, and neither a body nor a place for one.
  case noBody
  /// The body is in a file that a command names.
  case bodyInFile(String)
  /// Something stands where a body should be, and it is none.
  case badBody(String)
  /// There are so many deliveries in it.
  case several(Int)
  /// It is none of the forms that are known. `excerpt` is the first line that no form explains, and `line` its number from
  /// 1; `mentionsSignature` says whether the name of Mittr's header stands somewhere in the text.
  case notUnderstood(excerpt: String, line: Int, mentionsSignature: Bool)
  /// A record or a list that holds no delivery, of this kind.
  case noDelivery(String)

  static func notUnderstood(_ line: ArraySlice<UInt8>, number: Int, in text: ArraySlice<UInt8>) -> Self {
    .notUnderstood(
      excerpt: SafeText.escaped(withoutSecret(line.trimmed.prefix(400)).text, limit: 60), line: number,
      mentionsSignature: HeaderName.isMentioned(in: text))
  }

  /// A line up to the first value that may be a secret: what stands behind a name such as `MITTR_WEBHOOK_SECRET=`, and
  /// what begins as Mittr's secrets do.
  private static func withoutSecret(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.endIndex
    for word in ["secret", "key", "token", "pass", "pwd", "authorization"] {
      var rest = line
      while let range = rest.firstRange(ignoringCase: word) {
        rest = rest[range.upperBound...]
        let name = rest.prefix { $0.isToken || $0.isBlank || "\"'])".utf8.contains($0) }
        guard let mark = rest.dropFirst(name.count).first, "=:".utf8.contains(mark) else { continue }
        end = min(end, rest.startIndex + name.count + 1)
        break
      }
    }
    for prefix in ["whsec_", "mtr_", "bearer ", "basic ", "sk_"] {
      if let range = line[..<end].firstRange(ignoringCase: prefix), range.upperBound < end { end = range.upperBound }
    }
    let kept = line[..<end]
    return end < line.endIndex && !line[end...].trimmed.isEmpty ? kept + Array("\u{2026}".utf8) : line
  }

  /// What to do about it, as a clause; nil when the description says it.
  public var advice: String? {
    switch self {
    case .empty, .noHeaders: nil
    case .tooLarge: "give one delivery alone, or --headers and --body"
    case .response: "give the request that brought the delivery"
    case .noBody: "give the exact bytes that were received as the body"
    case .bodyInFile: "give that file's bytes as the body"
    case .badBody: "give the exact bytes that were received"
    case .several: "give one of them alone"
    case .notUnderstood:
      "a raw request, a curl command, a HAR entry, header lines as Name: value, and what languages print are read"
    case .noDelivery: "a record with headers and body is one"
    }
  }
}

extension DeliverySourceError: CustomStringConvertible {
  /// One clause in plain words.
  public var description: String {
    switch self {
    case .empty: "the request is empty"
    case .tooLarge(let limit): "it is larger than \(limit >> 20) MiB"
    case .response: "this is an HTTP response, not a request"
    case .noHeaders: "the request has no headers"
    case .noBody: "there are headers, but no body"
    case .bodyInFile(let name):
      "the body is in the file \(SafeText.escaped(name, limit: 60)), which is not part of what was given"
    case .badBody(let why): why
    case .several(let count): "there are \(count) deliveries in it"
    case .notUnderstood(let excerpt, let line, true):
      "it mentions \(WebhookHeaderName.signature), but no such header could be read: line \(line) is not understood: '\(excerpt)'"
    case .notUnderstood(let excerpt, let line, false): "line \(line) is not understood: '\(excerpt)'"
    case .noDelivery(let kind): "expected a delivery, a record with headers and body; got \(kind)"
    }
  }
}
