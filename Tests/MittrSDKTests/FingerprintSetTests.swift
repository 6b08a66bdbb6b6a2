import Basics
import Testing

@Suite("Sets of fingerprints") struct FingerprintSetTests {
  @Test("A text is new once; others are not taken for it, however alike they are")
  func membership() {
    var set = FingerprintSet()
    #expect(!set.contains(""))
    let texts = (0..<20_000).map { "evt_\($0)" } + ["", "\u{0}", "\u{0}\u{0}", "é", "e\u{301}"]
    #expect(texts.filter { set.insert($0) }.count == texts.count)
    #expect(!texts.contains { set.insert($0) || !set.contains($0) })
    for number in 20_000..<40_000 { #expect(!set.contains("evt_\(number)")) }
    #expect(set.count == texts.count)
    set.removeAll()
    #expect(set.count == 0 && !set.contains("evt_1"))
  }

  @Test("A million texts take 64 bytes each at most, at any size, also while the table grows")
  func memory() {
    var set = FingerprintSet()
    var last = 0
    for number in 0..<1_000_000 {
      set.insert("evt_\(number)")
      let bytes = set.capacityInBytes
      guard bytes != last else { continue }
      // The old table is there until the new one is.
      #expect(bytes + last <= 64 * set.count || number < 100, "\(number)")
      last = bytes
    }
    #expect(set.count == 1_000_000)
    #expect(last <= 23_000_000)
  }
}
