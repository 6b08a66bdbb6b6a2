/// Finds a text in other texts, after Knuth, Morris and Pratt: in time that grows with their lengths added up.
///
/// Texts are compared by their scalars, never by canonical equivalence.
struct TextSearch {
  private let part: [UInt8]
  /// By how many bytes match: how many still do when the next one does not.
  private var borders: [Int] = [0]

  /// The number of bytes looked for.
  var length: Int { part.count }

  init(_ part: String) { self.init(part.utf8) }

  init(_ part: some Sequence<UInt8>) {
    self.part = Array(part)
    var border = 0
    for index in self.part.indices.dropFirst() {
      while border > 0, self.part[index] != self.part[border] { border = borders[border - 1] }
      if self.part[index] == self.part[border] { border += 1 }
      borders.append(border)
    }
  }

  /// The empty text is in any.
  func isFound(in text: String) -> Bool { first(in: text.utf8) != nil }

  /// The offset of the first occurrence in these bytes, counted from their start.
  func first(in bytes: some Sequence<UInt8>) -> Int? {
    guard !part.isEmpty else { return 0 }
    var matched = 0
    var offset = 0
    for byte in bytes {
      while matched > 0, byte != part[matched] { matched = borders[matched - 1] }
      if byte == part[matched] { matched += 1 }
      offset += 1
      if matched == part.count { return offset - matched }
    }
    return nil
  }

  /// All occurrences from left to right, none overlapping another. Of an empty text there are none.
  func ranges(in bytes: [UInt8], atMost limit: Int = .max) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while !part.isEmpty, ranges.count < limit, let offset = first(in: bytes[start...]) {
      ranges.append(start + offset..<start + offset + part.count)
      start += offset + part.count
    }
    return ranges
  }
}
