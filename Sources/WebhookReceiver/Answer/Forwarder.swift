import OutboundHTTP

/// Passes requests on, and brings back what was answered.
struct Forwarder: Sendable {
  let routes: RouteTable
  let client: ReceiverClient
  /// The name of this receiver in `Via`, like no other's: a request that bears it already is in a loop.
  let pseudonym: String
  /// A burst waits here and not in the client, which would give up what waits for a connection too long.
  private let turns = ConcurrencyLimit(atATime)

  /// How many requests are passed on at a time.
  static let atATime = 16

  enum Outcome: Sendable {
    case answered(ReceiverResponse)
    case failed(status: Int, DeliveryProblem)
  }

  /// Larger answers are refused, in bytes.
  static let maximumAnswerBytes = 1 << 20

  init(routes: RouteTable, client: ReceiverClient, pseudonym: String) {
    self.routes = routes
    self.client = client
    self.pseudonym = pseudonym
  }

  /// - Parameter eventType: of the delivery; nil where it is not known.
  func forward(_ request: ReceivedRequest, eventType: String?) async -> Outcome {
    guard let target = routes.target(for: eventType) else {
      let what = eventType.map { "the event type \($0)" } ?? "a delivery whose event type is not known"
      return Self.failed(404, DeliveryProblem.noRoute, "no route fits \(what)")
    }
    let via = request.headers.filter { $0.name.lowercased() == "via" }
    guard !via.contains(where: { $0.value.contains(pseudonym) }) else {
      return Self.failed(508, DeliveryProblem.loop, "\(target.text) leads back to this receiver")
    }
    let forwarded = DeliveryRequest(
      method: request.method, url: target.url(for: request),
      headers: HopByHopHeaders.removed(from: request.headers) + [("Via", "1.1 \(pseudonym)")], body: request.body)
    guard await turns.enter() else { return Self.failed(502, DeliveryProblem.stopped, "the receiver stopped") }
    defer { turns.leave() }
    do throws(DeliveryFailure) {
      let answer = try await client.send(forwarded)
      guard !answer.isCut else {
        return Self.failed(
          502, DeliveryProblem.responseTooLarge, "\(target.text) answered more than \(Self.maximumAnswerBytes) bytes")
      }
      return .answered(Self.reply(answer, to: request))
    } catch {
      return .failed(status: error.code == .timeout ? 504 : 502, DeliveryProblem(error))
    }
  }

  private static func failed(_ status: Int, _ code: String, _ why: String) -> Outcome {
    .failed(status: status, DeliveryProblem(code, why))
  }

  private static func reply(_ answer: DeliveryAnswer, to request: ReceivedRequest) -> ReceiverResponse {
    // It tells what a GET would bring.
    let keeping = request.method == "HEAD" ? "content-length" : nil
    return ReceiverResponse(
      status: answer.status,
      headers: HopByHopHeaders.removed(from: answer.headers, keeping: keeping).map {
        ReceiverResponse.Header(name: $0.name, value: $0.value)
      }, body: answer.body)
  }
}
