import Basics
import Interpreter

/// An answer of several lines while it is typed or pasted: knows when it is complete, and what to show of each byte.
struct PastedAnswer {
  private let end: PromptEnd
  private var lines: [UInt8] = []
  private var line: [UInt8] = []
  private(set) var isComplete = false
  private var hasLines = false

  init(_ end: PromptEnd) { self.end = end }

  /// What was answered, without a line break at its end.
  var bytes: [UInt8] {
    // A last line that Ctrl-D ended counts; nothing behind a line break does not.
    line.isEmpty ? Array(hasLines ? lines.dropLast() : lines[...]) : lines + line
  }

  var count: Int { lines.count + line.count }

  /// Whether the cursor stands at the beginning of a line.
  var endsAtLineStart: Bool { line.isEmpty }

  /// Takes a byte.
  /// - Returns: what the terminal is to show for it.
  mutating func take(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case 0x04:
      isComplete = true
      return []
    case UInt8(ascii: "\n"):
      if line.isEmpty && end == .emptyLine || line == [UInt8(ascii: ".")] && end == .dot {
        line = []
        isComplete = true
        return [byte]
      }
      lines += line + [byte]
      line = []
      hasLines = true
      return [byte]
    case 0x7F, 0x08:
      let width = Self.removeCharacter(&line)
      return Array(String(repeating: "\u{8} \u{8}", count: width).utf8)
    default:
      line.append(byte)
      guard byte < 0x80 else { return shownCharacter }
      return Array(SafeText.escaped(String(Unicode.Scalar(byte))).utf8)
    }
  }

  /// The character that the line ends with, once all its bytes are there.
  private var shownCharacter: [UInt8] {
    var start = line.count - 1
    while start > 0, line.count - start < 4, line[start] & 0xC0 == 0x80 { start -= 1 }
    guard let text = String(validating: line[start...], as: UTF8.self) else { return [] }
    return Array(SafeText.escaped(text).utf8)
  }

  /// Takes the last character off a line.
  /// - Returns: the columns that it took.
  @discardableResult static func removeCharacter(_ line: inout [UInt8]) -> Int {
    guard let last = line.last else { return 0 }
    var start = line.count - 1
    if last >= 0x80 { while start > 0, line.count - start < 4, line[start] & 0xC0 == 0x80 { start -= 1 } }
    let text = String(decoding: line[start...], as: UTF8.self)
    line.removeSubrange(start...)
    return DisplayWidth.width(SafeText.escaped(text))
  }
}
