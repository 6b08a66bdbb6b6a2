import OrderedJSON
import Testing

@testable import MittrWebhooks

/// What a search costs, counted rather than timed: in bytes that are hashed, with other work counted as the hashing that
/// takes as long.
@Suite("What a diagnosis costs")
struct SearchEffortTests {
  static func search(
    _ body: [UInt8], secrets: [WebhookSecret] = ["whsec_test", "whsec_older"], signedLength: Int? = nil
  ) -> (passes: Double, isExhaustive: Bool) {
    body.withUnsafeBytes { body in
      var search = SignatureSearch(
        ReceivedSignature.readings(of: ["v1=" + String(repeating: "0", count: 64)]),
        prefixes: MessagePrefix.variants(timestamp: "1706123456", ids: ["evt_1"]), body: body,
        secrets: SecretVariant.variants(of: secrets), signedLength: signedLength)
      #expect(search.run() == nil)
      return (Double(search.spent) / Double(max(1, body.count)), search.isExhaustive)
    }
  }

  @Test("a body of 64 KiB under which nothing matches costs less than 50 verifications")
  func sixtyFourKiB() {
    let json = CorpusBodies.large(records: 480).bytes(.stringify).prefix(64 * 1024)
    let wrapped =
      Array(#"{"body":""#.utf8) + json.prefix(50_000).flatMap { $0 == 34 ? [92, 34] : [$0] } + Array(#""}"#.utf8)
    let bodies = [
      Array(json), CorpusBodies.large(records: 460).bytes(.dumps), Array(repeating: 10, count: 65_536),
      Array(repeating: 65, count: 65_536), Array(json.reversed()), json.map { $0 ^ 0x80 }, wrapped,
      Array(SecretFault.base64(String(decoding: json.prefix(48_000), as: UTF8.self)).utf8),
      Array(CorpusCase.hexadecimal(Array(json.prefix(32_000))).utf8),
      Array("[\(json.prefix(18_000).map { String($0) }.joined(separator: ","))]".utf8),
      Array("[\"\(String(repeating: #"\u00fc"#, count: 10_900))\"]".utf8),
    ]
    for body in bodies {
      let (passes, _) = Self.search(body)
      #expect(passes < 48, "\(passes) for \(body.count) bytes")
    }
  }

  @Test("it costs less even when the request tells how long the signed body was")
  func toldLengths() {
    let document = CorpusBodies.large(records: 480)
    let lines = Array(String(repeating: "a line of text, ü\n", count: 3450).utf8)
    var passes: [Double] = []
    for body in [document.bytes(.stringify), document.bytes(.dumps), document.bytes(.stringifyTwo), lines] {
      let lengths = Document.Writer.all.map { document.bytes($0).count } + (-10...10).map { body.count + $0 }
      for length in lengths + [0, .max, body.count + 3450, body.count - 3450] {
        let secrets: [WebhookSecret] = ["\" d2hzZWNfdGVzdA==\"\n", "whsec_older", "whsec_old"]
        passes.append(Self.search(body, secrets: secrets, signedLength: length).passes)
      }
    }
    #expect((passes.max() ?? 0) < 48 && passes.count > 100, "\(passes.max() ?? 0)")
  }

  @Test("of most usual bodies every combination is tried, whatever the request says of its length")
  func small() {
    var (exhaustive, count) = (0, 0)
    for (name, document) in CorpusBodies.documents where name != "large" && name != "deep" {
      let body = document.bytes(.stringify)
      for length in [nil, 0, body.count, body.count + 1, document.bytes(.stringifyTwo).count] {
        let found = Self.search(body, secrets: ["whsec_test"], signedLength: length)
        count += 1
        if found.isExhaustive { exhaustive += 1 }
        #expect(found.passes * Double(max(1, body.count)) < 6e6, "\(name): \(found.passes)")
      }
    }
    #expect(exhaustive * 2 > count, "\(exhaustive) of \(count)")
  }

  @Test("how long a rewritten body is, is known before it is written")
  func lengths() {
    let writers: [Document.Writer] = [.stringify, .stringifyTab, .dumps, .php]
    var count = 0
    for (name, document) in CorpusBodies.documents {
      for body in writers.map({ document.bytes($0) + [10] }) {
        guard let tokens = JSONTokens(body) else { continue }
        var (effort, writer) = (SearchEffort(bodySize: body.count), JSONRewriter(tokens))
        let (plans, respelled) = writer.numberRewritings(size: body.count, signedLength: nil)
        for rewriting in writer.rewritings(.all) + respelled {
          guard let text = writer.text(rewriting, plans, effort: &effort) else { continue }
          count += 1
          #expect(writer.length(of: rewriting, plans) == text.bytes.count, "\(name): \(text.phrase)")
        }
      }
    }
    #expect(count > 5000)
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
