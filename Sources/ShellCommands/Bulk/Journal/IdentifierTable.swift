/// Texts, each once, numbered in the order in which they came.
///
/// A million of them take little more memory than their own bytes: they stand in one buffer, and each adds the place
/// where it ends and a slot or two of a hash table. Comparison is exact.
struct IdentifierTable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// The number of a text plus one; zero where there is none.
  private var slots = [UInt32](repeating: 0, count: 16)

  var count: Int { ends.count }

  subscript(number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

  func number(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { find($0).number }
  }

  /// - Returns: the text's number, and whether it is new.
  mutating func insert(_ text: String) -> (number: Int, isNew: Bool) {
    if ends.count * 4 >= slots.count * 3 { grow() }
    var text = text
    return text.withUTF8 { buffer in
      let (number, slot) = find(buffer)
      if let number { return (number, false) }
      bytes.append(contentsOf: buffer)
      ends.append(bytes.count)
      slots[slot] = UInt32(ends.count)
      return (ends.count - 1, true)
    }
  }

  private func range(_ number: Int) -> Range<Int> { (number == 0 ? 0 : ends[number - 1])..<ends[number] }

  /// The text's number, or else the slot that it would get.
  private func find(_ text: UnsafeBufferPointer<UInt8>) -> (number: Int?, slot: Int) {
    var slot = Self.hash(UnsafeRawBufferPointer(text)) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      let range = range(number)
      if range.count == text.count, zip(range, text).allSatisfy({ bytes[$0] == $1 }) { return (number, slot) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return (nil, slot)
  }

  private mutating func grow() {
    var larger = [UInt32](repeating: 0, count: slots.count * 2)
    bytes.withUnsafeBytes { bytes in
      for number in ends.indices {
        var slot = Self.hash(UnsafeRawBufferPointer(rebasing: bytes[range(number)])) & (larger.count - 1)
        while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
        larger[slot] = UInt32(number + 1)
      }
    }
    slots = larger
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: bytes)
    return hasher.finalize()
  }
}
