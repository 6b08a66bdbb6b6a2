package import AsyncHTTPClient
package import NIOCore
import Synchronization

/// The HTTP clients of one owner: one for each way that its requests go. Each comes into being with the first request of
/// its way.
///
/// They must be shut down, or released: then they end a little later.
package final class OutboundClients: Sendable {
  private enum State: Sendable {
    case open([Route: HTTPClient])
    case closed
  }

  private let settings: NetworkSettings
  private let group: any EventLoopGroup
  private let connectTimeout: TimeAmount
  private let connectionsPerHost: Int?
  private let configure: @Sendable (inout HTTPClient.Configuration) -> Void
  private let state = Mutex(State.open([:]))

  /// - Parameters:
  ///   - connectTimeout: how long connecting may take, TLS included.
  ///   - connectionsPerHost: more requests at once than that wait for a connection; nil for the library's usual number.
  ///   - configure: changes each client before it is made, as far as that may be.
  package init(
    _ settings: NetworkSettings, group: any EventLoopGroup, connectTimeout: TimeAmount = .seconds(10),
    connectionsPerHost: Int? = nil, configure: @escaping @Sendable (inout HTTPClient.Configuration) -> Void = { _ in }
  ) {
    self.settings = settings
    self.group = group
    self.connectTimeout = connectTimeout
    self.connectionsPerHost = connectionsPerHost
    self.configure = configure
  }

  deinit {
    // AsyncHTTPClient insists on being shut down; it keeps itself alive until that is done.
    if case .open(let clients) = state.withLock({ $0 }) { for client in clients.values { client.shutdown { _ in } } }
  }

  /// The client for a URL, by the way that the settings say.
  /// - Throws: why the URL, its proxy or the authorities cannot be used.
  package func client(to origin: Origin) throws(ExchangeFailure) -> (client: HTTPClient, route: Route) {
    let route = try Route(to: origin, settings.proxies)
    return (try client(by: route), route)
  }

  package func client(by route: Route) throws(ExchangeFailure) -> HTTPClient {
    try state.withLock { (state) throws(ExchangeFailure) in
      guard case .open(var clients) = state else {
        throw .shutDown
      }
      if let client = clients[route] { return client }
      let configuration = try HTTPClient.Configuration(
        route, authorities: settings.authorities, identity: settings.identity, connectTimeout: connectTimeout
      ) { configuration in
        if let connectionsPerHost {
          configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, connectionsPerHost)
        }
        configure(&configuration)
      }
      let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: configuration)
      clients[route] = client
      state = .open(clients)
      return client
    }
  }

  /// Closes all connections; what is under way fails, and so does whatever comes later. A second call does nothing.
  package func shutdown() async {
    let clients = state.withLock { state -> [HTTPClient] in
      defer { state = .closed }
      guard case .open(let clients) = state else { return [] }
      return Array(clients.values)
    }
    for client in clients { try? await client.shutdown() }
  }
}
