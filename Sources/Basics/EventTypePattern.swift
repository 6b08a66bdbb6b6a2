/// An event type, or a pattern of one: `*` stands for any run of characters, none and dots included.
///
/// `order.*` matches `order.created` and `order.item.added`, and not `order`.
package struct EventTypePattern: Sendable, Hashable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// Whether a text can be an event type or a pattern of one.
  package static func isValid(_ text: String) -> Bool {
    1...255 ~= text.unicodeScalars.count && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
  }

  package var hasWildcard: Bool { text.utf8.contains(UInt8(ascii: "*")) }

  /// Compares byte by byte. After a mismatch it goes back to the last star only, so the time is at most the product of
  /// both lengths.
  package func matches(_ eventType: String) -> Bool {
    let (pattern, type) = (Array(text.utf8), Array(eventType.utf8))
    var (patternIndex, typeIndex) = (0, 0)
    var star: (patternIndex: Int, typeIndex: Int)?
    while typeIndex < type.count {
      if patternIndex < pattern.count, pattern[patternIndex] == UInt8(ascii: "*") {
        star = (patternIndex, typeIndex)
        patternIndex += 1
      } else if patternIndex < pattern.count, pattern[patternIndex] == type[typeIndex] {
        patternIndex += 1
        typeIndex += 1
      } else if let last = star {
        star = (last.patternIndex, last.typeIndex + 1)
        patternIndex = last.patternIndex + 1
        typeIndex = last.typeIndex + 1
      } else {
        return false
      }
    }
    return pattern[patternIndex...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
