import Foundation
import MittrWebhooks
import Testing

/// What Python, Node and jq really make of bodies: each line of `Tests/Deliveries/manglings.jsonl` has a body that was
/// signed, and what it became by a library's function, `json.dumps` or `encodeURIComponent`.
struct Mangling: Decodable, Sendable {
  /// The function.
  let name: String
  /// The right reason.
  let cause: String
  private let signed: Data
  private let received: Data

  var pair: BodyFault.Pair { .init(signed: Array(signed), received: Array(received)) }

  static let all: [Mangling] = {
    let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Deliveries"
    let data = FileManager.default.contents(atPath: "\(folder)/manglings.jsonl") ?? Data()
    return data.split(separator: UInt8(ascii: "\n")).compactMap { try? JSONDecoder().decode(Mangling.self, from: $0) }
  }()
}

@Suite("What other languages make of bodies")
struct ManglingTests {
  @Test("is found, alone")
  func alone() throws {
    #expect(Mangling.all.count > 1900)
    CorpusTests.expectFound(
      try Mangling.all.map { one in
        CorpusCase(one.name, body: one.pair, secret: SecretFault.none, causes: [try reason(one)])
      })
  }

  @Test("is found together with what may be wrong with a secret")
  func withSecrets() throws {
    let faults = SecretFault.differing + SecretFault.copied
    CorpusTests.expectFound(
      try Mangling.all.enumerated().map { index, one in
        // Each function's bodies stand about as far apart as there are functions: every fault meets every function.
        let fault = faults[(index + index / faults.count) % faults.count]
        return CorpusCase(
          "\(one.name), \(fault.name)", body: one.pair, secret: fault.pair, causes: [try reason(one), fault.cause])
      })
  }

  @Test("is found when the request tells how long the signed body was")
  func withLength() throws {
    CorpusTests.expectFound(
      try Mangling.all.enumerated().filter { $0.offset % 3 == 0 }.map { _, one in
        var found = CorpusCase(one.name, body: one.pair, secret: SecretFault.none, causes: [try reason(one)])
        found.headers.append(("Content-Length", String(one.pair.signed.count)))
        return found
      })
  }

  private func reason(_ one: Mangling) throws -> SignatureReason { try #require(SignatureReason(rawValue: one.cause)) }

  @Test("random changes to it are never called proven, and none traps", arguments: 0..<4 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    var random = RandomBytes(state: seed)
    for one in Mangling.all.shuffled(using: &random).prefix(60) {
      var body = one.pair.received
      for _ in 0..<Int.random(in: 1...3, using: &random) where body.count > 8 {
        let index = Int.random(in: 2..<body.count - 4, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: body[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1: body.removeSubrange(index..<index + 2)
        default: body.insert(UInt8.random(in: 0...255, using: &random), at: index)
        }
      }
      // Signed was another text altogether, so that nothing can be right.
      let other = CorpusCase(
        one.name, body: .init(signed: one.pair.signed + Array("other".utf8), received: body), secret: SecretFault.none,
        causes: [])
      #expect(!other.diagnosis.proven && !other.diagnosis.valid, "\(one.name)")
    }
  }
}

@Suite("No false proof")
struct NoFalseProofTests {
  /// Changes that are none of the causes that the doctor knows.
  static let changes: [(name: String, apply: @Sendable (String) -> String)] = [
    ("a digit", { $0.replacingOccurrences(of: "1", with: "2") }),
    ("a word", { $0.replacingOccurrences(of: "e", with: "ee") }),
    ("lowercase", { $0.lowercased() }),
    ("a member more", { $0.replacingOccurrences(of: "{", with: "{\"added\":true,") }),
    ("a letter dropped", { String($0.dropFirst($0.count / 2).dropFirst()) + String($0.prefix($0.count / 2)) }),
    ("cut in the middle", { String($0.prefix($0.count / 2)) }),
    ("twice", { "," + $0 + $0 }),
    ("question marks", { String($0.unicodeScalars.map { $0.isASCII ? Character($0) : "?" }) }),
    ("null for strings", { $0.replacingOccurrences(of: ":\"", with: ":null,\"") }),
  ]

  @Test("what is none of the causes is never proven, whatever the length says and whatever the secret looks like")
  func changed() {
    for body in CorpusBodies.all where body.bytes.count > 4 {
      guard let text = String(bytes: body.bytes, encoding: .utf8) else { continue }
      for change in Self.changes {
        let received = Array(change.apply(text).utf8)
        guard received != body.bytes, !received.isEmpty else { continue }
        for (secret, length) in [
          ("whsec_test", nil), ("NAME='whsec_test'\n", body.bytes.count), ("d2hzZWNfdGVzdA==", 3),
        ] {
          var one = CorpusCase(
            body.name, body: .init(signed: body.bytes, received: received),
            secret: .init(key: Array("whsec_test".utf8), given: [secret]), causes: [])
          if let length { one.headers.append(("Content-Length", String(length))) }
          let found = one.diagnosis
          // Keys in lowercase may lie so that sorting brings back nothing: no text but the signed one has its signature.
          #expect(!found.proven && !found.valid, "\(body.name), \(change.name): \(found.detail)")
        }
      }
    }
  }
}
