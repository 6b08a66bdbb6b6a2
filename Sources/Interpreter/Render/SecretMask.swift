import Basics

/// Hides secrets that are known by their beginnings in what a person might show to others.
public struct SecretMask: Sendable {
  private let prefixes: [[UInt8]]

  public init(prefixes: [String] = []) { self.prefixes = prefixes.map { Array($0.utf8) } }

  /// The text with the part behind each prefix replaced by `…`, whatever stands before it: other text that it was put
  /// into, or the end of an escape.
  /// - Parameter shown: whole secrets that stay as they are.
  public func masked(_ text: String, except shown: Set<String> = []) -> String {
    guard !prefixes.isEmpty, text.utf8.contains(Self.underscore) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var start = 0
    var index = 0
    while let mark = bytes[index...].firstIndex(of: Self.underscore) {
      index = mark + 1
      let prefix = prefixes.first { bytes[start..<index].reversed().starts(with: $0.reversed()) }
      guard let prefix else { continue }
      let end = Self.end(of: bytes, from: index)
      guard end > index else { continue }
      if !shown.isEmpty, shown.contains(String(decoding: bytes[index - prefix.count..<end], as: UTF8.self)) { continue }
      result += bytes[start..<index] + "…".utf8
      (start, index) = (end, end)
    }
    return start == 0 ? text : String(decoding: result + bytes[start...], as: UTF8.self)
  }

  /// Where the letters end that a key may have: those of Base64 and of URLs. A full stop at the end of a sentence is not one.
  private static func end(of bytes: [UInt8], from start: Int) -> Int {
    var end = start
    while end < bytes.count {
      let isPart = isWordByte(bytes[end]) || "-+/=%~".utf8.contains(bytes[end])
      let isInnerDot =
        bytes[end] == UInt8(ascii: ".") && end > start && end + 1 < bytes.count && isWordByte(bytes[end + 1])
      guard isPart || isInnerDot else { break }
      end += 1
    }
    return end
  }

  private static let underscore = UInt8(ascii: "_")
}
