import Basics

/// Bytes that were written as text.
enum BinaryText {
  /// What base64 stands for, in either alphabet, with line breaks, a `data:` URL's beginning or neither.
  static func base64(_ text: [UInt8]) -> [UInt8]? {
    var digits = LineBreaks.trimmed(text)
    if digits.starts(with: "data:".utf8), let comma = digits.prefix(200).firstIndex(of: UInt8(ascii: ",")) {
      digits = digits[(comma + 1)...]
    }
    return Base64.decoded(digits.filter { !BodyFeatures.isBlank($0) })
  }

  /// What hexadecimal digits stand for: in a row, after `0x` or `\x`, or each pair apart.
  static func hexadecimal(_ text: [UInt8]) -> [UInt8]? {
    var digits: [UInt8] = []
    digits.reserveCapacity(text.count)
    var previous: UInt8 = 0
    for byte in LineBreaks.trimmed(text) {
      if byte | 0x20 == UInt8(ascii: "x") {
        if previous == UInt8(ascii: "0") { digits.removeLast() }
      } else if Hex.value(of: byte) != nil {
        digits.append(byte)
      }
      previous = byte
    }
    return Hex.decoded(digits)
  }

  /// What `xxd` and `hexdump -C` print: an offset, digits, and the text behind two spaces or a bar.
  static func hexDump(_ text: [UInt8]) -> [UInt8]? {
    var digits: [UInt8] = []
    for line in text.split(separator: 0x0A) {
      var rest = line.drop(while: { $0 == 0x20 })
      guard let end = rest.firstIndex(where: { Hex.value(of: $0) == nil }), end > rest.startIndex else {
        return nil
      }
      rest = rest[end...].drop { $0 == UInt8(ascii: ":") || $0 == 0x20 }
      var (gap, count) = (0, 0)
      for byte in rest {
        if byte == 0x20 || byte == 0x0D {
          gap += 1
        } else if Hex.value(of: byte) != nil, gap < 2 || count == 16, count < 32 {
          digits.append(byte)
          (gap, count) = (0, count + 1)
        } else {
          break
        }
      }
    }
    return Hex.decoded(digits)
  }

  /// The numbers of a list in brackets, each a byte, signed or not: `[123, 34]`, `[123 34]`, `{"0":123,"1":34}`,
  /// `{"type":"Buffer","data":[123,34]}`; or `<Buffer 7b 22>`.
  static func list(_ text: [UInt8]) -> [UInt8]? {
    let trimmed = LineBreaks.trimmed(text)
    if trimmed.starts(with: "<Buffer ".utf8), trimmed.last == UInt8(ascii: ">") {
      return hexadecimal(Array(trimmed.dropFirst("<Buffer ".utf8.count).dropLast()))
    }
    var items = trimmed
    if trimmed.first == UInt8(ascii: "{"), let open = trimmed.firstIndex(of: UInt8(ascii: "[")),
      let close = trimmed.lastIndex(of: UInt8(ascii: "]")), open < close
    {
      items = trimmed[open...close]
    }
    guard let first = items.first, let last = items.last, "[{".utf8.contains(first), "]}".utf8.contains(last) else {
      return nil
    }
    let isObject = first == UInt8(ascii: "{")
    let list = items.dropFirst().dropLast()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(list.count / 2)
    var start = list.startIndex
    for end in list.startIndex...list.endIndex {
      guard end == list.endIndex || list[end] == UInt8(ascii: ",") || BodyFeatures.isBlank(list[end]) else { continue }
      let part = list[start..<end]
      start = end + 1
      guard !part.isEmpty else { continue }
      var number = part
      if isObject {
        guard let colon = part.firstIndex(of: UInt8(ascii: ":")), part.first == UInt8(ascii: "\"") else { return nil }
        number = part[(colon + 1)...]
      }
      let digits = number.first == UInt8(ascii: "-") ? number.dropFirst() : number
      guard 1...3 ~= digits.count, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
        return nil
      }
      let magnitude = digits.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
      let value = digits.count < number.count ? -magnitude : magnitude
      guard -128...255 ~= value else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: value))
    }
    return bytes.count > 1 ? bytes : nil
  }
}
