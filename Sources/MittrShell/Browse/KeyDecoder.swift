import Basics

/// Turns the bytes that a terminal sends into keys, however they are split. A lone Escape is told from the beginning of a
/// sequence by what follows: when nothing does, say so with `pause`.
struct KeyDecoder {
  private var pending: [UInt8] = []
  /// What was pasted so far, while a paste is under way.
  private var paste: [UInt8]?

  private static let escape: UInt8 = 0x1B
  private static let pasteEnd = Array("\u{1B}[201~".utf8)
  /// No key sends a longer sequence.
  private static let longestSequence = 32
  /// What is pasted beyond that is dropped.
  private static let longestPaste = 64 << 10

  /// Whether a key has begun that is not whole yet.
  var isWaiting: Bool { !pending.isEmpty && paste == nil }

  mutating func take(_ bytes: some Sequence<UInt8>) -> [Key] {
    pending += bytes
    var keys: [Key] = []
    while let key = next() { if let key { keys.append(key) } }
    return keys
  }

  /// Nothing has followed for a while: what has begun is all there is.
  mutating func pause() -> [Key] {
    guard isWaiting else { return [] }
    defer { pending = [] }
    return pending.first == Self.escape ? [.escape] : []
  }

  /// - Returns: nil while the next key is not whole; a key of nil for what means nothing.
  private mutating func next() -> Key?? {
    if paste != nil { return nextOfPaste() }
    guard let first = pending.first else { return nil }
    switch first {
    case Self.escape: return nextSequence()
    case 0x0A, 0x0D: return taking(1, .enter)
    case 0x09: return taking(1, .tab)
    case 0x7F, 0x08: return taking(1, .backspace)
    case 0..<0x20: return taking(1, .control(Unicode.Scalar(first | 0x60)))
    default: return nextCharacter(first)
    }
  }

  private mutating func taking(_ count: Int, _ key: Key?) -> Key?? {
    pending.removeFirst(count)
    return .some(key)
  }

  private mutating func nextCharacter(_ lead: UInt8) -> Key?? {
    let length = lead < 0x80 ? 1 : (~lead).leadingZeroBitCount
    guard lead < 0x80 || (2...4).contains(length) else { return taking(1, nil) }
    let bytes = pending.prefix(length)
    // A byte that cannot belong to it ends it.
    if let wrong = bytes.dropFirst().firstIndex(where: { $0 & 0xC0 != 0x80 }) { return taking(wrong, nil) }
    guard bytes.count == length else { return nil }
    let scalar = String(validating: bytes, as: UTF8.self)?.unicodeScalars.first
    return taking(length, scalar.flatMap { SafeText.isUnsafe($0) ? nil : .character($0) })
  }

  /// What begins with Escape. Escape and a character behind it are two keys.
  private mutating func nextSequence() -> Key?? {
    guard pending.count > 1 else { return nil }
    switch pending[1] {
    case UInt8(ascii: "["): return nextControlSequence()
    case UInt8(ascii: "O"):
      guard pending.count > 2 else { return nil }
      return taking(3, Self.key(final: pending[2]))
    default: return taking(1, .escape)
    }
  }

  private mutating func nextControlSequence() -> Key?? {
    // The Linux console's function keys have another bracket and a letter.
    if pending.count > 2, pending[2] == UInt8(ascii: "[") { return pending.count > 3 ? taking(4, nil) : nil }
    guard let end = pending.dropFirst(2).firstIndex(where: { !(0x20..<0x40).contains($0) }) else {
      return pending.count < Self.longestSequence ? nil : taking(pending.count, nil)
    }
    guard (0x40..<0x7F).contains(pending[end]) else { return taking(end, nil) }
    // Modifiers, behind a semicolon, change nothing.
    let number = Int(String(decoding: pending[2..<end].prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self))
    guard pending[end] == UInt8(ascii: "~") else { return taking(end + 1, Self.key(final: pending[end])) }
    guard number != 200 else {
      pending.removeFirst(end + 1)
      paste = []
      return nextOfPaste()
    }
    return taking(end + 1, number.flatMap(Self.key(number:)))
  }

  private mutating func nextOfPaste() -> Key?? {
    while let first = pending.first {
      if first == Self.escape, pending.starts(with: Self.pasteEnd.prefix(pending.count)) {
        guard pending.starts(with: Self.pasteEnd) else { return nil }
        let text = String(decoding: paste ?? [], as: UTF8.self)
        paste = nil
        return taking(Self.pasteEnd.count, .paste(text))
      }
      // All up to what may be the end.
      let rest = pending.dropFirst()
      let chunk = pending[..<(rest.firstIndex(of: Self.escape) ?? pending.endIndex)]
      let room = Self.longestPaste - (paste?.count ?? 0)
      paste?.append(contentsOf: chunk.prefix(max(0, room)))
      pending.removeFirst(chunk.count)
    }
    return nil
  }

  private static func key(final: UInt8) -> Key? {
    switch Unicode.Scalar(final) {
    case "A": .up
    case "B": .down
    case "C": .right
    case "D": .left
    case "F": .end
    case "H": .home
    case "M": .enter
    case "Z": .backTab
    default: nil
    }
  }

  private static func key(number: Int) -> Key? {
    switch number {
    case 1, 7: .home
    case 3: .delete
    case 4, 8: .end
    case 5: .pageUp
    case 6: .pageDown
    default: nil
    }
  }
}
