import Crypto
import Foundation
import MittrWebhooks
import Testing

/// Deliveries to which something was done by code that has nothing of the doctor's, and whether it finds out what.
@Suite("The doctor's corpus")
struct CorpusTests {
  /// What has to be found.
  static let goal = 0.98

  /// Expects the right reason, all causes and a proof in at least 98 % of the cases.
  static func expectFound(
    _ cases: [CorpusCase], goal: Double = goal, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var missed: [String] = []
    for one in cases {
      let found = one.diagnosis
      guard found.causes != one.causes || !found.proven || found.valid else { continue }
      missed.append("\(one.name): \(found.causes) for \(one.causes)")
    }
    let share = Double(cases.count - missed.count) / Double(max(1, cases.count))
    #expect(
      share >= goal && !cases.isEmpty,
      "found \(cases.count - missed.count) of \(cases.count); missed:\n\(missed.prefix(40).joined(separator: "\n"))",
      sourceLocation: sourceLocation)
  }

  @Test("what is done to a body is found")
  func bodies() {
    Self.expectFound(
      CorpusBodies.all.flatMap { body in
        BodyFault.all.compactMap { fault in
          fault.apply(body.bytes).map {
            CorpusCase("\(body.name), \(fault.name)", body: $0, secret: SecretFault.none, causes: [fault.cause])
          }
        }
      })
  }

  @Test("what is wrong with a secret is found")
  func secrets() {
    Self.expectFound(
      CorpusBodies.all.flatMap { body in
        SecretFault.all.filter { $0.cause != .secretPrevious }.map { fault in
          CorpusCase(
            "\(body.name), \(fault.name)", body: .init(signed: body.bytes, received: body.bytes), secret: fault.pair,
            causes: [fault.cause])
        }
      })
  }

  /// The forms of a document that were signed and received.
  static func rewritten(
    _ document: Document, from signers: [Document.Writer] = Document.Writer.all, receivedAs writers: [Document.Writer]
  ) -> [(name: String, pair: BodyFault.Pair)] {
    signers.flatMap { signer in
      writers.compactMap { receiver in
        let (signed, received) = (document.bytes(signer), document.bytes(receiver))
        // What the receiver sorted or ended otherwise is another fault, or lost.
        guard signed != received, signed != received + [10], !receiver.isSorted else { return nil }
        return ("\(signer) became \(receiver)", .init(signed: signed, received: received))
      }
    }
  }

  @Test("JSON that was written again is found, whoever wrote it before and after")
  func rewrittenJSON() {
    Self.expectFound(
      CorpusBodies.documents.flatMap { name, document in
        Self.rewritten(document, receivedAs: [.stringify, .stringifyTwo, .dumps, .php, .phpPretty]).map {
          CorpusCase("\(name), \($0.name)", body: $0.pair, secret: SecretFault.none, causes: [.bodyReserialized])
        }
      })
  }

  @Test("JSON that Foundation wrote again is found")
  func foundation() throws {
    let signed = Array(#"{"a":"x","b":["<é/ü>",{"c":true,"d":null}]}"#.utf8)
    let value = try JSONSerialization.jsonObject(with: Data(signed))
    let forms: [JSONSerialization.WritingOptions] = [
      [.sortedKeys], [.sortedKeys, .prettyPrinted], [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes],
    ]
    Self.expectFound(
      try forms.flatMap { form in
        let other = Array(try JSONSerialization.data(withJSONObject: value, options: form))
        return [(signed, other), (other, signed)].map { signed, received in
          CorpusCase(
            "Foundation \(form.rawValue)", body: .init(signed: signed, received: received), secret: SecretFault.none,
            causes: [.bodyReserialized])
        }
      })
  }

  @Test("one thing done to the body and one wrong with the secret are both found")
  func pairs() {
    var cases: [CorpusCase] = []
    func add(_ name: String, _ pair: BodyFault.Pair, _ cause: SignatureReason) {
      for fault in SecretFault.differing {
        cases.append(
          CorpusCase("\(name), \(fault.name)", body: pair, secret: fault.pair, causes: [cause, fault.cause]))
      }
    }
    for body in CorpusBodies.all {
      for fault in BodyFault.all {
        if let pair = fault.apply(body.bytes) { add("\(body.name), \(fault.name)", pair, fault.cause) }
      }
    }
    for (name, document) in CorpusBodies.documents {
      for (form, pair) in Self.rewritten(document, from: Document.Writer.common, receivedAs: [.stringifyTwo]) {
        add("\(name), \(form)", pair, .bodyReserialized)
      }
    }
    Self.expectFound(cases)
  }

  /// As much as 50 verifications cost is not enough for every pair of causes, but for the likely ones.
  @Test("bodies of 64 KiB are diagnosed too: single causes, and pairs of which the delivery itself shows one")
  func largeBodies() {
    let lines = String(repeating: "a line of text, ü\n", count: 3450)
    let evident = SecretFault.all.filter { [.secretWhitespace, .secretQuoted, .secretPrevious].contains($0.cause) }
    var cases: [CorpusCase] = []
    for body in [CorpusBodies.large(records: 480).bytes(.stringify), Array(lines.utf8)] {
      let same = BodyFault.Pair(signed: body, received: body)
      cases += SecretFault.differing.filter { $0.cause != .secretPrevious }.map {
        CorpusCase("\(body.count), \($0.name)", body: same, secret: $0.pair, causes: [$0.cause])
      }
      for fault in BodyFault.all {
        guard let pair = fault.apply(body) else { continue }
        cases.append(
          CorpusCase("\(body.count), \(fault.name)", body: pair, secret: SecretFault.none, causes: [fault.cause]))
        guard [.bodyTrailingNewline, .bodyLineEndings, .bodyByteOrderMark].contains(fault.cause) else { continue }
        cases += evident.map {
          CorpusCase(
            "\(body.count), \(fault.name), \($0.name)", body: pair, secret: $0.pair, causes: [fault.cause, $0.cause])
        }
      }
    }
    Self.expectFound(cases)
  }

  /// Pairs of a cause of each kind, with the length of what was signed.
  static func pairsWithLength(of document: Document, and texts: [[UInt8]]) -> [CorpusCase] {
    var cases: [CorpusCase] = []
    func add(_ name: String, _ pair: BodyFault.Pair, _ cause: SignatureReason) {
      for fault in SecretFault.differing {
        var one = CorpusCase("\(name), \(fault.name)", body: pair, secret: fault.pair, causes: [cause, fault.cause])
        one.headers.append(("Content-Length", String(pair.signed.count)))
        cases.append(one)
      }
    }
    for body in [document.bytes(.stringify)] + texts {
      for fault in BodyFault.all {
        if let pair = fault.apply(body) { add("\(body.count), \(fault.name)", pair, fault.cause) }
      }
    }
    for (form, pair) in Self.rewritten(
      document, from: Document.Writer.common, receivedAs: [.stringifyTwo])
    {
      add(form, pair, .bodyReserialized)
    }
    return cases
  }

  @Test("of bodies of 64 KiB pairs of causes are found when the request tells how long the signed body was")
  func toldLength() {
    let lines = String(repeating: "a line of text, ü\n", count: 3450)
    // Of so large a body 60 verifications' time is not enough for the unlikeliest.
    Self.expectFound(
      Self.pairsWithLength(of: CorpusBodies.large(records: 480), and: [Array(lines.utf8)]), goal: 0.8)
  }

  @Test("a length that a proxy wrote anew, or a wrong one, hides nothing")
  func rewrittenLength() {
    var cases: [CorpusCase] = []
    for body in CorpusBodies.all {
      for fault in BodyFault.all {
        guard let pair = fault.apply(body.bytes) else { continue }
        for secret in SecretFault.differing.prefix(3) {
          for length in [pair.received.count, pair.received.count + 3, 7] {
            var one = CorpusCase(
              "\(body.name), \(fault.name), \(secret.name), \(length)", body: pair, secret: secret.pair,
              causes: [fault.cause, secret.cause])
            one.headers.append(("Content-Length", String(length)))
            cases.append(one)
          }
        }
      }
    }
    Self.expectFound(cases)
  }

  @Test("no valid delivery is ever called invalid")
  func valid() {
    for body in CorpusBodies.all + [("64 KiB", CorpusBodies.large(records: 480).bytes(.dumps))] {
      for key in ["whsec_test", " spaced ", "\"quoted\"", "v1,whsec_x", "mtr_live_x", "d2hzZWM=", "clé-🔑", "\n"] {
        let same = BodyFault.Pair(signed: body.bytes, received: body.bytes)
        var right = CorpusCase(
          body.name, body: same, secret: .init(key: Array(key.utf8), given: [key]), causes: [.ok])
        #expect(right.diagnosis.valid && right.diagnosis.causes == [.ok] && right.diagnosis.proven, "\(body.name)")
        right.headers += [("Content-Length", "1"), ("X-Signature", "sha256=00"), ("Content-Encoding", "gzip")]
        #expect(right.diagnosis.valid)
        right.secrets = ["whsec_new", key]
        #expect(right.diagnosis.valid && right.diagnosis.causes == [.secretPrevious] && right.diagnosis.proven)
      }
    }
  }
}
