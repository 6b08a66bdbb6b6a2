/// Which characters a text's strings have that may be spelled in more than one way, and how many bytes they take.
struct JSONStringInventory: Sendable {
  /// What there is of one class.
  private struct Entry {
    let place: Int
    var count = 0
    /// How many bytes they take as they came, in UTF-8, and as 16-bit units.
    var spelled = 0
    var plain = 0
    var units = 0
  }

  private var entries: [Entry]
  /// How many are spelled as escapes.
  private(set) var escapeCount = 0

  init(of tokens: JSONTokens) {
    var entries = (0..<JSONCharacterClass.count).map { Entry(place: $0) }
    var escapeCount = 0
    let hasSpellings = JSONCharacterClass.hasSpellings
    tokens.source.withUnsafeBufferPointer { source in
      for token in tokens.tokens where token.hasSpellings {
        var characters = JSONStringCharacters(source[token.range].dropFirst().dropLast())
        var previous: Unicode.Scalar?
        while !characters.isAtEnd {
          let skipped = characters.skip { !hasSpellings[Int($0)] }
          if let last = skipped.last { previous = Unicode.Scalar(source[last]) }
          guard let character = characters.next() else { break }
          if character.isEscaped { escapeCount += 1 }
          let place = JSONCharacterClass.of(character, behind: previous)
          entries[place].count += 1
          entries[place].spelled += character.range.count
          entries[place].plain += UTF8.width(character.scalar)
          entries[place].units += UTF16.width(character.scalar)
          previous = character.scalar
        }
      }
    }
    self.entries = entries.filter { $0.count > 0 }
    self.escapeCount = escapeCount
  }

  /// How many bytes longer all strings together are in a style; negative when they are shorter.
  func growth(in style: JSONStringStyle) -> Int {
    entries.reduce(0) { sum, entry in
      switch style.forms[entry.place] {
      case .kept: sum
      case .plain: sum + entry.plain - entry.spelled
      case .short: sum + 2 * entry.count - entry.spelled
      case .lowercase, .uppercase: sum + 6 * entry.units - entry.spelled
      }
    }
  }

  /// What it costs to spell the text in a style, in bytes hashed: reading an escape takes as long as hashing so many bytes.
  func respellingCost(of size: Int) -> Int { 3 * size + 32 * escapeCount }

  /// What a style says of the characters that there are: two that agree in it spell the text alike.
  func forms(in style: JSONStringStyle) -> [JSONStringStyle.Form] { entries.map { style.forms[$0.place] } }

  /// Whether the text comes out in another spelling.
  func mayChange(in style: JSONStringStyle) -> Bool {
    escapeCount > 0 || entries.contains { style.forms[$0.place].rawValue > JSONStringStyle.Form.plain.rawValue }
  }
}
