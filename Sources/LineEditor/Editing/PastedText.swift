import Basics

/// The bytes of a bracketed paste, up to the sequence that ends it.
struct PastedText {
  static let begin = "\u{1B}[200~"
  static let end: [UInt8] = Array("\u{1B}[201~".utf8)

  /// What is longer loses its end.
  static let maximumLength = 1024 * 1024

  private var bytes: [UInt8] = []
  /// How much of the closing sequence the last bytes match. Bytes beyond the maximum are still watched for it.
  private var matched = 0

  private(set) var isComplete = false

  mutating func append(_ byte: UInt8) {
    if bytes.count < Self.maximumLength + Self.end.count { bytes.append(byte) }
    // No proper part of the sequence but its first byte begins it, so a mismatch falls back to that byte alone.
    matched = byte == Self.end[matched] ? matched + 1 : byte == Self.end[0] ? 1 : 0
    isComplete = matched == Self.end.count
  }

  /// The text as it enters the line: newlines between lines and none at the end, so that Enter alone runs it; tabs
  /// kept, what a terminal must not be given left out, and what is no UTF-8 replaced.
  var text: String {
    let hasEnd = isComplete && bytes.suffix(Self.end.count) == Self.end[...]
    let content = hasEnd ? bytes.dropLast(Self.end.count) : bytes.prefix(Self.maximumLength)
    return Self.editable(String(decoding: content, as: UTF8.self))
  }

  /// A text as a line may hold it, in the way described at `text`.
  static func editable(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var follows: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where follows == "\r": break
      case "\r", "\n": scalars.append("\n")
      default: scalars.append(scalar)
      }
      follows = scalar
    }
    while scalars.last == "\n" { scalars.removeLast() }
    return SafeText.removingUnsafe(String(scalars), keeping: ["\n", "\t"])
  }
}
