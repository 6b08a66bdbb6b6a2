import MittrWebhooks
import OrderedJSON
import Testing

/// No text traps, none takes more than linear time, and what is read is judged as the verifier judges it.
@Suite("Hostile texts of deliveries", .timeLimit(.minutes(3)))
struct DeliverySourceFuzzTests {
  private static func read(_ bytes: [UInt8]) {
    for source in [
      try? DeliverySource(request: bytes), try? DeliverySource(headers: bytes, body: bytes),
      (try? JSONValue(parsing: bytes)).flatMap { try? DeliverySource(record: $0) },
      (try? JSONValue(parsing: bytes)).flatMap { try? DeliverySource(headers: $0) },
    ].compactMap(\.self) {
      #expect(!source.format.isEmpty)
      let diagnosis = SignatureDoctor(secret: "k", now: { SampleDelivery.now }).diagnose(source)
      #expect(!diagnosis.valid)
    }
  }

  private static func mutated(_ bytes: [UInt8], _ random: inout RandomBytes) -> [UInt8] {
    var bytes = bytes
    for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...24, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 3: bytes = Array(bytes[..<place])
      case 4: bytes.insert(Array("{}[]()<>\"'`\\:=,|\n\r\t ^$%@-".utf8).randomElement(using: &random) ?? 0, at: place)
      default: bytes = Array(bytes[place...])
      }
    }
    return bytes
  }

  @Test("spoiled texts of every form", arguments: 0..<2 as Range<UInt64>)
  func spoiled(seed: UInt64) {
    var random = RandomBytes(state: seed)
    for delivery in [SampleDelivery.all[1], SampleDelivery.all[2]] {
      for writer in DeliveryWriters.all {
        guard let written = writer.write(delivery) else { continue }
        for _ in 0..<2 { Self.read(Self.mutated(written, &random)) }
      }
      for writer in HeaderWriters.all {
        let written = Array(writer.write(delivery.fields).utf8)
        for _ in 0..<2 { Self.read(Self.mutated(written, &random)) }
      }
    }
    for _ in 0..<50 { Self.read(random.bytes(upTo: 300)) }
  }

  /// Pieces that make a reader go back, look ahead or nest, each over and over.
  private static let pieces = [
    "{", "[", "(", "<", "\"", "'", "`", "\\", "<<<", "{\"a\":", "[[", "map[", "map[a:1 ", "a:1 ", "Array\n(\n",
    "[a] => ", "> ", ">",
    " ", "\t", "\n", "\r\n", "a\n", "A: b\n", " b\n", ":", "x-mittr-signature", "x-mittr-signature: ",
    "x-mittr-signature: v1=a\n",
    "```\n", "~~~\n", "curl ", "curl -d @- <<E\n", "'\\''", "^\n", "^\"", "`\n", "| ", "|a|b|\n", "=", "a=", "a=b ",
    "=> ", "\\u", "\\x",
    "b'", "HTTP/1.1 200\n", "POST / HTTP/1.1\n", "* a\n", "printf %s ", "%s", "<Buffer ", "<a(", "Map(3) {", "+ '",
    "a  b\n", "Host\n", "@{", "@{a=@'\n", "-body @'\n", "POST http://x\nX-Mittr-Signature: v1=a\n", "headers: ",
    "body=",
    "a\\r\\n\n", "{{", "a - http/1.1\n",
  ]

  @Test("texts that repeat one thing without end take linear time", arguments: pieces)
  func repeated(piece: String) {
    for prefix in ["", "curl ", "X-Mittr-Signature: v1="] {
      let bytes = Array((prefix + String(repeating: piece, count: (12 << 10) / piece.utf8.count)).utf8)
      _ = try? DeliverySource(request: bytes)
      _ = try? DeliverySource(headers: bytes, body: [])
    }
  }

  /// What takes time by the square of the size takes longer than the limit.
  @Test(
    "a second request behind the body costs what its bytes cost, and large texts are refused soon",
    .timeLimit(.minutes(10)))
  func largeTexts() {
    let head = "POST /hook HTTP/1.1\nContent-Length: 1\nX-Mittr-Signature: v1=b\nX-Mittr-Timestamp: 1\n\nx"
    let table = "@{'X-Mittr-Signature'='v1=a'}\n"
    let texts = [
      head + String(repeating: "\nPOST http://x\nX-Mittr-Signature: v1=a", count: 20_000),
      table + String(repeating: "-body @'\n", count: 100_000), String(repeating: "@{a=@'\n", count: 100_000) + table,
      "X-A: " + String(repeating: "a", count: 1_000_000) + "\nx-mittr-signature v1\n",
      String(repeating: "x-mittr-signature {", count: 20_000),
    ]
    for text in texts {
      let bytes = Array(text.utf8)
      #expect(throws: DeliverySourceError.self) { try DeliverySource(request: bytes) }
    }
  }

  @Test("records that nest or repeat without end")
  func nested() throws {
    var value: JSONValue = ["headers": ["A": "b"], "body": "x"]
    for _ in 0..<400 { value = ["a": value] }
    // Too far in to be looked for.
    #expect(throws: DeliverySourceError.noDelivery("a record")) { try DeliverySource(record: value) }
    let wide = JSONValue.array(Array(repeating: ["headers": ["A": "b"], "body": "x"], count: 20_000))
    #expect(try DeliverySource(record: wide).headers.count == 1)
  }
}
