import MittrWebhooks
import WebhookReceiver

/// Requests to `listen`: deliveries, signed or not, and what else may come through a tunnel.
enum ListenFuzz {
  private static let secret: WebhookSecret = "whsec_0123456789abcdef"
  private static let now = 1_767_225_600

  static func run(_ run: FuzzRun) async throws {
    let target = try AnswerServer(last: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    defer { target.stop() }
    let (judging, forwarding) = (try await receiver(), try await receiver(forwardingTo: target))
    let ports = [judging.port, judging.port, forwarding.port]
    do {
      try await onThread {
        while var random = run.next() {
          let port = random.pick(ports)
          target.answer(with: (0..<4).map { _ in ClientFuzz.answer(&random, body: Array("{}".utf8)) })
          let exchange = ServerExchange(&random) { request(&$0) }
          run.begin(exchange.bytes)
          do throws(FuzzFailure) {
            run.count(try exchange.run(port: port) { _ throws(FuzzFailure) in })
          } catch {
            throw run.failure(error.description)
          }
        }
      }
    } catch {
      await judging.stop()
      await forwarding.stop()
      throw error
    }
    await judging.stop()
    await forwarding.stop()
  }

  private static func receiver(forwardingTo server: AnswerServer? = nil) async throws -> Receiver {
    var configuration = ReceiverConfiguration(now: { Double(now) })
    configuration.maximumBodyBytes = 100_000
    configuration.diagnose = { request in
      let doctor = SignatureDoctor(secret: secret, now: { now })
      return .verified(doctor.diagnose(headers: request.headers.map { ($0.name, $0.value) }, body: request.body))
    }
    if let server, let url = ForwardTarget("http://127.0.0.1:\(server.port)/hook?x=1") {
      configuration.answer = .forward(url)
    }
    return try await Receiver.start(configuration, keepingIn: DeliveryLog())
  }

  private static func request(_ random: inout FuzzRandom) -> (method: String, message: HTTPBytes) {
    let method =
      random.once(in: 4) ? random.pick(["GET", "PUT", "HEAD", "OPTIONS", "DELETE", "CONNECT", "M-SEARCH"]) : "POST"
    let path = random.pick(["/", "/hook", "/a/b?c=d", "/%00", "/%F0%9F%9A%80", "*", "http://a/b", "//x", "/;?#"])
    let signed = random.text(of: random.mutated(SampleData.event))
    var own = WebhookSigner(secret: secret).headers(
      timestamp: random.pick([now, now, now - 400, 0, .max]), body: signed)
    if random.once(in: 3) { own = own.map { ($0.0, String(decoding: random.spoilt(Array($0.1.utf8)), as: UTF8.self)) } }
    let lines = own.filter { _ in !random.once(in: 8) }
      .map { "\($0.0): \($0.1.filter { $0.isASCII && !$0.isNewline })\r\n" }.joined()
    let body = random.once(in: 3) ? random.spoilt(signed) : signed
    let head =
      "\(method) \(path) HTTP/1.1\r\nHost: \(random.pick(["127.0.0.1", "localhost", "evil.test", "a.ngrok.app", "[::1]"]))\r\n"
      + lines + random.headers(names, values: values)
    let message = random.message(head, body: body)
    // The connection becomes a tunnel then.
    return (method, HTTPBytes(bytes: message.bytes, isSound: message.isSound && method != "CONNECT"))
  }

  private static let names = [
    "Content-Type", "Content-Encoding", "Expect", "Connection", "X-Mittr-Event-Id", "X-Mittr-Event-Type", "Via",
    "Upgrade",
    "X-Mittr-Signature", "X-Mittr-Timestamp", "X-Forwarded-For", "Accept-Encoding", "Max-Forwards", "TE", "Cookie",
    "Origin",
  ]
  private static let values = [
    "application/json", "gzip", "100-continue", "keep-alive", "close", "evt_1", "order.created", "1.1 mittr",
    "websocket",
    "v1=", "v1=00,v1=ff", "1767225600", "127.0.0.1", "text/plain; charset=utf-16", "0", "trailers", "http://evil.test",
  ]
}
