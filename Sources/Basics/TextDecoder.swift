/// Text as files and pipes bring it, made plain UTF-8: the one place that knows byte order marks.
///
/// A mark in front is passed over. UTF-16 is recoded, be it told by its mark or by NUL bytes among its first four; what is
/// no character in it becomes U+FFFD. All other bytes stay as they are, be they text or not.
package struct TextDecoder {
  private enum Encoding {
    case unknown
    case utf8
    case utf16(isBigEndian: Bool)
  }

  private static let marks: [(bytes: [UInt8], encoding: Encoding)] = [
    ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16(isBigEndian: false)), ([0xFE, 0xFF], .utf16(isBigEndian: true)),
  ]

  private var encoding = Encoding.unknown
  private var knowsUTF8 = false
  /// What cannot be decoded before more has come: the beginning of a mark, or of a character.
  private var pending: [UInt8] = []
  /// How many bytes the mark in front took, once that is known.
  package private(set) var markLength = 0

  package init() {}

  /// - Parameter isUTF8: whether the text is known to be UTF-8, so that only its mark is to be passed over.
  package init(isUTF8: Bool) { knowsUTF8 = isUTF8 }

  /// The whole text at once.
  package static func decoded(_ bytes: [UInt8]) -> [UInt8] {
    var decoder = TextDecoder()
    let text = decoder.decode(bytes)
    let rest = decoder.finish()
    return rest.isEmpty ? text : text + rest
  }

  /// The text of the next chunk. What is left of it is kept for the next call.
  package mutating func decode(_ chunk: [UInt8]) -> [UInt8] {
    let bytes = pending.isEmpty ? chunk : pending + chunk
    pending = []
    switch encoding {
    case .utf8: return bytes
    case .utf16(let isBigEndian): return recoded(bytes, isBigEndian)
    case .unknown:
      if let mark = marks.first(where: { bytes.starts(with: $0.bytes) }) {
        (encoding, markLength) = (mark.encoding, mark.bytes.count)
        return decode(Array(bytes.dropFirst(markLength)))
      }
      if marks.contains(where: { $0.bytes.starts(with: bytes) }) {
        pending = bytes
        return []
      }
      switch knowsUTF8 ? .no : Self.unmarkedUTF16(bytes.prefix(4)) {
      case .undecided:
        pending = bytes
        return []
      case .no: encoding = .utf8
      case .yes(let isBigEndian): encoding = .utf16(isBigEndian: isBigEndian)
      }
      return decode(bytes)
    }
  }

  private var marks: ArraySlice<(bytes: [UInt8], encoding: Encoding)> {
    knowsUTF8 ? Self.marks.prefix(1) : Self.marks[...]
  }

  private enum Guess {
    case undecided
    case no
    case yes(isBigEndian: Bool)
  }

  /// Whether a text without a mark begins with two ASCII characters of UTF-16: every other byte is NUL, which no text in
  /// UTF-8 has there.
  private static func unmarkedUTF16(_ beginning: ArraySlice<UInt8>) -> Guess {
    let zeros = beginning.map { $0 == 0 }
    for isBigEndian in [false, true] {
      let expected = [isBigEndian, !isBigEndian, isBigEndian, !isBigEndian]
      guard expected.starts(with: zeros) else { continue }
      return zeros.count < 4 ? .undecided : .yes(isBigEndian: isBigEndian)
    }
    return .no
  }

  /// What is left behind the last chunk.
  package mutating func finish() -> [UInt8] {
    defer { pending = [] }
    if case .utf16 = encoding, !pending.isEmpty { return Array("\u{FFFD}".utf8) }
    return pending
  }

  /// Whole characters; half a code unit, or half of a surrogate pair, waits for the rest.
  private mutating func recoded(_ bytes: [UInt8], _ isBigEndian: Bool) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(isBigEndian ? first << 8 | second : second << 8 | first)
    }
    if let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
    pending = Array(bytes[(units.count * 2)...])
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}

extension String {
  /// The text without a byte order mark in front.
  package var withoutByteOrderMark: String {
    unicodeScalars.first == "\u{FEFF}" ? String(unicodeScalars.dropFirst()) : self
  }
}
