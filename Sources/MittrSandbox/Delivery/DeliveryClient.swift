import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import OrderedJSON
import OutboundHTTP

/// Posts events to their receivers. It follows no redirects: an answer of 3xx is a failed attempt.
struct DeliveryClient: Sendable {
  let services: Services
  let policy: DestinationPolicy
  private let clients: OutboundClients

  /// How much of a receiver's answer is read before its connection is given up.
  private static let maximumAnswerBytes = 65_536
  private static let directTimeoutMilliseconds = 30_000

  init(services: Services, policy: DestinationPolicy) {
    self.services = services
    self.policy = policy
    clients = OutboundClients(services.configuration.network, group: MultiThreadedEventLoopGroup.singleton)
  }

  func shutdown() async { await clients.shutdown() }

  /// - Parameters:
  ///   - isDuplicate: whether it was sent just before.
  ///   - corruption: changes a byte of the body once it is signed.
  /// - Throws: `CancellationError` when the sandbox stops meanwhile, and nothing else: every other end is an outcome.
  func deliver(
    _ delivery: DeliveryQueue.Delivery, isDuplicate: Bool = false, corruption: UInt64? = nil
  ) async throws(CancellationError) -> DeliveryOutcome {
    let (address, secret, timeout) =
      switch delivery.target {
      case .endpoint(let endpoint): (endpoint.url, endpoint.secret, endpoint.timeoutMilliseconds)
      case .destination(let url): (url, services.configuration.directSecret, Self.directTimeoutMilliseconds)
      }
    guard let url = WebhookURL(address) else { return .unreachable("the URL is invalid") }
    do {
      var destination = try await policy.route(to: url)
      let route = try self.route(to: destination)
      let target = route.target(of: destination.url)
      destination = DestinationPolicy.Route(url: target.url, host: destination.host ?? target.host)
      do {
        let request = request(
          for: delivery.stored, attempt: delivery.id.number + (isDuplicate ? 1 : 0), by: destination, secret: secret,
          corruption: corruption)
        let response = try await clients.client(by: route).execute(request, timeout: .milliseconds(Int64(timeout)))
        // Read, so that the connection can serve the next delivery; what it says does not matter.
        _ = try? await response.body.collect(upTo: Self.maximumAnswerBytes)
        let code = Int(response.status.code)
        return 200..<300 ~= code ? .delivered(statusCode: code) : .rejected(statusCode: code)
      } catch {
        guard !Task.isCancelled else { throw CancellationError() }
        return .unreachable(await Self.message(error, url: url, route: route, timeout: timeout))
      }
    } catch let error as DestinationPolicy.Refusal {
      return .unreachable(error.message)
    } catch let error as ExchangeFailure {
      return .unreachable(error.message)
    } catch {
      throw CancellationError()
    }
  }

  /// This machine is reached without a proxy.
  private func route(to destination: DestinationPolicy.Route) throws -> Route {
    guard let origin = Origin(destination.url) else { throw DestinationPolicy.Refusal(message: "the URL is invalid") }
    return policy.isOnThisMachine(origin.host)
      ? .direct(to: origin) : try Route(to: origin, services.configuration.network.proxies)
  }

  private func request(
    for stored: EventTable.Stored, attempt: Int, by route: DestinationPolicy.Route, secret: String,
    corruption: UInt64?
  ) -> HTTPClientRequest {
    let event = stored.event
    var body: [UInt8] = []
    JSONWriter.compact.write(.object(event.payload), to: &body)
    let timestamp = String(services.clock.now.seconds)
    var request = HTTPClientRequest(url: route.url)
    request.method = .POST
    // What would break the request's framing, or pass for Mittr's own, is not sent.
    for (name, value) in event.headers {
      let lowercased = name.lowercased()
      guard !HopByHopHeaders.contain(name), !lowercased.hasPrefix("x-mittr-"),
        let value = value.stringValue
      else { continue }
      request.headers.replaceOrAdd(name: name, value: value)
    }
    if let host = route.host { request.headers.replaceOrAdd(name: "Host", value: host) }
    if !request.headers.contains(name: "Content-Type") {
      request.headers.add(name: "Content-Type", value: "application/json")
    }
    request.headers.add(name: "X-Mittr-Event-ID", value: event.id)
    request.headers.add(name: "X-Mittr-Timestamp", value: timestamp)
    request.headers.add(
      name: "X-Mittr-Signature", value: DeliverySigner(secret: secret).signature(timestamp: timestamp, body: body))
    request.headers.add(
      name: "X-Mittr-Trace-Id",
      value: services.identifiers.traceID(stored.sequence, attempt: attempt))
    request.body = .bytes(ByteBuffer(bytes: corruption.map(body.corrupted) ?? body))
    return request
  }

  private static func message(_ error: any Error, url: WebhookURL, route: Route, timeout: Int) async -> String {
    guard let origin = Origin(url.text) else { return "the URL is invalid" }
    var failure = ExchangeFailure(error, from: origin, by: route, headWasSent: true)
    // A probe of a plain receiver would look like one more delivery.
    if origin.isSecure { failure = await TLSProbe.refined(failure, of: error, from: origin, by: route) }
    return switch failure.kind {
    case .timeout, .connectTimeout: "no answer within \(timeout) ms"
    case .connectionRefused, .dns, .tls: "cannot connect to \(url.authority)"
    default: "no answer from \(url.authority): \(failure.message)"
    }
  }
}
