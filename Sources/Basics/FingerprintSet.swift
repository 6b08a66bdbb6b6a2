/// A set of texts that remembers 88 bits of each, whatever its length, so that millions take little memory.
///
/// A text takes 11 to 13 bytes, also while the set grows: it grows a 256th at a time. The fingerprints are made with a key
/// that is random in each process, so that nobody can choose texts that collide. By chance two of a million texts do so with a
/// probability of 10⁻¹⁵, two of a billion with one of 10⁻⁹: callers may act as if the texts themselves were compared.
package struct FingerprintSet: Sendable {
  /// Each holds the texts whose fingerprints begin with its number; none until there is a text.
  private var parts: [Part] = []
  package private(set) var count = 0

  /// `Hasher` has a random seed of its own unless the environment says otherwise.
  private static let key = SIMD2(UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
  private static let numberOfParts = 256

  package init() {}

  /// How many bytes the tables have room for.
  package var capacityInBytes: Int {
    parts.reduce(0) { $0 + $1.slots.capacity * MemoryLayout<Fingerprint>.stride }
  }

  /// - Returns: whether the text is new.
  @discardableResult
  package mutating func insert(_ text: String) -> Bool {
    if parts.isEmpty { parts = Array(repeating: Part(), count: Self.numberOfParts) }
    let (part, fingerprint) = Self.place(of: text)
    guard parts[part].insert(fingerprint) else { return false }
    count += 1
    return true
  }

  package func contains(_ text: String) -> Bool {
    guard count > 0 else { return false }
    let (part, fingerprint) = Self.place(of: text)
    return parts[part].contains(fingerprint)
  }

  package mutating func removeAll() { self = FingerprintSet() }

  /// The part for a text, and what the part remembers of it.
  private static func place(of text: String) -> (part: Int, fingerprint: Fingerprint) {
    var text = text
    return text.withUTF8 { bytes in
      let (first, second) = (half(bytes, key: key.x), half(bytes, key: key.y))
      return (Int(second >> 16) % numberOfParts, Fingerprint(first, UInt16(truncatingIfNeeded: second)))
    }
  }

  private static func half(_ bytes: UnsafeBufferPointer<UInt8>, key: UInt64) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key)
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }
}

/// Eighty bits, in ten bytes: with a number of more than two bytes in it, it would take twelve.
private struct Fingerprint: Equatable {
  private let first: UInt16
  private let second: UInt16
  private let third: UInt16
  private let fourth: UInt16
  private let fifth: UInt16

  /// A free slot.
  static let none = Fingerprint(free: ())

  init(_ most: UInt64, _ rest: UInt16) {
    first = UInt16(truncatingIfNeeded: most)
    second = UInt16(truncatingIfNeeded: most >> 16)
    third = UInt16(truncatingIfNeeded: most >> 32)
    fourth = UInt16(truncatingIfNeeded: most >> 48)
    // No text's may be that of a free slot.
    fifth = most == 0 ? rest | 1 : rest
  }

  private init(free: Void) { (first, second, third, fourth, fifth) = (0, 0, 0, 0, 0) }

  /// Where in a table of so many slots the search begins: a part of its bits, as a fraction.
  func start(of slots: Int) -> Int {
    let bits = UInt64(second) << 16 | UInt64(first)
    return Int((bits * UInt64(slots)) >> 32)
  }
}

/// A table with open addressing.
private struct Part {
  private(set) var slots: [Fingerprint] = []
  private var count = 0

  private static let smallestStep = 4

  mutating func insert(_ fingerprint: Fingerprint) -> Bool {
    // A tenth of the slots stays free, so that a search is short.
    if (count + 1) * 10 > slots.count * 9 { grow() }
    let slot = slot(of: fingerprint)
    guard slots[slot] == .none else { return false }
    slots[slot] = fingerprint
    count += 1
    return true
  }

  func contains(_ fingerprint: Fingerprint) -> Bool { count > 0 && slots[slot(of: fingerprint)] != .none }

  private mutating func grow() {
    // Small steps: what matters here is memory, and a fingerprint is moved nine times at most on average.
    var larger = Part()
    larger.slots = [Fingerprint](repeating: .none, count: slots.count + max(Self.smallestStep, slots.count / 8))
    larger.count = count
    for fingerprint in slots where fingerprint != .none { larger.slots[larger.slot(of: fingerprint)] = fingerprint }
    self = larger
  }

  /// Where the fingerprint stands, or is to stand.
  private func slot(of fingerprint: Fingerprint) -> Int {
    var slot = fingerprint.start(of: slots.count)
    while slots[slot] != .none, slots[slot] != fingerprint {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }
}
