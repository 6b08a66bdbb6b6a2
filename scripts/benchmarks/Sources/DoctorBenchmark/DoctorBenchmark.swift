import MittrWebhooks

/// `DoctorBenchmark diagnose|verify SIZE COUNT`: examines, or only verifies, a delivery under a wrong secret COUNT times.
///
/// Prints what was found, then the nanoseconds of one of them. The body is JSON of SIZE bytes that has everything that
/// programs write differently, so that the doctor has as much to try as a body can give it.
@main
struct DoctorBenchmark {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.dropFirst().compactMap { Int($0) }
    guard let work = arguments.first, ["diagnose", "verify"].contains(work), numbers.count == 2, numbers[0] >= 200,
      numbers[1] > 0
    else {
      print("usage: DoctorBenchmark diagnose|verify SIZE COUNT")
      return
    }
    let (body, count) = (body(size: numbers[0]), numbers[1])
    let now = 1_706_123_456
    let headers = WebhookSigner(secret: "whsec_other").headers(timestamp: now, body: body)
    let doctor = SignatureDoctor(secret: "whsec_test", now: { now })
    let verifier = WebhookVerifier(secret: "whsec_test", now: { now })
    func reason() -> SignatureReason {
      if work == "diagnose" { return doctor.diagnose(headers: headers, body: body).reason }
      do {
        try verifier.verify(headers: headers, body: body)
        return .ok
      } catch {
        return error.reason
      }
    }
    print(reason())
    var found = 0
    let time = ContinuousClock().measure {
      for _ in 0..<count where reason() == .mismatch { found += 1 }
    }
    guard found == count else { return print("only \(found) of \(count) were a mismatch") }
    print(time / .nanoseconds(count))
  }

  private static func body(size: Int) -> [UInt8] {
    var text = "{\"type\":\"orders.listed\",\"orders\":["
    var index = 0
    while text.utf8.count < size - 130 {
      text += index == 0 ? "" : ","
      text += "{\"url\":\"https://a.example/\(index)\",\"name\":\"Zoë\",\"amount\":\(index).50,\"note\":\"<b>&</b>\"}"
      index += 1
    }
    text += "],\"end\":\""
    text += String(repeating: "x", count: max(0, size - text.utf8.count - 2)) + "\"}"
    return Array(text.utf8)
  }
}
