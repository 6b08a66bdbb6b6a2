import Basics
import Testing

@testable import MittrWebhooks

@Suite("Inflating")
struct InflateTests {
  static func bytes(_ hexadecimal: String) -> [UInt8] { Hex.decoded(Array(hexadecimal.utf8)) ?? [] }

  @Test("stored, fixed and empty blocks are read, and what follows them is left")
  func blocks() {
    let stored: [UInt8] = [1, 3, 0, 0xFC, 0xFF, 97, 98, 99]
    #expect(Inflate.decoded(stored[...]) == Array("abc".utf8))
    #expect(Inflate.decoded((stored + [1, 2, 3])[...]) == Array("abc".utf8))
    #expect(Inflate.decoded([3, 0]) == [])
    // `abcabcabcabcabcabc`, by Python's zlib.
    #expect(Inflate.decoded(Self.bytes("4b4c4a4e444500")[...]) == Array("abcabcabcabcabcabc".utf8))
  }

  @Test("what is cut short, or refers to what is not there, is refused", arguments: 0..<8)
  func cut(count: Int) {
    let stored: [UInt8] = [1, 3, 0, 0xFC, 0xFF, 97, 98, 99]
    #expect(Inflate.decoded(stored.prefix(count)) == nil)
  }

  @Test("a few bytes never stand for more than a hundred times as many")
  func bombs() {
    for mangling in Mangling.all where mangling.name.contains("zlib") || mangling.name.contains("gzip") {
      let received = mangling.pair.received
      let text = Compression(received)?.decoded(received) ?? []
      #expect(text.count <= 100 * received.count)
    }
    // 20,000 times `a`, by Python's zlib: 540 bytes for each.
    let bomb = Self.bytes("edc13101000000c2a0aceb5fc21a1e4001000000000000000000000000000000000000f060")
    #expect(Inflate.decoded(bomb[...]) == nil)
  }

  @Test("random bytes and changed streams end, and never trap", arguments: 0..<8 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    var random = RandomBytes(state: seed)
    let streams = Mangling.all.filter { ["gzip", "zlib", "raw deflate"].contains($0.name) }.map(\.pair.received)
    for _ in 0..<200 {
      let noise = random.bytes(upTo: 300)
      #expect((Inflate.decoded(noise[...]) ?? []).count <= 100 * max(1, noise.count))
      guard var stream = streams.randomElement(using: &random) else { return }
      for _ in 0..<3 {
        stream[Int.random(in: 0..<stream.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = Compression(stream)?.decoded(stream)
      _ = Inflate.decoded(stream[...])
    }
    #expect(streams.count > 80)
  }
}
