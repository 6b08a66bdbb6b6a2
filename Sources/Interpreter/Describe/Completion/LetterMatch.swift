import Basics

/// How a candidate holds what was typed where none begins with it: the better, the lower.
enum LetterMatch: Int {
  /// As the beginnings of its words: `evl` in `events list`.
  case wordStarts
  /// As one piece: `54` in `evt_154`.
  case piece
  /// As letters in their order.
  case letters

  /// One letter would be in nearly every word, and a longer text is nobody's abbreviation, in bytes.
  private static let lengths = 2...64

  /// - Returns: nil where the candidate does not hold it.
  init?(_ typed: String, in candidate: String) {
    let letters = typed.lowercased().utf8.filter { $0 != UInt8(ascii: " ") }
    guard Self.lengths.contains(letters.count) else { return nil }
    let text = Array(candidate.lowercased().utf8)
    if Self.holds(letters, text, atWordStarts: true) {
      self = .wordStarts
    } else if text.firstRange(of: letters) != nil {
      self = .piece
    } else if Self.holds(letters, text, atWordStarts: false) {
      self = .letters
    } else {
      return nil
    }
  }

  /// Whether the letters come in their order; where words count, each right behind the one before or at a word's start.
  private static func holds(_ letters: [UInt8], _ text: [UInt8], atWordStarts: Bool) -> Bool {
    var place = 0
    var isBehindMatch = false
    for (index, byte) in text.enumerated() where place < letters.count {
      let isStart = index == 0 || !isWordByte(text[index - 1]) || text[index - 1] == UInt8(ascii: "_")
      let counts = !atWordStarts || isBehindMatch || isStart
      isBehindMatch = counts && byte == letters[place]
      if isBehindMatch { place += 1 }
    }
    return place == letters.count
  }
}
