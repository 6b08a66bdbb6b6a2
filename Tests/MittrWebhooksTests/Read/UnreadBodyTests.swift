import MittrWebhooks
import Testing

/// Where the headers were read and the body was not, it is never called empty; and what an error quotes tells no secret.
@Suite("Deliveries that are read in part")
struct UnreadBodyTests {
  private static let fields = SampleDelivery.all[1].fields
  private static let lines = SampleDelivery.all[1].lines.joined(separator: "\n")
  private static let body = #"{"orderId":"ord_123","amount":9900}"#

  private static func error(_ text: String) -> DeliverySourceError? {
    do throws(DeliverySourceError) {
      let source = try DeliverySource(request: text.utf8)
      Issue.record("read as \(source.format), with a body of \(source.body?.count ?? -1) bytes: \(text)")
      return nil
    } catch {
      return error
    }
  }

  @Test("headers beside something that is not understood are refused")
  func refused() {
    let stamp = fields("X-Mittr-Timestamp")
    let signature = fields("X-Mittr-Signature")
    for text in [
      "request.Headers.Add(\"X-Mittr-Timestamp\", \"\(stamp)\");\nrequest.Headers.Add(\"X-Mittr-Signature\", \"\(signature)\");\nvar content = new StringContent(\"{}\");",
      "a,b\n1,\"{\"\"x-mittr-timestamp\"\": [\"\"\(stamp)\"\"], \"\"x-mittr-signature\"\": [\"\"\(signature)\"\"]}\",\"{\"\"a\"\":1}\"",
      "== Info: Connected\n0000: POST /hook HTTP/1.1\n0015: X-Mittr-Timestamp: \(stamp)\n0032: X-Mittr-Signature: \(signature)\n0099: \n0000: {}",
    ] {
      #expect(Self.error(text) == .noBody)
    }
  }

  private func fields(_ name: String) -> String { Self.fields.first { $0.0 == name }?.1 ?? "" }

  @Test("a body that is a variable, or a form that curl makes up, is refused")
  func elsewhere() {
    let stamp = fields("X-Mittr-Timestamp")
    let signature = fields("X-Mittr-Signature")
    let script =
      "let config = {\n  headers: {\n    'X-Mittr-Timestamp': '\(stamp)',\n    'X-Mittr-Signature': '\(signature)'\n  },\n  data: data\n};"
    #expect(Self.error(script)?.description.contains("variable data") == true)
    let form = "curl -F a=b -H 'X-Mittr-Timestamp: \(stamp)' -H 'X-Mittr-Signature: \(signature)' https://x.example"
    #expect(Self.error(form)?.description.contains("form") == true)
  }

  @Test("a head without a body has an empty one")
  func headAlone() throws {
    for end in ["", "\n", "\n\n"] {
      let source = try DeliverySource(request: ("POST /hook HTTP/1.1\n" + Self.lines + end).utf8)
      #expect(SampleDelivery.reason(source) == .bodyEmpty)
    }
  }

  @Test("two requests that differ are refused, and one that is there twice is not")
  func several() throws {
    let one = "POST /hook HTTP/1.1\n\(Self.lines)\n\n\(Self.body)"
    let other = one.replacing("v1=", with: "v1=0")
    #expect(Self.error("\(one)\n\n\(other)") == .several(2))
    #expect(Self.error("\(one)\n\n\(other)\n\n\(other)") == .several(3))
    let twice = try DeliverySource(request: "\(one)\n\n\(one)".utf8)
    #expect(SampleDelivery.reason(twice) == .ok)
    // A body may hold a request.
    let held = SampleDelivery(Array(other.utf8))
    let source = try DeliverySource(
      request: "POST /hook HTTP/1.1\n\(held.lines.joined(separator: "\n"))\n\n\(other)".utf8)
    #expect(SampleDelivery.reason(source) == .ok)
  }

  @Test(
    "an error does not quote a secret",
    arguments: [
      "MITTR_WEBHOOK_SECRET=supersecretvalue123\nPORT=80\n", "? webhook-secret = \"supersecretvalue123\"",
      "? DB_PASSWORD : supersecretvalue123", "? API_TOKEN=supersecretvalue123", "? apiKey: supersecretvalue123",
      "? it is whsec_supersecretvalue123",
    ])
  func masked(text: String) {
    let shown = Self.error(text)?.description ?? ""
    #expect(shown.contains("is not understood") && !shown.contains("supersecret"))
  }

  @Test("headers that something renamed are told")
  func renamed() throws {
    let lines = Self.lines.replacing("X-Mittr-T", with: "X-Original-Mittr-T")
      .replacing("X-Mittr-S", with: "X-Original-Mittr-S")
    let source = try DeliverySource(headers: lines.utf8, body: Array(Self.body.utf8))
    #expect(source.notes.map(\.code) == ["renamed-headers"])
    #expect(SampleDelivery.reason(source) == .ok)
    // One alone is another header, not a renamed one.
    let one = Self.lines.replacing("X-Mittr-S", with: "X-Original-Mittr-S")
    let other = try DeliverySource(headers: one.utf8, body: Array(Self.body.utf8))
    #expect(other.notes.isEmpty && SampleDelivery.reason(other) == .missingSignature)
  }
}
