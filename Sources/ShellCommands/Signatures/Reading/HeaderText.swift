import Interpreter
import MittrWebhooks

/// Header lines as people have them: from a raw request, from `curl -v`, or pasted on one line.
struct HeaderText {
  private(set) var fields: [(String, String)] = []
  /// Whether a request line stood before them.
  private(set) var hasRequestLine = false
  /// The request line's target.
  private(set) var target: String?

  /// Longer ones are refused: nobody pastes them, and each line is looked at by itself.
  static let limit = 4 << 20

  init(_ bytes: some Collection<UInt8>) throws(Failure) {
    guard bytes.count <= Self.limit else { throw Self.tooLong }
    var lines = Self.lines(of: bytes)
    lines = Self.unmarked(lines)
    if lines.count == 1 { lines = Self.parted(lines[0]) }
    for (number, line) in zip(1..., lines) { try add(line, number: number) }
  }

  private mutating func add(_ line: String, number: Int) throws(Failure) {
    guard let first = line.unicodeScalars.first else { return }
    if first == " " || first == "\t", let last = fields.indices.last {
      // A folded line (RFC 9112, 5.2) goes on with the value before.
      fields[last].1 += " " + Self.trimmed(line)
      return
    }
    if fields.isEmpty, !hasRequestLine {
      let words = line.split(separator: " ")
      if words.first?.hasPrefix("HTTP/") == true {
        // `curl -v` of an answer: its headers are as good as any.
        hasRequestLine = true
        return
      }
      if words.count >= 2, words.last?.hasPrefix("HTTP/") == true {
        hasRequestLine = true
        target = String(words[1])
        return
      }
    }
    // The fields of HTTP/2 that stand for a request line begin with a colon.
    if first == ":" {
      hasRequestLine = true
      if line.hasPrefix(":path:") { target = Self.trimmed(String(line.dropFirst(":path:".count))) }
      return
    }
    guard let colon = line.firstIndex(of: ":") else { throw Self.notAHeader(line, number) }
    fields.append((Self.trimmed(String(line[..<colon])), Self.trimmed(String(line[line.index(after: colon)...]))))
  }

  /// The lines of a text, whatever ends them. What is not UTF-8 is taken for Latin-1, as HTTP once did.
  private static func lines(of bytes: some Collection<UInt8>) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]
      return String(validating: line, as: UTF8.self)
        ?? String(String.UnicodeScalarView(line.map { Unicode.Scalar($0) }))
    }
  }

  /// What `curl -v` sent, or else what it received, without the marks; without any marks, all lines.
  private static func unmarked(_ lines: [String]) -> [String] {
    for mark in [">", "<"] {
      let marked = lines.filter { $0 == mark || $0.hasPrefix(mark + " ") }
      if !marked.isEmpty { return marked.map { String($0.dropFirst(2)) } }
    }
    return lines.filter { !$0.hasPrefix("* ") && $0 != "*" }
  }

  /// One line may hold both headers: `X-Mittr-Timestamp: 1, X-Mittr-Signature: v1=…`.
  private static func parted(_ line: String) -> [String] {
    var starts: [String.Index] = []
    for name in [WebhookHeaderName.timestamp, WebhookHeaderName.signature] {
      if let range = line.lowercased().firstRange(of: name.lowercased() + ":"),
        line.utf8.count == line.lowercased().utf8.count
      {
        starts.append(range.lowerBound)
      }
    }
    guard starts.count == 2, line.utf8.allSatisfy({ $0 < 0x80 }) else { return [line] }
    starts.sort()
    let pieces = [line[..<starts[0]], line[starts[0]..<starts[1]], line[starts[1]...]]
    return pieces.map { piece in
      let text = trimmed(String(piece))
      return text.last.map { ",;".contains($0) } == true ? trimmed(String(text.dropLast())) : text
    }.filter { !$0.isEmpty }
  }

  private static func trimmed(_ text: String) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    guard let end = text.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(text[...end].drop(while: isBlank))
  }
}

extension HeaderText {
  private static let tooLong = Failure("bad-headers", "the headers are longer than \(limit >> 20) MiB")

  private static func notAHeader(_ line: String, _ number: Int) -> Failure {
    Failure(
      "bad-headers", "line \(number) is no header: '\(line.prefix(40))'",
      help: "each line should be Name: value, as in a raw request or in what curl -v prints")
  }
}
