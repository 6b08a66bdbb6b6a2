import Foundation
import MittrWebhooks
import OrderedJSON

/// Whatever a person may hand over as a delivery, spoilt: it is read or refused, and what is read is judged as the verifier
/// judges it.
enum DeliveryFuzz {
  static func run(_ run: FuzzRun) throws {
    let samples = samples()
    guard !samples.isEmpty else { throw FuzzFailure("deliveries: there is nothing to spoil") }
    while var random = run.next() {
      let text = random.once(in: 12) ? random.bytes(random.below(300)) : spoilt(&random, samples)
      run.begin(text)
      if let fault = fault(of: text) { throw run.failure(fault) }
      run.count(1)
    }
  }

  /// What programs printed, and deliveries as people have them.
  private static func samples() -> [[UInt8]] {
    let tests = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    return ["Captures", "Deliveries"].flatMap { folder in
      (FileManager.default.subpaths(atPath: "\(tests)/\(folder)") ?? []).sorted()
        .filter { !["mittr", "tsv", "jsonl"].contains($0.split(separator: ".").last ?? "") }
        .compactMap { FileManager.default.contents(atPath: "\(tests)/\(folder)/\($0)").map { [UInt8]($0) } }
        .filter { !$0.isEmpty && $0.count < 8000 }
    }
  }

  private static func spoilt(_ random: inout FuzzRandom, _ samples: [[UInt8]]) -> [UInt8] {
    let sample = random.pick(samples)
    guard random.once(in: 6), let record = try? JSONValue(parsing: sample) else {
      return random.spoilt(sample, others: samples, pieces: pieces + FuzzRandom.pieces)
    }
    // What nests deeply is mostly white space.
    return Array(random.text(of: random.mutated(record)).prefix(100_000))
  }

  /// What the readers look for.
  private static let pieces = [
    "X-Mittr-Signature: v1=", "x-mittr-timestamp: 1764200000\n", "> ", "```\n", "POST / HTTP/1.1\r\n", "\r\n\r\n",
    "curl -H '", "--data-raw $'", "<<E\n", "'\\''", "^\"", "`", "printf %s '", " | ", "map[", "Array\n(\n    [a] => ",
    "<Buffer 7b ", "b'", "\"headers\":", "\"isBase64Encoded\":true", "0\r\n\r\n", "HTTP_X_MITTR_",
    "Content-Length: 9\n",
  ]

  private static let secret: WebhookSecret = "whsec_4fQ2mZr8Lk1pXv6TnB3cY9dH"
  private static let now: @Sendable () -> Int = { 1_764_200_012 }

  private static func fault(of text: [UInt8]) -> String? {
    let record = try? JSONValue(parsing: text)
    let sources = [
      try? DeliverySource(request: text), try? DeliverySource(headers: text, body: text),
      record.flatMap { try? DeliverySource(record: $0) }, record.flatMap { try? DeliverySource(headers: $0) },
    ]
    let (verifier, doctor) = (WebhookVerifier(secret: secret, now: now), SignatureDoctor(secret: secret, now: now))
    for source in sources.compactMap(\.self) {
      if source.format.isEmpty { return "it was read as nothing" }
      let diagnosis = doctor.diagnose(source)
      if diagnosis.valid != isAccepted(source, by: verifier) { return "valid is \(diagnosis.valid): \(source.format)" }
      if diagnosis.causes.isEmpty || diagnosis.valid && !diagnosis.proven {
        return "it has no reason: \(source.format)"
      }
    }
    return nil
  }

  private static func isAccepted(_ source: DeliverySource, by verifier: WebhookVerifier) -> Bool {
    let source = source.resolved(by: verifier)
    do throws(WebhookVerificationError) {
      try verifier.verify(headers: source.headers.map { ($0.name, $0.value) }, body: source.body ?? [])
      return true
    } catch {
      return false
    }
  }
}
