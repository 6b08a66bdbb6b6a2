public import AsyncHTTPClient
import Basics
public import NIOCore
import NIOHTTP1
import NIOPosix
import OutboundHTTP
import Synchronization

/// The default transport, on AsyncHTTPClient: HTTP/1.1, over verified TLS 1.2 or newer, with connections kept and reused.
///
/// It follows no redirect, so that the API key never travels to another host. Threads and connections come into being
/// with the first request. `shutdown()` closes the connections; one that is dropped without it closes them as well,
/// a little later.
///
/// An application that has an `HTTPClient` or event loops of its own gives them to it:
/// ```swift
/// let transport = AsyncHTTPTransport(client: httpClient)
/// let mittr = Mittr(apiKey: key, transport: transport)
/// ```
public final class AsyncHTTPTransport: Transport {
  /// What bounds a transport.
  public struct Limits: Sendable, Hashable {
    /// The largest response body that is accepted, in bytes.
    public var maximumResponseBytes: Int
    /// What the bodies of all responses that are being received may take together, in bytes. One body of
    /// `maximumResponseBytes` always fits; what goes beyond is `.responseTooLarge`.
    public var maximumBytesInFlight: Int
    /// How long connecting may take, TLS included; never longer than the request's own timeout.
    public var connectTimeout: Duration
    /// How many connections one host gets. More concurrent requests than that wait for one to become free.
    public var connectionsPerHost: Int

    /// - Parameters:
    ///   - maximumResponseBytes: 64 MiB unless it is said.
    ///   - maximumBytesInFlight: 128 MiB unless it is said.
    ///   - connectTimeout: 10 s unless it is said.
    ///   - connectionsPerHost: 128 unless it is said; less than 1 counts as 1.
    public init(
      maximumResponseBytes: Int = 64 * 1024 * 1024, maximumBytesInFlight: Int = 128 * 1024 * 1024,
      connectTimeout: Duration = .seconds(10), connectionsPerHost: Int = 128
    ) {
      self.maximumResponseBytes = maximumResponseBytes
      self.maximumBytesInFlight = maximumBytesInFlight
      self.connectTimeout = connectTimeout
      self.connectionsPerHost = connectionsPerHost
    }
  }

  /// The clients that requests go out by.
  private enum Clients: Sendable {
    case own(OutboundClients)
    /// One of the application's, with the ways that it was made for.
    case shared(HTTPClient)

    func client(to origin: Origin) throws(ExchangeFailure) -> (client: HTTPClient, route: Route) {
      switch self {
      case .own(let clients): try clients.client(to: origin)
      case .shared(let client): (client, .direct(to: origin))
      }
    }

    var isShared: Bool { if case .shared = self { true } else { false } }
  }

  private enum State: Sendable {
    /// Makes its clients with the first request.
    case idle(@Sendable () -> (OutboundClients, any EventLoop))
    /// All on one event loop: what is noted about a request and what ends it then happen one after the other, so that a
    /// request that was written is never taken for one that was not. It also spares hops between threads.
    case running(Clients, any EventLoop)
    case shutDown
  }

  private let limits: Limits
  private let budget: BodyBudget
  private let plainServers = PlainServers()
  private let state: Mutex<State>

  /// - Parameters:
  ///   - eventLoopGroup: whose threads do the work; nil for those that a process has once (`.singleton`). It is the
  ///     caller's to shut down, after the transport.
  ///   - limits: how many connections there are, and how large an answer may be.
  ///   - network: proxies, the authorities to trust, and a client certificate; by default no proxy, the system's
  ///     authorities, and none.
  ///   - configure: changes the HTTP client's configuration before it is made, such as
  ///     `{ $0.httpVersion = .automatic }` for HTTP/2. Certificates are verified, TLS is 1.2 or newer, no redirect is
  ///     followed and no span is made whatever it does. It may be called several times.
  public init(
    eventLoopGroup: (any EventLoopGroup)? = nil, limits: Limits = Limits(),
    network: NetworkConfiguration = NetworkConfiguration(),
    configure: @escaping @Sendable (inout HTTPClient.Configuration) -> Void = { _ in }
  ) {
    self.limits = limits
    budget = BodyBudget(bytes: max(limits.maximumBytesInFlight, limits.maximumResponseBytes))
    state = Mutex(
      .idle {
        let group = eventLoopGroup ?? MultiThreadedEventLoopGroup.singleton
        let clients = OutboundClients(
          network.settings, group: group, connectTimeout: TimeAmount(limits.connectTimeout),
          connectionsPerHost: limits.connectionsPerHost, configure: configure)
        return (clients, group.any())
      })
  }

  /// Sends requests by a client of the application's, over its connections.
  ///
  /// Its proxy, its TLS configuration, its pool and its HTTP version are as it was made. Redirects are not followed even
  /// if it would. A client that traces makes a span of its own for each attempt, without a parent: switch that off with
  /// `configuration.tracing.tracer = nil`, since calls have spans already.
  /// - Parameters:
  ///   - client: the caller's to shut down; `shutdown()` leaves it alone. Once it is, calls fail with `SHUT_DOWN`.
  ///   - limits: of which `connectTimeout` and `connectionsPerHost` are the client's own to say.
  public init(client: HTTPClient, limits: Limits = Limits()) {
    self.limits = limits
    budget = BodyBudget(bytes: max(limits.maximumBytesInFlight, limits.maximumResponseBytes))
    state = Mutex(.running(.shared(client), client.eventLoopGroup.any()))
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    guard !Task.isCancelled else {
      throw TransportError(.cancelled, mayHaveReachedServer: false, message: "the task was cancelled")
    }
    guard let origin = Origin(request.url) else {
      throw TransportError(.invalidURL, mayHaveReachedServer: false, message: "the URL cannot be used")
    }
    let (clients, eventLoop): (Clients, any EventLoop)
    let collector: ResponseCollector
    let route: Route
    let exchange: HTTPClient.Task<TransportResponse>
    do throws(ExchangeFailure) {
      (clients, eventLoop) = try running()
      collector = ResponseCollector(
        maximumBytes: limits.maximumResponseBytes, budget: budget, stopsAtRedirects: clients.isShared)
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
      if let redirect = collector.redirect { return redirect }
      // Of a request that still waits for a connection, AsyncHTTPClient reports the last connection's failure instead.
      let cause = Task.isCancelled ? HTTPClientError.cancelled : error
      let failure = ExchangeFailure(cause, from: origin, by: route, headWasSent: collector.headWasSent)
      // Nothing is probed past the application's own ways.
      throw TransportError(clients.isShared ? failure : await refined(failure, of: cause, origin, route))
    }
  }

  /// What an error means, with what a probe finds out where that can say more.
  private func refined(
    _ failure: ExchangeFailure, of error: any Error, _ origin: Origin, _ route: Route
  ) async -> ExchangeFailure {
    guard !plainServers.contains(origin) else { return failure }
    let refined = await TLSProbe.refined(failure, of: error, from: origin, by: route)
    if refined == failure { plainServers.insert(origin) }
    return refined
  }

  /// Closes all connections; requests in flight fail, and so does every later one. A second call does nothing. Of an
  /// `HTTPClient` that it was given it lets go: what is in flight there goes on.
  ///
  /// It waits until they are closed, but no longer than a second: an attempt to connect that hangs ends by its own
  /// timeout.
  public func shutdown() async {
    let previous = state.withLock { state in
      defer { state = .shutDown }
      return state
    }
    guard case .running(.own(let clients), let eventLoop) = previous else { return }
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

  private func running() throws(ExchangeFailure) -> (Clients, any EventLoop) {
    try state.withLock { (state) throws(ExchangeFailure) in
      switch state {
      case .running(let clients, let eventLoop): return (clients, eventLoop)
      case .shutDown: throw .shutDown
      case .idle(let make):
        let (own, eventLoop) = make()
        let clients = Clients.own(own)
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
