import Basics
import Interpreter

/// Text on its way to the terminal, and the room that it takes there.
struct ConsoleText {
  private(set) var bytes: [UInt8] = []
  /// In a window of the width that it was measured for.
  private(set) var rows = 0
  private(set) var lineFeeds = 0

  var isEmpty: Bool { bytes.isEmpty }

  /// - Parameter more: whole lines.
  mutating func append(_ more: [UInt8], columns: Int) {
    bytes += more
    for line in more.split(separator: .lineFeed, omittingEmptySubsequences: false) {
      rows += max(1, (Self.width(line) + columns - 1) / max(1, columns))
      lineFeeds += 1
    }
    // Behind the last line feed there is no line.
    lineFeeds -= 1
    if more.last == .lineFeed || more.isEmpty { rows -= 1 }
  }

  mutating func append(_ more: ConsoleText) {
    bytes += more.bytes
    rows += more.rows
    lineFeeds += more.lineFeeds
  }

  /// Without the sequences that colour it.
  private static func width(_ line: some Collection<UInt8>) -> Int {
    guard line.contains(0x1B) else { return DisplayWidth.width(String(decoding: line, as: UTF8.self)) }
    var text: [UInt8] = []
    var isSequence = false
    for byte in line {
      if byte == 0x1B { isSequence = true } else if !isSequence { text.append(byte) }
      if isSequence, (UInt8(ascii: "A")...UInt8(ascii: "z")).contains(byte), byte != UInt8(ascii: "[") {
        isSequence = false
      }
    }
    return DisplayWidth.width(String(decoding: text, as: UTF8.self))
  }
}

extension UInt8 {
  fileprivate static let lineFeed = UInt8(ascii: "\n")
}
