import OrderedJSON
import Testing

@testable import MittrWebhooks

/// What a search costs, counted rather than timed: in bytes that are hashed, with other work counted as the hashing that
/// takes as long.
@Suite("What a diagnosis costs")
struct SearchEffortTests {
  static func search(_ body: [UInt8], secrets: [WebhookSecret] = ["whsec_test", "whsec_older"]) -> (
    passes: Double, isExhaustive: Bool
  ) {
    body.withUnsafeBytes { body in
      var search = SignatureSearch(
        ReceivedSignature.readings(of: ["v1=" + String(repeating: "0", count: 64)]),
        prefixes: MessagePrefix.variants(timestamp: "1706123456", ids: ["evt_1"]), body: body,
        secrets: SecretVariant.variants(of: secrets))
      #expect(search.run() == nil)
      return (Double(search.spent) / Double(max(1, body.count)), search.isExhaustive)
    }
  }

  @Test("a body of 64 KiB under which nothing matches costs less than 50 verifications")
  func sixtyFourKiB() {
    let json = CorpusBodies.large(records: 480).bytes(.stringify).prefix(64 * 1024)
    for body in [Array(json), CorpusBodies.large(records: 460).bytes(.dumps), Array(repeating: 10, count: 65_536)] {
      let (passes, _) = Self.search(body)
      #expect(passes < 48, "\(passes) for \(body.count) bytes")
    }
  }

  @Test("of a usual body every combination is tried")
  func small() {
    for (name, document) in CorpusBodies.documents where name != "large" && name != "deep" {
      #expect(Self.search(document.bytes(.stringify)).isExhaustive, "\(name)")
    }
  }

  @Test("of a huge body only the ends are looked at, and that is said")
  func huge() {
    let body = [UInt8](repeating: UInt8(ascii: "x"), count: 9 * 1024 * 1024)
    let (passes, isExhaustive) = Self.search(body)
    #expect(passes <= 40 && !isExhaustive)
    let headers = WebhookSigner(secret: "k").headers(timestamp: 1, body: body)
    let doctor = SignatureDoctor(secret: "k", now: { 1 })
    #expect(doctor.diagnose(headers: headers, body: body + [10]).causes == [.bodyTrailingNewline])
    let mismatch = doctor.diagnose(headers: headers, body: body + [11])
    #expect(mismatch.detail.contains("too large for every combination"))
  }
}
