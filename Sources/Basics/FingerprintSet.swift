/// A set of texts that remembers 96 bits of each, whatever its length, so that millions take little memory.
///
/// A text takes 13 to 17 bytes, also while the set grows: it grows a sixty-fourth at a time. The fingerprints are made with a
/// key that is random in each process, so that nobody can choose texts that collide. By chance two of a billion texts do so
/// with a probability of 10⁻¹¹: callers may act as if the texts themselves were compared.
package struct FingerprintSet: Sendable {
  /// Each holds the texts whose fingerprints begin alike; none until there is a text.
  private var parts: [Part] = []
  package private(set) var count = 0

  /// `Hasher` has a random seed of its own unless the environment says otherwise.
  private static let key = SIMD2(UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
  private static let bitsOfPart: UInt32 = 6

  package init() {}

  /// How many bytes the tables have room for.
  package var capacityInBytes: Int {
    parts.reduce(0) { $0 + $1.slots.capacity * MemoryLayout<Fingerprint>.stride }
  }

  /// - Returns: whether the text is new.
  @discardableResult
  package mutating func insert(_ text: String) -> Bool {
    if parts.isEmpty { parts = Array(repeating: Part(), count: 1 << Self.bitsOfPart) }
    let fingerprint = Self.fingerprint(text)
    guard parts[Self.part(of: fingerprint)].insert(fingerprint) else { return false }
    count += 1
    return true
  }

  package func contains(_ text: String) -> Bool {
    guard count > 0 else { return false }
    let fingerprint = Self.fingerprint(text)
    return parts[Self.part(of: fingerprint)].contains(fingerprint)
  }

  package mutating func removeAll() { self = FingerprintSet() }

  private static func part(of fingerprint: Fingerprint) -> Int { Int(fingerprint.high >> (32 - bitsOfPart)) }

  private static func fingerprint(_ text: String) -> Fingerprint {
    var text = text
    return text.withUTF8 { bytes in
      let (first, second) = (half(bytes, key: key.x), half(bytes, key: key.y))
      let fingerprint = Fingerprint(
        high: UInt32(truncatingIfNeeded: first >> 32), middle: UInt32(truncatingIfNeeded: first),
        low: UInt32(truncatingIfNeeded: second))
      return fingerprint == .none ? Fingerprint(high: 0, middle: 0, low: 1) : fingerprint
    }
  }

  private static func half(_ bytes: UnsafeBufferPointer<UInt8>, key: UInt64) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key)
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }
}

/// Twelve bytes: a vector of three would take sixteen.
private struct Fingerprint: Equatable {
  let high: UInt32
  let middle: UInt32
  let low: UInt32

  /// A free slot.
  static let none = Fingerprint(high: 0, middle: 0, low: 0)
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
    // Small steps: what matters here is memory, and a fingerprint is moved five times at most on average.
    var larger = Part()
    larger.slots = [Fingerprint](repeating: .none, count: slots.count + max(Self.smallestStep, slots.count / 4))
    larger.count = count
    for fingerprint in slots where fingerprint != .none { larger.slots[larger.slot(of: fingerprint)] = fingerprint }
    self = larger
  }

  /// Where the fingerprint stands, or is to stand: its second third, as a fraction, says where the search begins.
  private func slot(of fingerprint: Fingerprint) -> Int {
    var slot = Int((UInt64(fingerprint.middle) * UInt64(slots.count)) >> 32)
    while slots[slot] != .none, slots[slot] != fingerprint {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }
}
