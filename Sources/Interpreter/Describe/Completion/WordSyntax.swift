import Basics
import OrderedJSON

/// How a value is written, so that the language reads it back as the same value.
enum WordSyntax {
  /// A word where an argument is expected.
  case word(isFile: Bool)
  /// A key behind a dot.
  case key
  /// A key where the dot may be left out and names may have hyphens, as in `select`.
  case bareKey
  /// Text of the language itself, which is written as it is.
  case exact

  /// - Parameter isWhole: whether a closing quote follows, where there is one.
  func text(_ value: String, style: PartialWord.Style, isWhole: Bool) -> String {
    switch style {
    case .bare: return isPlain(value) ? value : Self.quoted(value, isWhole: isWhole)
    case .raw where !value.utf8.contains(UInt8(ascii: "'")) && SafeText.escaped(value) == value:
      return "'" + value + (isWhole ? "'" : "")
    case .raw, .quoted: return Self.quoted(value, isWhole: isWhole)
    }
  }

  private static func quoted(_ value: String, isWhole: Bool) -> String {
    let text = SafeText.escapedJSON(JSONWriter.compact.string(.string(value)))
    return isWhole ? text : String(text.dropLast())
  }

  /// Whether the value can be written without quotes.
  func isPlain(_ value: String) -> Bool {
    guard let first = value.utf8.first, SafeText.escaped(value) == value else { return false }
    switch self {
    case .exact: return true
    case .word(let isFile):
      let starts =
        isWordByte(first) || first == UInt8(ascii: "/") || isFile && first == UInt8(ascii: ".")
        || isFile && value.hasPrefix("~/")
      return starts
        && value.utf8.allSatisfy {
          isWordByte($0) || Self.plainSigns.contains($0) || $0 == UInt8(ascii: "~")
        }
    case .key: return !isDigit(first) && value.utf8.allSatisfy(isWordByte)
    case .bareKey:
      return value.split(separator: "-", omittingEmptySubsequences: false).enumerated().allSatisfy { index, part in
        guard let first = part.utf8.first, index == 0 ? isWordByte(first) && !isDigit(first) : isLetter(first) else {
          return false
        }
        return part.utf8.allSatisfy(isWordByte)
      }
    }
  }

  private static let plainSigns = Set("_-./:+=%@".utf8)
}
