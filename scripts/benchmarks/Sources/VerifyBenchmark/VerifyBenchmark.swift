import HTTPTypes
import MittrWebhooks

/// `VerifyBenchmark SIZE COUNT`: verifies one signed body COUNT times.
///
/// Prints the signature and what became of the right and of a changed body, then the nanoseconds of one verification.
@main
struct VerifyBenchmark {
  static func main() throws {
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    guard numbers.count == 2, numbers[0] > 0, numbers[1] > 0 else {
      print("usage: VerifyBenchmark SIZE COUNT")
      return
    }
    let (size, count) = (numbers[0], numbers[1])
    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
    var changed = body
    changed[size - 1] ^= 1
    let now = 1_706_123_456

    let signer = WebhookSigner(secret: "whsec_test")
    var headers: HTTPFields = [
      .contentType: "application/json", .contentLength: String(size), .userAgent: "Mittr/1.0", .accept: "*/*",
    ]
    for (name, value) in signer.headers(timestamp: now, body: body) {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    let verifier = WebhookVerifier(secret: "whsec_test", now: { now })
    func accepts(_ body: [UInt8]) -> Bool {
      do {
        try verifier.verify(headers: headers, body: body)
        return true
      } catch {
        return false
      }
    }
    print(signer.signature(timestamp: String(now), body: body), accepts(body), accepts(changed))

    var accepted = 0
    let time = ContinuousClock().measure {
      for _ in 0..<count where accepts(body) { accepted += 1 }
    }
    guard accepted == count else { return print("only \(accepted) of \(count) verifications succeeded") }
    print(time / .nanoseconds(count))
  }
}
