import Foundation
import MittrWebhooks
import OrderedJSON
import Testing

@Suite("Deliveries as people have them: what is read", .timeLimit(.minutes(2)))
struct DeliverySourceTests {
  @Test("a delivery is right in whatever form it is written down", arguments: DeliveryWriters.all.indices)
  func deliveries(index: Int) throws {
    let writer = DeliveryWriters.all[index]
    var count = 0
    for delivery in SampleDelivery.all {
      guard let written = writer.write(delivery) else { continue }
      count += 1
      let shown = "\(writer.name): \(String(decoding: written.prefix(600), as: UTF8.self))"
      do throws(DeliverySourceError) {
        let source = try DeliverySource(request: written)
        #expect(
          SampleDelivery.reason(source) == .ok, "read as \(source.format), \(source.headers.count) headers; \(shown)")
      } catch {
        Issue.record("\(error); \(shown)")
      }
    }
    #expect(count > 0)
  }

  @Test("headers are found in whatever form they are printed", arguments: HeaderWriters.all.indices)
  func headers(index: Int) throws {
    let writer = HeaderWriters.all[index]
    for delivery in SampleDelivery.all.prefix(3) {
      let written = writer.write(delivery.fields)
      do throws(DeliverySourceError) {
        let source = try DeliverySource(headers: written.utf8, body: delivery.body)
        #expect(
          SampleDelivery.reason(source) == .ok,
          "\(writer.name), read as \(source.format): \(source.headers) of \(written)")
      } catch {
        Issue.record("\(writer.name): \(error); \(written)")
      }
    }
  }

  static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Captures"

  static func captures(_ kind: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(kind)")) ?? []).sorted()
  }

  private static func contents(_ path: String) throws -> [UInt8] {
    Array(try #require(FileManager.default.contents(atPath: "\(folder)/\(path)")))
  }

  @Test("headers that programs really printed are read", arguments: captures("headers"))
  func printed(name: String) throws {
    let source = try DeliverySource(
      headers: try Self.contents("headers/\(name)"), body: try Self.contents("body.bin"))
    #expect(SampleDelivery.reason(source) == .ok, "\(source.format): \(source.headers)")
    #expect(source.headers.contains { $0.name.lowercased() == "content-length" && $0.value == "125" })
  }

  @Test("requests that programs really printed are read", arguments: captures("requests"))
  func requests(name: String) throws {
    let source = try DeliverySource(request: try Self.contents("requests/\(name)"))
    #expect(SampleDelivery.reason(source) == .ok, "\(source.format): \(source.headers)")
  }

  @Test("what is read is told, and what was done to it")
  func told() throws {
    let delivery = SampleDelivery.all[1]
    for (name, format, note) in [
      ("raw, CRLF", "a raw HTTP request", nil), ("quoted", "a raw HTTP request, quoted", nil),
      ("raw in chunks", "a raw HTTP request", "chunked-body"),
      ("raw with a line break behind", "a raw HTTP request", "extra-bytes"),
      ("curl in one line", "a curl command", nil), ("ngrok", "a request of ngrok's inspector", nil),
      ("a HAR file", "an entry of a HAR file", nil), ("smee.io", "a delivery of smee.io", "parsed-body"),
      ("Svix Play", "a record with headers and body", "base64-body"),
    ] as [(String, String, String?)] {
      let writer = try #require(DeliveryWriters.all.first { $0.name == name })
      let source = try DeliverySource(request: try #require(writer.write(delivery)))
        .resolved(by: WebhookVerifier(secret: SampleDelivery.secret, now: { SampleDelivery.now }))
      #expect(source.format == format)
      #expect(source.notes.map(\.code) == (note.map { [$0] } ?? []), "\(name)")
    }
  }

  @Test("what mentions the signature's header and is not understood is refused, never taken for one without it")
  func mentioned() {
    for text in [
      "The X-Mittr-Signature header is missing", "Host: a\nX-Mittr-Signature v1=00", "{\"x-mittr-signature\"",
      "const s = req.headers['x-mittr-signature']", "a: b\n\nx-mittr-signature is not here", "x_mittr_signature?",
    ] {
      let bytes = Array(text.utf8)
      // A raw request's body may say anything.
      let isBody = text.contains("\n\n")
      do throws(DeliverySourceError) {
        let source = try DeliverySource(request: bytes)
        #expect(isBody, "\(text): \(source.format), \(source.headers)")
      } catch {
        Self.expectMentioned(error, text)
      }
      do throws(DeliverySourceError) {
        let source = try DeliverySource(headers: bytes, body: bytes)
        #expect(isBody, "\(text): \(source.format), \(source.headers)")
      } catch {
        Self.expectMentioned(error, text)
      }
    }
  }

  private static func expectMentioned(_ error: DeliverySourceError, _ text: String) {
    if case .notUnderstood(_, _, mentionsSignature: true) = error { return }
    Issue.record("\(text): \(error)")
  }

  @Test("each kind of text that is no delivery is refused for what it is")
  func refused() {
    for (text, message) in [
      ("", "the request is empty"), (" \n\t\n", "the request is empty"),
      ("HTTP/1.1 200 OK\nA: b\n\n", "an HTTP response"),
      ("POST / HTTP/1.1\n\n{}", "no headers"), ("curl -H 'A: b' -d @body.json http://x", "the file body.json"),
      ("hello", "line 1 is not understood: 'hello'"),
    ] {
      do throws(DeliverySourceError) {
        Issue.record("\(text): \(try DeliverySource(request: text.utf8).format)")
      } catch {
        #expect(error.description.contains(message))
      }
    }
    let two = SampleDelivery.all.prefix(2).map { delivery in
      JSONValue.object([
        "headers": .object(JSONObject(delivery.fields.map { ($0.0, .string($0.1)) })),
        "body": .string(delivery.text ?? ""),
      ])
    }
    #expect(throws: DeliverySourceError.several(2)) { try DeliverySource(record: .array(two)) }
    #expect(throws: DeliverySourceError.noDelivery("a number")) { try DeliverySource(record: 3) }
    #expect(throws: DeliverySourceError.noBody) { try DeliverySource(record: ["headers": ["A": "b"]]) }
    let large = [UInt8](repeating: 0x61, count: DeliverySource.maximumBytes + 1)
    #expect(throws: DeliverySourceError.tooLarge(limit: DeliverySource.maximumBytes)) {
      try DeliverySource(request: large)
    }
    #expect(throws: DeliverySourceError.tooLarge(limit: DeliverySource.maximumBytes)) {
      try DeliverySource(headers: large, body: large)
    }
  }
}
