import HTTPTypes
import Hummingbird
import MittrWebhooks
import Synchronization

@testable import MittrSandbox

/// A webhook receiver on a loopback port that keeps what it was sent and answers as it is told.
final class Receiver: Sendable {
  struct Delivery: Sendable {
    let path: String
    let headers: HTTPFields
    let body: [UInt8]

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
    var eventID: String { header("X-Mittr-Event-ID") ?? "" }

    /// Whether the signature is right, and fresh.
    func isSigned(_ verifier: WebhookVerifier) -> Bool {
      (try? verifier.verify(headers: headers.map { ($0.name.rawName, $0.value) }, body: body)) != nil
    }
  }

  let url: String
  private let received: Received

  fileprivate final class Received: Sendable {
    let deliveries = Mutex<[Delivery]>([])
    let statuses: Mutex<[Int]>
    let verifier: WebhookVerifier?

    init(statuses: [Int], verifier: WebhookVerifier?) {
      self.statuses = Mutex(statuses)
      self.verifier = verifier
    }

    func answer(to delivery: Delivery) -> Response {
      deliveries.withLock { $0.append(delivery) }
      if let verifier, !delivery.isSigned(verifier) { return Response(status: .unauthorized) }
      let status = statuses.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? 200 }
      var headers: HTTPFields = [:]
      if 300..<400 ~= status { headers[.location] = "/elsewhere" }
      return Response(status: .init(code: status), headers: headers)
    }
  }

  private init(url: String, received: Received) {
    self.url = url
    self.received = received
  }

  /// What came so far.
  var deliveries: [Delivery] { received.deliveries.withLock { $0 } }

  /// What it answers from now on: these one after the other, then the last one for ever.
  func answer(_ statuses: Int...) { received.statuses.withLock { $0 = statuses } }

  /// Runs a body with a receiver.
  /// - Parameters:
  ///   - statuses: see `answer`.
  ///   - secret: answers 401 to what is not signed with it.
  static func with(
    _ statuses: Int..., verifying secret: String? = nil, body: (Receiver) async throws -> Void
  ) async throws {
    let received = Received(statuses: statuses, verifier: secret.map { WebhookVerifier(secret: WebhookSecret($0)) })
    let router = Router()
    router.post("**") { request, _ in
      let body = try await request.body.collect(upTo: 1 << 22)
      return received.answer(
        to: Delivery(path: "\(request.uri)", headers: request.headers, body: Array(body.readableBytesView)))
    }
    let server = try await HTTPServer.start(router, host: "127.0.0.1", port: 0)
    do {
      try await body(Receiver(url: "http://\(server.authority)/hook", received: received))
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }
}
