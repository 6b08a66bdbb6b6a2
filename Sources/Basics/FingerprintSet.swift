/// A set of texts that remembers 72 bits of each, whatever its length, so that millions take little memory.
///
/// A text takes 9 to 10 bytes, also while the set grows: it grows a 256th at a time. The fingerprints are made with a key
/// that is random in each process, so that nobody can choose texts that collide. By chance two of a million texts do so with a
/// probability of 10⁻¹⁰, two of ten million with one of 10⁻⁸: callers may act as if the texts themselves were compared.
package struct FingerprintSet: Sendable {
  /// Each holds a 256th of the texts, told by a second fingerprint; none until there is a text.
  private var parts: [Part] = []
  package private(set) var count = 0

  /// `Hasher` has a random seed of its own unless the environment says otherwise.
  private static let key = UInt64.random(in: .min ... .max)
  private static let numberOfParts = 256

  package init() {}

  /// How many bytes the tables have room for.
  package var capacityInBytes: Int {
    parts.reduce(0) { $0 + $1.slots.capacity * MemoryLayout<UInt64>.stride }
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
  private static func place(of text: String) -> (part: Int, fingerprint: UInt64) {
    var text = text
    return text.withUTF8 { bytes in
      var hasher = Hasher()
      hasher.combine(key)
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
      // One more word gives another fingerprint of the same bytes.
      var other = hasher
      other.combine(0)
      let fingerprint = UInt64(truncatingIfNeeded: hasher.finalize())
      let part = UInt64(truncatingIfNeeded: other.finalize()) % UInt64(numberOfParts)
      return (Int(part), fingerprint == Part.none ? 1 : fingerprint)
    }
  }
}

/// A table with open addressing.
private struct Part {
  private(set) var slots: [UInt64] = []
  private var count = 0

  /// What stands in a free slot.
  static let none: UInt64 = 0
  private static let smallestStep = 4

  mutating func insert(_ fingerprint: UInt64) -> Bool {
    // A tenth of the slots stays free, so that a search is short.
    if (count + 1) * 10 > slots.count * 9 { grow() }
    let slot = slot(of: fingerprint)
    guard slots[slot] == Self.none else { return false }
    slots[slot] = fingerprint
    count += 1
    return true
  }

  func contains(_ fingerprint: UInt64) -> Bool { count > 0 && slots[slot(of: fingerprint)] != Self.none }

  private mutating func grow() {
    // Small steps: what matters here is memory, and a fingerprint is moved nine times at most on average.
    var larger = Part()
    larger.slots = [UInt64](repeating: Self.none, count: slots.count + max(Self.smallestStep, slots.count / 8))
    larger.count = count
    for fingerprint in slots where fingerprint != Self.none { larger.slots[larger.slot(of: fingerprint)] = fingerprint }
    self = larger
  }

  /// Where the fingerprint stands, or is to stand.
  private func slot(of fingerprint: UInt64) -> Int {
    // The search begins where the fingerprint lies among all that there can be.
    var slot = Int(fingerprint.multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[slot] != Self.none, slots[slot] != fingerprint {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }
}
