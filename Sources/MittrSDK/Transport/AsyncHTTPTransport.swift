import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// The default transport, on AsyncHTTPClient: HTTP/1.1 and HTTP/2 over verified TLS, with connections kept and reused.
///
/// It follows no redirect, so that the API key never travels to another host. Threads and connections come into being
/// with the first request. `shutdown()` closes the connections; one that is dropped without it closes them as well,
/// a little later.
public final class AsyncHTTPTransport: Transport {
  /// What bounds a transport.
  public struct Limits: Sendable, Hashable {
    /// The largest response body that is accepted, in bytes.
    public var maximumResponseBytes = 64 * 1024 * 1024
    /// How long connecting may take, TLS included; never longer than the request's own timeout.
    public var connectTimeout = Duration.seconds(10)
    /// How many connections one host gets. More concurrent requests than that wait for one to become free.
    public var connectionsPerHost = 128

    public init() {}
  }

  private enum State: Sendable {
    case idle
    case running(HTTPClient, any EventLoop)
    case shutDown
  }

  private let limits: Limits
  private let state = Mutex(State.idle)

  public init(limits: Limits = Limits()) { self.limits = limits }

  deinit {
    // AsyncHTTPClient insists on being shut down; it keeps itself alive until that is done.
    if case .running(let client, _) = state.withLock({ $0 }) { client.shutdown { _ in } }
  }

  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    guard !Task.isCancelled else {
      throw TransportError(.cancelled, mayHaveReachedServer: false, message: "the task was cancelled")
    }
    let collector = ResponseCollector(maximumBytes: limits.maximumResponseBytes)
    let exchange: HTTPClient.Task<TransportResponse>
    do {
      // All on one event loop: what is noted about a request and what ends it then happen one after the other, so that
      // a request that was written is never taken for one that was not. It also spares hops between threads.
      let (client, eventLoop) = try runningClient()
      exchange = client.execute(
        request: try HTTPClient.Request(request), delegate: collector, eventLoop: .delegate(on: eventLoop),
        deadline: .now() + TimeAmount(request.timeout))
    } catch {
      throw TransportError(error, headWasSent: false)
    }
    do {
      return try await withTaskCancellationHandler {
        try await exchange.futureResult.get()
      } onCancel: {
        exchange.cancel()
      }
    } catch {
      // Of a request that still waits for a connection, AsyncHTTPClient reports the last connection's failure instead.
      let cause = Task.isCancelled ? HTTPClientError.cancelled : error
      throw TransportError(cause, headWasSent: collector.headWasSent)
    }
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
    guard case .running(let client, let eventLoop) = previous else { return }
    // Whichever comes first; a promise takes no notice of the second.
    let ended = eventLoop.makePromise(of: Void.self)
    client.shutdown().whenComplete { _ in ended.succeed() }
    let limit = eventLoop.scheduleTask(in: .seconds(1)) { ended.succeed() }
    try? await ended.futureResult.get()
    limit.cancel()
  }

  private func runningClient() throws(TransportError) -> (HTTPClient, any EventLoop) {
    try state.withLock { (state) throws(TransportError) in
      switch state {
      case .running(let client, let eventLoop): return (client, eventLoop)
      case .shutDown:
        throw TransportError(.other, mayHaveReachedServer: false, message: "the transport was shut down")
      case .idle:
        let client = HTTPClient(configuration: HTTPClient.Configuration(limits))
        let eventLoop = client.eventLoopGroup.any()
        state = .running(client, eventLoop)
        return (client, eventLoop)
      }
    }
  }
}

extension HTTPClient.Configuration {
  fileprivate init(_ limits: AsyncHTTPTransport.Limits) {
    self.init(
      redirectConfiguration: .disallow,
      timeout: Timeout(connect: TimeAmount(limits.connectTimeout)),
      connectionPool: ConnectionPool(
        idleTimeout: .seconds(60), concurrentHTTP1ConnectionsPerHostSoftLimit: max(1, limits.connectionsPerHost)))
    // A refused connection is reported at once: the client above has its own rules for trying again.
    connectionPool.retryConnectionEstablishment = false
  }
}

extension HTTPClient.Request {
  fileprivate init(_ request: TransportRequest) throws {
    var headers = HTTPHeaders()
    headers.reserveCapacity(request.headers.count + 2)
    for field in request.headers { headers.add(name: field.name, value: field.value) }
    try self.init(
      url: request.url, method: HTTPMethod(rawValue: request.method), headers: headers,
      body: request.body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
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
