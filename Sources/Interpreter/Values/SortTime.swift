/// The moment that an RFC 3339 time names, to the last digit of its fraction.
package struct SortTime: Sendable {
  private let milliseconds: Int
  /// The digits of the fraction behind the third, without zeros at the end.
  private let finer: [UInt8]

  /// Nil for a text that is no time; a date alone is none.
  init?(_ text: String) {
    // `2026-01-31T12:00Z` is the shortest.
    guard text.utf8.count >= 17, let milliseconds = InternetTime.milliseconds(text) else { return nil }
    self.milliseconds = milliseconds
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) else {
      finer = []
      return
    }
    let fraction = text.utf8[point...].dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    var finer = Array(fraction.dropFirst(3))
    while finer.last == UInt8(ascii: "0") { finer.removeLast() }
    self.finer = finer
  }

  /// Negative, zero or positive: the earlier one comes first.
  static func order(_ left: SortTime, _ right: SortTime) -> Int {
    guard left.milliseconds == right.milliseconds else { return left.milliseconds < right.milliseconds ? -1 : 1 }
    if left.finer == right.finer { return 0 }
    return left.finer.lexicographicallyPrecedes(right.finer) ? -1 : 1
  }
}
