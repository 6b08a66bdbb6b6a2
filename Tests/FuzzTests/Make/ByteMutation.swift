extension FuzzRandom {
  /// A right text with a few wrongs, some of them pieces of other texts or known to be awkward.
  mutating func spoilt(_ text: [UInt8], others: [[UInt8]] = [], pieces: [String] = Self.pieces) -> [UInt8] {
    var bytes = text
    for _ in 0...below(4) {
      let (start, end) = range(in: bytes)
      switch below(8) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: if bytes.count > 1 { bytes.swapAt(below(bytes.count), below(bytes.count)) }
      case 3: bytes.insert(contentsOf: pick(pieces).utf8, at: start)
      case 4: if once(in: 3) { bytes.removeSubrange(start...) }
      case 5: if !bytes.isEmpty { bytes[below(bytes.count)] = UInt8(below(256)) }
      case 6: if !bytes.isEmpty { bytes[below(bytes.count)] ^= 1 << UInt8(below(8)) }
      default:
        guard !others.isEmpty else { continue }
        let other = pick(others)
        let (from, to) = range(in: other)
        bytes.insert(contentsOf: other[from..<to], at: start)
      }
    }
    return bytes
  }

  /// Bytes without any sense.
  mutating func bytes(_ count: Int) -> [UInt8] {
    let isText = once(in: 2)
    return (0..<count).map { _ in isText ? UInt8(0x20 + below(0x5F)) : UInt8(below(256)) }
  }

  private mutating func range(in bytes: [UInt8]) -> (Int, Int) {
    let start = below(bytes.count + 1)
    return (start, min(bytes.count, start + below(16)))
  }

  /// What programs stumble over.
  static let pieces = [
    "\u{FEFF}", "\0", "\r\n", "\n", "\r", "\t", "\"", "\\", "\\u0000", "\\ud83d", "\\udc00", "\\uD83D\\uDE80",
    "\u{202E}",
    "\u{2028}", "e\u{301}", "🚀", "日本", "{", "}", "[", "]", ",", ":", "null", "true", "-0", "1e400", "-1",
    "9223372036854775807", "9223372036854775808", "0.1", "1E-400", "00", "%00", "%", "%ff", "../", "//", "?", "#", "&",
    "=", ";", "'", "--", "*", "${", "\u{1B}[2J", "\u{7F}", "\u{85}", "chunked", "gzip", "NaN", "Infinity",
  ]
}
