import Foundation
import MittrWebhooks
import Testing

/// The README's sample of reading a delivery, compiled and run as it stands there.
@Suite("The README's sample of a delivery")
struct ReadmeSampleTests {
  private func print(_ values: Any...) { #expect(values.count == 3) }

  private func sample(_ bytes: [UInt8]) throws {
    // sample
    let source = try DeliverySource(request: bytes)  // a raw request, a curl command, a HAR entry, …
    let diagnosis = SignatureDoctor(secret: "whsec_…").diagnose(source)
    print(source.format, diagnosis.reason, diagnosis.detail)
    // end
    #expect(source.format == "a raw HTTP request" && diagnosis.reason == .secretMasked)
  }

  @Test("it runs, and the README has these lines")
  func lines() throws {
    let delivery = SampleDelivery.all[1]
    try sample(Array((["POST / HTTP/1.1"] + delivery.lines + ["", ""]).joined(separator: "\n").utf8) + delivery.body)
    let own = String(decoding: try #require(FileManager.default.contents(atPath: #filePath)), as: UTF8.self)
    let root = #filePath.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    let readme = String(
      decoding: try #require(FileManager.default.contents(atPath: root + "/README.md")), as: UTF8.self)
    let lines = own.components(separatedBy: "// sample\n")[1].components(separatedBy: "    // end")[0]
      .split(separator: "\n").map { $0.drop { $0 == " " } }
    #expect(lines.count == 3)
    func squeezed(_ text: some StringProtocol) -> String { text.split(separator: " ").joined(separator: " ") }
    for line in lines { #expect(squeezed(readme).contains(squeezed(line)), "\(line)") }
  }
}
