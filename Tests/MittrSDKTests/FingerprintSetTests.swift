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

  @Test("A million texts take eleven bytes each at most, also while the set grows")
  func memory() {
    var set = FingerprintSet()
    for number in 1...1_000_000 {
      set.insert("evt_\(number)")
      guard number % 10_000 == 0 else { continue }
      // Of the 256 parts the one that grows is there twice; what is small is rounded up.
      let bytes = set.capacityInBytes
      #expect(bytes + bytes / 256 <= 11 * number + 50_000, "\(number)")
    }
    #expect(set.count == 1_000_000)
  }
}
