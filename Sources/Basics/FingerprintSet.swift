/// A set of texts that remembers 128 bits of each, whatever its length, so that millions take little memory.
///
/// A text takes 18 to 23 bytes, and 40 for the moment in which the table grows. The fingerprints are made with a key that is
/// random in each process, so that nobody can choose texts that collide. By chance two of a billion texts do so with a
/// probability below 10⁻²⁰: callers may act as if the texts themselves were compared.
package struct FingerprintSet: Sendable {
  /// All zero is a free slot.
  private typealias Fingerprint = SIMD2<UInt64>

  private var slots: [Fingerprint] = []
  package private(set) var count = 0

  /// `Hasher` has a random seed of its own unless the environment says otherwise.
  private static let key = SIMD2(UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
  private static let smallestTable = 16

  package init() {}

  /// How many bytes the table has room for.
  package var capacityInBytes: Int { slots.capacity * MemoryLayout<Fingerprint>.stride }

  /// - Returns: whether the text is new.
  @discardableResult
  package mutating func insert(_ text: String) -> Bool {
    // A tenth of the slots stays free, so that a search is short.
    if (count + 1) * 10 > slots.count * 9 { grow() }
    let fingerprint = Self.fingerprint(text)
    let slot = Self.slot(of: fingerprint, in: slots)
    guard slots[slot] == .zero else { return false }
    slots[slot] = fingerprint
    count += 1
    return true
  }

  package func contains(_ text: String) -> Bool {
    guard count > 0 else { return false }
    return slots[Self.slot(of: Self.fingerprint(text), in: slots)] != .zero
  }

  package mutating func removeAll() { self = FingerprintSet() }

  private mutating func grow() {
    // Small steps: what matters here is memory, and a fingerprint is moved five times at most on average.
    let size = slots.count + max(Self.smallestTable, slots.count / 4)
    var larger = [Fingerprint](repeating: .zero, count: size)
    for fingerprint in slots where fingerprint != .zero {
      larger[Self.slot(of: fingerprint, in: larger)] = fingerprint
    }
    slots = larger
  }

  /// Where the fingerprint stands, or is to stand: its first half, as a fraction, says where the search begins.
  private static func slot(of fingerprint: Fingerprint, in slots: [Fingerprint]) -> Int {
    var slot = Int(fingerprint.x.multipliedFullWidth(by: UInt64(slots.count)).high)
    while slots[slot] != .zero, slots[slot] != fingerprint {
      slot += 1
      if slot == slots.count { slot = 0 }
    }
    return slot
  }

  private static func fingerprint(_ text: String) -> Fingerprint {
    var text = text
    let fingerprint = text.withUTF8 { bytes in
      Fingerprint(half(bytes, key: key.x), half(bytes, key: key.y))
    }
    return fingerprint == .zero ? Fingerprint(0, 1) : fingerprint
  }

  private static func half(_ bytes: UnsafeBufferPointer<UInt8>, key: UInt64) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(key)
    hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    return UInt64(truncatingIfNeeded: hasher.finalize())
  }
}
