import TestSupport
import Testing

@testable import ShellCommands

@Suite("Headers that a person gives")
struct DeliveryHeaderTests {
  @Test("name and value are taken apart at the first colon")
  func parts() {
    let header = DeliveryHeader("X-Test:  a: b")
    #expect(header?.name == "X-Test" && header?.value == "a: b")
    #expect(DeliveryHeader("X-Empty:")?.value.isEmpty == true)
  }

  @Test(
    "what concerns the connection is made anew, and cannot be given",
    arguments: ["Host: a", "content-length: 1", "Transfer-Encoding: chunked", "Expect: 100-continue", "Connection: x"])
  func reserved(text: String) { #expect(DeliveryHeader(text) == nil) }

  @Test("no text gives a header that breaks out of its line")
  func anyText() {
    var generator = SplitMix64(seed: 5)
    let letters = Array("aX-:: \t\r\n\0\u{7F}\u{1B}é")
    var taken = 0
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...8, using: &generator)
      let text = String((0..<count).compactMap { _ in letters.randomElement(using: &generator) })
      guard let header = DeliveryHeader(text) else { continue }
      taken += 1
      let isName = !header.name.isEmpty && header.name.allSatisfy { "aX-".contains($0) }
      let isValue = header.value.unicodeScalars.allSatisfy { $0 == "\t" || $0.value >= 0x20 && $0.value != 0x7F }
      #expect(isName && isValue, "\(text.debugDescription)")
    }
    #expect(taken > 200)
  }
}
