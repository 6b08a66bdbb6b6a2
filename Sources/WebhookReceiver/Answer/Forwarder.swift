import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OutboundHTTP

/// Passes requests on, and brings back what was answered.
struct Forwarder: Sendable {
  let target: ForwardTarget
  let client: HTTPClient
  /// The way to the target.
  let route: Route
  /// The name of this receiver in `Via`, like no other's: a request that bears it already is in a loop.
  let pseudonym: String
  /// From when it is a request's turn.
  let timeout: Duration
  /// A burst waits here and not in the client, which would give up what waits for a connection too long.
  private let turns = ConcurrencyLimit(atATime)

  /// How many requests are passed on at a time.
  static let atATime = 16

  enum Outcome: Sendable {
    case answered(ReceiverResponse)
    case failed(status: Int, why: String)
  }

  /// Larger answers are refused, in bytes.
  private static let maximumAnswerBytes = 1 << 20

  /// Headers that concern one connection (RFC 9110, 7.6.1), and those that are made anew.
  private static let hopByHop: Set<String> = [
    "connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization",
    "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
  ]

  func forward(_ request: ReceivedRequest) async -> Outcome {
    let via = request.headers.filter { $0.name.lowercased() == "via" }
    guard !via.contains(where: { $0.value.contains(pseudonym) }) else {
      return .failed(status: 508, why: "\(target.text) leads back to this receiver")
    }
    let address = route.target(of: target.url(for: request))
    var forwarded = HTTPClientRequest(url: address.url)
    forwarded.method = HTTPMethod(rawValue: request.method)
    let dropped = Self.hopByHop.union(Self.named(request.headers.map { ($0.name, $0.value) }))
    for (name, value) in request.headers where !dropped.contains(name.lowercased()) {
      forwarded.headers.add(name: name, value: value)
    }
    if let host = address.host { forwarded.headers.add(name: "Host", value: host) }
    forwarded.headers.add(name: "Via", value: "1.1 \(pseudonym)")
    if !request.body.isEmpty || !["GET", "HEAD"].contains(request.method) {
      forwarded.body = .bytes(ByteBuffer(bytes: request.body))
    }
    guard await turns.enter() else { return .failed(status: 502, why: "the receiver stopped") }
    defer { turns.leave() }
    do {
      let response = try await client.execute(forwarded, timeout: TimeAmount(timeout))
      let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
      return .answered(Self.reply(response, body, to: request))
    } catch is NIOTooManyBytesError {
      return .failed(status: 502, why: "\(target.text) answered more than \(Self.maximumAnswerBytes) bytes")
    } catch {
      return await failure(error)
    }
  }

  private func failure(_ error: any Error) async -> Outcome {
    guard let origin = Origin(target.text) else { return .failed(status: 502, why: "no answer from \(target.text)") }
    var failure = ExchangeFailure(error, from: origin, by: route, headWasSent: true)
    // A probe of a plain target would look like one more delivery.
    if origin.isSecure { failure = await TLSProbe.refined(failure, of: error, from: origin, by: route) }
    switch failure.kind {
    case .timeout, .connectTimeout:
      return .failed(status: 504, why: "\(target.text) did not answer within \(timeout.components.seconds) s")
    default: return .failed(status: 502, why: "no answer from \(target.text): \(failure.message)")
    }
  }

  private static func reply(
    _ response: HTTPClientResponse, _ body: ByteBuffer, to request: ReceivedRequest
  ) -> ReceiverResponse {
    var dropped = hopByHop.union(named(response.headers.map { ($0.name, $0.value) }))
    // It tells what a GET would bring.
    if request.method == "HEAD" { dropped.remove("content-length") }
    let headers = response.headers.filter { !dropped.contains($0.name.lowercased()) }
    return ReceiverResponse(
      status: Int(response.status.code),
      headers: headers.map { ReceiverResponse.Header(name: $0.name, value: $0.value) },
      body: Array(body.readableBytesView))
  }

  /// The headers that `Connection` names.
  private static func named(_ headers: [(String, String)]) -> Set<String> {
    Set(
      headers.filter { $0.0.lowercased() == "connection" }.flatMap { $0.1.split(separator: ",") }
        .map { $0.lowercased().filter { $0 != " " && $0 != "\t" } })
  }
}

extension TimeAmount {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
