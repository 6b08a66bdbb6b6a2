import Basics

/// A moment that a text names, as exactly as it is written: a time of RFC 3339, with its fraction and its offset.
package struct Instant: Sendable {
  /// Since 1970.
  let milliseconds: Int
  /// What the fraction has behind the milliseconds, without zeros at the end.
  let finer: [UInt8]

  /// Nil where the text is no time, or has neither `Z` nor an offset; a date alone is none.
  init?(_ text: String) {
    // Most texts that are compared are no times: their first bytes tell.
    let bytes = text.utf8
    guard bytes.count >= 17, bytes.count < 64, let first = bytes.first, isDigit(first),
      let last = bytes.last, isDigit(last) || last | 0x20 == UInt8(ascii: "z"),
      let milliseconds = InternetTime.milliseconds(text)
    else { return nil }
    self.milliseconds = milliseconds
    guard let point = bytes.firstIndex(of: UInt8(ascii: ".")) else {
      finer = []
      return
    }
    var finer = Array(bytes[point...].dropFirst().prefix { isDigit($0) }.dropFirst(3))
    while finer.last == UInt8(ascii: "0") { finer.removeLast() }
    self.finer = finer
  }

  /// Negative, zero or positive.
  static func order(_ left: Instant, _ right: Instant) -> Int {
    if left.milliseconds != right.milliseconds { return left.milliseconds < right.milliseconds ? -1 : 1 }
    if left.finer == right.finer { return 0 }
    return left.finer.lexicographicallyPrecedes(right.finer) ? -1 : 1
  }
}
