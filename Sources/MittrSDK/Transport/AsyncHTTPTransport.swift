import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
import OutboundHTTP
import Synchronization

/// The default transport, on AsyncHTTPClient: HTTP/1.1, over verified TLS 1.2 or newer, with connections kept and reused.
///
/// It follows no redirect, so that the API key never travels to another host. Threads and connections come into being
/// with the first request. `shutdown()` closes the connections; one that is dropped without it closes them as well,
/// a little later.
public final class AsyncHTTPTransport: Transport {
  /// What bounds a transport.
  public struct Limits: Sendable, Hashable {
    /// The largest response body that is accepted, in bytes.
    public var maximumResponseBytes = 64 * 1024 * 1024
    /// What the bodies of all responses that are being received may take together, in bytes. One body of
    /// `maximumResponseBytes` always fits; what goes beyond is `.responseTooLarge`.
    public var maximumBytesInFlight = 128 * 1024 * 1024
    /// How long connecting may take, TLS included; never longer than the request's own timeout.
    public var connectTimeout = Duration.seconds(10)
    /// How many connections one host gets. More concurrent requests than that wait for one to become free.
    public var connectionsPerHost = 128

    public init() {}
  }

  private enum State: Sendable {
    case idle
    case running(OutboundClients, any EventLoop)
    case shutDown
  }

  private let limits: Limits
  private let network: NetworkConfiguration
  private let budget: BodyBudget
  private let plainServers = PlainServers()
  private let state = Mutex(State.idle)

  /// - Parameter network: proxies, and the authorities to trust; by default no proxy, and the system's.
  public init(limits: Limits = Limits(), network: NetworkConfiguration = NetworkConfiguration()) {
    self.limits = limits
    self.network = network
    budget = BodyBudget(bytes: max(limits.maximumBytesInFlight, limits.maximumResponseBytes))
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    guard !Task.isCancelled else {
      throw TransportError(.cancelled, mayHaveReachedServer: false, message: "the task was cancelled")
    }
    guard let origin = Origin(request.url) else {
      throw TransportError(.invalidURL, mayHaveReachedServer: false, message: "the URL cannot be used")
    }
    let collector = ResponseCollector(maximumBytes: limits.maximumResponseBytes, budget: budget)
    let route: Route
    let exchange: HTTPClient.Task<TransportResponse>
    do throws(ExchangeFailure) {
      // All on one event loop: what is noted about a request and what ends it then happen one after the other, so that
      // a request that was written is never taken for one that was not. It also spares hops between threads.
      let (clients, eventLoop) = try running()
      let client: HTTPClient
      (client, route) = try clients.client(to: origin)
      exchange = client.execute(
        request: try HTTPClient.Request(request, origin, route), delegate: collector,
        eventLoop: .delegate(on: eventLoop), deadline: .now() + TimeAmount(request.timeout))
    } catch {
      throw TransportError(error)
    }
    do {
      let response = try await withTaskCancellationHandler {
        try await exchange.futureResult.get()
      } onCancel: {
        exchange.cancel()
      }
      plainServers.insert(origin)
      if response.status == 407, let refusal = route.credentialsRefused { throw refusal }
      return response
    } catch {
      // Of a request that still waits for a connection, AsyncHTTPClient reports the last connection's failure instead.
      let cause = Task.isCancelled ? HTTPClientError.cancelled : error
      throw TransportError(await explained(cause, origin, route, headWasSent: collector.headWasSent))
    }
  }

  /// What an error means, with what a probe finds out where that can say more.
  private func explained(
    _ error: any Error, _ origin: Origin, _ route: Route, headWasSent: Bool
  ) async -> ExchangeFailure {
    let failure = ExchangeFailure(error, from: origin, by: route, headWasSent: headWasSent)
    guard !plainServers.contains(origin) else { return failure }
    let refined = await TLSProbe.refined(failure, of: error, from: origin, by: route)
    if refined == failure { plainServers.insert(origin) }
    return refined
  }

  /// Closes all connections; requests in flight fail, and so does every later one. A second call does nothing.
  ///
  /// It waits until they are closed, but no longer than a second: an attempt to connect that hangs ends by its own
  /// timeout.
  public func shutdown() async {
    let previous = state.withLock { state in
      defer { state = .shutDown }
      return state
    }
    guard case .running(let clients, let eventLoop) = previous else { return }
    // Whichever comes first; a promise takes no notice of the second.
    let ended = eventLoop.makePromise(of: Void.self)
    Task {
      await clients.shutdown()
      ended.succeed()
    }
    let limit = eventLoop.scheduleTask(in: .seconds(1)) { ended.succeed() }
    try? await ended.futureResult.get()
    limit.cancel()
  }

  private func running() throws(ExchangeFailure) -> (OutboundClients, any EventLoop) {
    try state.withLock { (state) throws(ExchangeFailure) in
      switch state {
      case .running(let clients, let eventLoop): return (clients, eventLoop)
      case .shutDown:
        throw ExchangeFailure(.other, mayHaveReachedServer: false, "the transport was shut down")
      case .idle:
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        let clients = OutboundClients(
          network.settings, group: MultiThreadedEventLoopGroup.singleton,
          connectTimeout: TimeAmount(limits.connectTimeout), connectionsPerHost: limits.connectionsPerHost)
        state = .running(clients, eventLoop)
        return (clients, eventLoop)
      }
    }
  }
}

extension HTTPClient.Request {
  fileprivate init(_ request: TransportRequest, _ origin: Origin, _ route: Route) throws(ExchangeFailure) {
    var headers = HTTPHeaders()
    headers.reserveCapacity(request.headers.count + 2)
    for field in request.headers { headers.add(name: field.name, value: field.value) }
    let target = route.target(of: request.url)
    if let host = target.host { headers.replaceOrAdd(name: "Host", value: host) }
    do {
      try self.init(
        url: target.url, method: HTTPMethod(rawValue: request.method), headers: headers,
        body: request.body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
    } catch {
      throw ExchangeFailure(error, from: origin, by: route, headWasSent: false)
    }
  }
}

extension TimeAmount {
  /// A thousand days at most, so that no sum with the current time overflows.
  fileprivate init(_ duration: Duration) {
    let bounded = min(max(duration, .zero), .seconds(1000 * 86_400))
    let (seconds, attoseconds) = bounded.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
