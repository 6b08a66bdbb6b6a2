/// A text that was decoded in one encoding and written in another.
enum Mojibake {
  /// A text in UTF-8 that was read as this encoding and written as UTF-8, this often: `Ã«` for `ë`.
  static func misread(_ body: [UInt8], as encoding: SingleByteEncoding, times: Int = 1) -> [UInt8]? {
    var bytes = body
    for _ in 0..<times {
      guard let narrow = encoding.encoded(bytes) else { return nil }
      bytes = narrow
    }
    return bytes
  }

  /// A text in UTF-8 whose characters beyond 16 bits were written as two halves of three bytes each, as Java's and some
  /// databases' UTF-8 has them; nil when it has none.
  static func fromCESU8(_ body: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(body.count)
    var position = 0
    while position < body.count {
      if position + 5 < body.count, body[position] == 0xED, 0xA0...0xAF ~= body[position + 1],
        body[position + 3] == 0xED, 0xB0...0xBF ~= body[position + 4]
      {
        let high = UInt32(body[position + 1] & 0xF) << 6 | UInt32(body[position + 2] & 0x3F)
        let low = UInt32(body[position + 4] & 0xF) << 6 | UInt32(body[position + 5] & 0x3F)
        guard let scalar = Unicode.Scalar(0x10000 + high << 10 + low) else { return nil }
        result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        position += 6
      } else {
        result.append(body[position])
        position += 1
      }
    }
    return result.count < body.count ? result : nil
  }

  /// A text in UTF-16, with or without a byte order mark, as UTF-8; nil when it is none.
  static func fromUTF16(_ body: [UInt8], isBigEndian: Bool) -> [UInt8]? {
    guard body.count % 2 == 0 else { return nil }
    var text: [UInt8] = []
    text.reserveCapacity(body.count / 2)
    var decoder = UTF16()
    var units = stride(from: 0, to: body.count, by: 2).lazy.map { index in
      let (first, second) = (UInt16(body[index]), UInt16(body[index + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }.makeIterator()
    while true {
      switch decoder.decode(&units) {
      case .scalarValue("\u{FEFF}") where text.isEmpty: break
      case .scalarValue(let scalar): text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
      case .emptyInput: return text
      case .error: return nil
      }
    }
  }
}

/// The encodings of one byte a character that UTF-8 is taken for.
struct SingleByteEncoding: Sendable {
  let name: String
  /// What 0x80 to 0xFF stand for.
  private let scalars: [UInt32]
  private let bytes: [UInt32: UInt8]

  /// - characters: what 0x80 and those that follow stand for. The rest stands for the scalars of the same numbers.
  private init(_ name: String, _ characters: String) {
    self.name = name
    let named = characters.unicodeScalars.map(\.value)
    scalars = named + (0x80 + UInt32(named.count)..<0x100).map { $0 }
    bytes = Dictionary(zip(scalars, 0x80...0xFF)) { first, _ in first }
  }

  static let latin1 = SingleByteEncoding("Latin-1", "")
  /// As the Encoding Standard of the web has it: the five unused bytes are controls.
  static let windows1252 = SingleByteEncoding(
    "Windows-1252",
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ")
  /// What consoles of Windows use.
  static let codePage437 = SingleByteEncoding(
    "code page 437",
    """
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}
    """)
  static let codePage850 = SingleByteEncoding(
    "code page 850",
    """
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}
    """)
  static let macRoman = SingleByteEncoding(
    "Mac Roman",
    """
    ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø\
    ¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ
    """)

  /// A text in this encoding as UTF-8.
  func decoded(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 3 * bytes.count) { target, count in
      for byte in bytes {
        guard byte >= 0x80 else {
          target[count] = byte
          count += 1
          continue
        }
        // No character of these encodings takes more than three bytes.
        let value = scalars[Int(byte) - 0x80]
        if value < 0x800 {
          target[count] = UInt8(truncatingIfNeeded: 0xC0 | value >> 6)
          count += 1
        } else {
          target[count] = UInt8(truncatingIfNeeded: 0xE0 | value >> 12)
          target[count + 1] = UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F)
          count += 2
        }
        target[count] = UInt8(truncatingIfNeeded: 0x80 | value & 0x3F)
        count += 1
      }
    }
  }

  /// A UTF-8 text in this encoding; nil when it is not UTF-8 or has a character that this encoding lacks.
  func encoded(_ text: [UInt8]) -> [UInt8]? {
    guard let text = String(validating: text, as: UTF8.self) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80 {
        result.append(UInt8(truncatingIfNeeded: scalar.value))
      } else if let byte = bytes[scalar.value] {
        result.append(byte)
      } else {
        return nil
      }
    }
    return result
  }
}
