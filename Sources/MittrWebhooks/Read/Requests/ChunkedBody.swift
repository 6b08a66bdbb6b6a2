/// The chunked transfer coding (RFC 9112, 7.1).
enum ChunkedBody {
  /// The body that chunks make up; nil when these are none. What stands behind the last chunk is passed over.
  /// - endsEarly: whether the last chunk, which is empty, may be missing, and the body is to have bytes.
  static func decoded(_ bytes: ArraySlice<UInt8>, endsEarly: Bool = false) -> [UInt8]? {
    var body: [UInt8] = []
    var rest = bytes
    while true {
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")), let size = size(in: rest[..<end]) else { return nil }
      rest = rest[(end + 1)...]
      if size == 0 { return endsEarly && body.isEmpty ? nil : body }
      guard size <= rest.count else { return nil }
      body += rest.prefix(size)
      rest = rest.dropFirst(size)
      if rest.first == UInt8(ascii: "\r") { rest = rest.dropFirst() }
      if endsEarly, rest.isEmpty { return body.isEmpty ? nil : body }
      guard rest.first == UInt8(ascii: "\n") else { return nil }
      rest = rest.dropFirst()
      if endsEarly, rest.isEmpty { return body }
    }
  }

  /// The number in a line such as `1a;name=value`.
  private static func size(in line: ArraySlice<UInt8>) -> Int? {
    let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: " ") }
    guard 1...15 ~= digits.count, digits.first != UInt8(ascii: "+"), digits.first != UInt8(ascii: "-") else {
      return nil
    }
    return Int(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
