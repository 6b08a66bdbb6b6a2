import Basics

/// Colours JSON for a terminal, with those of the 16 colours that can be read on light and on dark backgrounds.
///
/// It goes over text that is safe to show already. What is no JSON is left as it is.
enum JSONColors {
  private static let key = "1;34"
  private static let string = "32"
  private static let number = "35"
  private static let word = "1;35"

  static func painted(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count * 2)
    var index = 0
    while index < text.count {
      let start = index
      let color: String
      switch text[index] {
      case .quote:
        index = endOfString(in: text, from: start)
        color = isKey(text, endingAt: index) ? key : string
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        index = text[start...].firstIndex { !isPartOfNumber($0) } ?? text.count
        color = number
      case UInt8(ascii: "a")...UInt8(ascii: "z"):
        index = text[start...].firstIndex { !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ?? text.count
        color = word
      default:
        result.append(text[index])
        index += 1
        continue
      }
      result.append(contentsOf: "\u{1B}[\(color)m".utf8)
      result.append(contentsOf: text[start..<index])
      result.append(contentsOf: "\u{1B}[0m".utf8)
    }
    return result
  }

  private static func endOfString(in text: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < text.count {
      switch text[index] {
      case .quote: return index + 1
      case UInt8(ascii: "\\"): index += 2
      // A string does not go on behind its line, whatever became of its end.
      case .lineFeed: return index
      default: index += 1
      }
    }
    return text.count
  }

  private static func isKey(_ text: [UInt8], endingAt end: Int) -> Bool {
    text[end...].first { $0 != UInt8(ascii: " ") } == UInt8(ascii: ":")
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
