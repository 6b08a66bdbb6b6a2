import Basics

/// What one look at a body's bytes tells of what may have been done to it.
struct BodyFeatures: Sendable {
  /// The body; empty when it is too large to be read.
  let bytes: [UInt8]
  let size: Int
  let hasByteOrderMark: Bool
  /// How long the request says that the body was when it was signed; nil when it does not.
  let signedLength: Int?
  /// How often each byte comes.
  private let counts: [Int]
  private(set) var lineBreaks = (lf: 0, crlf: 0, cr: 0)
  /// The first and the last byte that are no white space.
  let first: UInt8
  let last: UInt8
  /// The bytes between the white space at both ends.
  let trimmed: ArraySlice<UInt8>
  let isUTF8: Bool
  /// Whether what UTF-8 misread as an encoding of one byte consists of stands side by side, such as `Ã«`.
  let looksMisread: Bool
  /// The body as JSON, without its byte order mark; nil when it is none.
  let json: JSONTokens?
  /// What the body decompresses to; nil when it is not compressed, or damaged.
  let decompressed: [UInt8]?

  /// What it took to look at the bytes, in bytes hashed.
  var costToRead: Int {
    let passes = json == nil ? Self.passesToReadText : Self.passesToReadJSON
    return passes * size + Self.passesToDecompress * (decompressed?.count ?? 0)
  }
  private static let passesToDecompress = 2
  static let (passesToReadText, passesToReadJSON) = (5, 10)

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// - isRead: whether the body may be read; otherwise only its ends are looked at.
  init(_ body: UnsafeRawBufferPointer, signedLength: Int? = nil, isRead: Bool = true) {
    size = body.count
    hasByteOrderMark = body.starts(with: Self.byteOrderMark)
    self.signedLength = signedLength
    bytes = isRead ? Array(body) : []
    var counts = [Int](repeating: 0, count: 256)
    var crlf = 0
    bytes.withUnsafeBufferPointer { bytes in
      counts.withUnsafeMutableBufferPointer { counts in
        var previous: UInt8 = 0
        for byte in bytes {
          counts[Int(byte)] += 1
          if byte == 0x0A, previous == 0x0D { crlf += 1 }
          previous = byte
        }
      }
    }
    self.counts = counts
    lineBreaks = (counts[0x0A] - crlf, crlf, counts[0x0D] - crlf)
    let text = bytes.dropFirst(hasByteOrderMark ? Self.byteOrderMark.count : 0)
    first = text.first { !Self.isBlank($0) } ?? 0
    last = text.last { !Self.isBlank($0) } ?? 0
    trimmed = LineBreaks.trimmed(bytes)
    looksMisread = counts[0xC3] > 0 && Self.looksMisread(bytes)
    json = hasByteOrderMark ? JSONTokens(Array(text)) : bytes.isEmpty ? nil : JSONTokens(bytes)
    decompressed = Compression(bytes)?.decoded(bytes)
    isUTF8 =
      json != nil || counts[0x80...].allSatisfy { $0 == 0 } || String(validating: bytes, as: UTF8.self) != nil
  }

  init(_ bytes: [UInt8]) { self = bytes.withUnsafeBytes { BodyFeatures($0) } }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

  func count(of byte: UInt8) -> Int { counts[Int(byte)] }
  func count(of character: Unicode.Scalar) -> Int { counts[Int(UInt8(truncatingIfNeeded: character.value))] }
  var hasBeyondASCII: Bool { counts[0x80...].contains { $0 > 0 } }
  /// How many bytes go on with a character of UTF-8.
  var continuationCount: Int { counts[0x80..<0xC0].reduce(0, +) }
  var asciiCount: Int { counts[..<0x80].reduce(0, +) }

  /// Whether there are more control characters than texts have.
  var isBinary: Bool { (0..<0x20).reduce(0) { Self.isBlank(UInt8($1)) ? $0 : $0 + counts[$1] } > size / 32 }

  /// Whether there is nothing but some bytes, white space aside.
  func consists(of isAllowed: (UInt8) -> Bool) -> Bool {
    !bytes.isEmpty && counts.indices.allSatisfy { counts[$0] == 0 || Self.isBlank(UInt8($0)) || isAllowed(UInt8($0)) }
  }

  /// Whether some bytes stand side by side anywhere. Only where the rarest of them stands is looked.
  func contains(_ text: some Collection<UInt8>) -> Bool {
    let text = Array(text)
    guard let place = text.indices.min(by: { counts[Int(text[$0])] < counts[Int(text[$1])] }) else { return false }
    let (rarest, size) = (text[place], bytes.count)
    guard counts[Int(rarest)] > 0 else { return false }
    return bytes.withUnsafeBytes { body in
      guard let base = body.baseAddress else { return false }
      var position = 0
      while position < size, let found = memchr(base + position, Int32(rarest), size - position) {
        let index = UnsafeRawPointer(found) - base
        let start = index - place
        if start >= 0, start + text.count <= size, body[start..<start + text.count].elementsEqual(text) { return true }
        position = index + 1
      }
      return false
    }
  }

  func contains(_ text: String) -> Bool { contains(text.utf8) }
  func contains(anyOf texts: [String]) -> Bool { texts.contains { contains($0) } }

  /// Whether the text, white space aside, begins with one of some texts.
  func begins(with texts: String...) -> Bool {
    texts.contains { trimmed.starts(with: $0.utf8) }
  }

  /// Whether the text, white space aside, ends with one of some texts.
  func ends(with texts: String...) -> Bool {
    texts.contains { trimmed.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  private static func looksMisread(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return false }
      var position = 0
      while position + 2 < bytes.count, let found = memchr(base + position, 0xC3, bytes.count - 2 - position) {
        let index = UnsafeRawPointer(found) - base
        if 0x82...0xB4 ~= bytes[index + 1], bytes[index + 2] >= 0xC2 { return true }
        position = index + 1
      }
      return false
    }
  }

  /// Whether it looks as though something were in it: JSON, or base64 of JSON or of gzip.
  static func looksWrapped(_ text: some Collection<UInt8>) -> Bool {
    guard let first = text.first(where: { !isBlank($0) }) else { return false }
    if "{[<%\"'".utf8.contains(first) { return true }
    return ["eyJ", "ew", "W3s", "H4sI"].contains { text.starts(with: $0.utf8) }
  }
}
