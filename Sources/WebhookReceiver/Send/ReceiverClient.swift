import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
package import OutboundHTTP
import Synchronization

/// Posts deliveries to receivers. It follows no redirect: an answer of 3xx is what the receiver said.
///
///     let client = ReceiverClient(ReceiverClient.Configuration(uptime: uptime))
///     let answer = try await client.send(DeliveryRequest(url: "http://127.0.0.1:3000/hook", body: body))
///     await client.shutdown()
///
/// Where other machines are not allowed, a name is reached at the very address that was checked: that it leads elsewhere a
/// moment later is of no use. It must be shut down.
public final class ReceiverClient: Sendable {
  /// How receivers are reached, and the bounds.
  public struct Configuration: Sendable {
    /// How long an answer may take, connecting and its body included.
    public var timeout = Duration.seconds(30)
    /// How much of an answer's body is kept, in bytes; what is beyond is not read.
    public var maximumBodyBytes = 64 << 10
    /// False for certificates that nobody vouches for.
    public var verifiesCertificates = true
    /// Whether other machines than this one are posted to.
    public var allowsRemote = false
    /// How many connections to one receiver there are at most.
    public var connections = 8
    package var network = NetworkSettings()
    package var resolver = HostResolver.system
    /// The time since some fixed moment.
    public var uptime: @Sendable () -> Duration

    public init(uptime: @escaping @Sendable () -> Duration) { self.uptime = uptime }
  }

  /// The way to a receiver, and the address that stands for its name.
  private struct Path: Hashable {
    let route: Route
    let host: String
    let address: String?
  }

  private enum State: Sendable {
    case open([Path: HTTPClient])
    case closed
  }

  private let configuration: Configuration
  private let group: any EventLoopGroup
  private let state = Mutex(State.open([:]))
  /// Receivers that were asked once whether they speak TLS, since each asking is a connection.
  private let probed = Mutex<[Origin: DeliveryFailure.Code]>([:])

  public convenience init(_ configuration: Configuration) {
    self.init(configuration, group: MultiThreadedEventLoopGroup.singleton)
  }

  init(_ configuration: Configuration, group: any EventLoopGroup) {
    self.configuration = configuration
    self.group = group
  }

  deinit {
    if case .open(let clients) = state.withLock({ $0 }) { for client in clients.values { client.shutdown { _ in } } }
  }

  /// Closes all connections; what is under way fails. A second call does nothing.
  public func shutdown() async {
    let clients = state.withLock { state -> [HTTPClient] in
      defer { state = .closed }
      guard case .open(let clients) = state else { return [] }
      return Array(clients.values)
    }
    for client in clients { try? await client.shutdown() }
  }

  /// Checks, without sending anything, that requests can be sent to a URL as the settings say.
  func prepare(_ url: String) async throws(DeliveryFailure) {
    _ = try client(by: try await path(to: try Self.origin(of: url)))
  }

  /// Sends a request once.
  /// - Throws: why there is no answer.
  public func send(_ request: DeliveryRequest) async throws(DeliveryFailure) -> DeliveryAnswer {
    let origin = try Self.origin(of: request.url)
    guard !request.method.isEmpty, request.method.utf8.allSatisfy(isTokenByte), request.method != "CONNECT" else {
      throw DeliveryFailure(.failed, "'\(SafeText.escaped(request.method, limit: 40))' is no method to deliver by")
    }
    let path = try await self.path(to: origin)
    let client = try self.client(by: path)
    let target = path.route.target(of: request.url)
    var outgoing = HTTPClientRequest(url: target.url)
    outgoing.method = HTTPMethod(rawValue: request.method)
    for (name, value) in HopByHopHeaders.removed(from: request.headers) {
      outgoing.headers.add(name: name, value: value)
    }
    if let host = target.host { outgoing.headers.add(name: "Host", value: host) }
    if !request.body.isEmpty || !["GET", "HEAD"].contains(request.method) {
      outgoing.body = .bytes(ByteBuffer(bytes: request.body))
    }
    let start = configuration.uptime()
    do {
      let response = try await client.execute(outgoing, timeout: TimeAmount(configuration.timeout))
      let rest = configuration.timeout - (configuration.uptime() - start)
      let (body, isCut) = try await self.body(of: response, within: rest)
      return DeliveryAnswer(
        status: Int(response.status.code), headers: response.headers.map { ($0.name, $0.value) }, body: body,
        isCut: isCut, duration: configuration.uptime() - start)
    } catch {
      throw await failure(error, request.url, origin, path.route)
    }
  }

  /// The library's timeout ends with the head.
  private func body(
    of response: HTTPClientResponse, within time: Duration
  ) async throws -> ([UInt8], isCut: Bool) {
    try await withThrowingTaskGroup(of: ([UInt8], isCut: Bool)?.self) { group in
      group.addTask { try await self.body(of: response) }
      group.addTask {
        try await Task.sleep(for: time)
        return nil
      }
      defer { group.cancelAll() }
      guard let body = try await group.next() ?? nil else { throw HTTPClientError.deadlineExceeded }
      return body
    }
  }

  private func body(of response: HTTPClientResponse) async throws -> ([UInt8], isCut: Bool) {
    var body: [UInt8] = []
    for try await part in response.body {
      let room = configuration.maximumBodyBytes - body.count
      body.append(contentsOf: part.readableBytesView.prefix(room))
      if part.readableBytes > room { return (body, true) }
    }
    return (body, false)
  }

  // MARK: Ways

  private static func origin(of url: String) throws(DeliveryFailure) -> Origin {
    guard let origin = Origin(url) else { throw DeliveryFailure(.failed, "\(url) is no URL of http or https") }
    return origin
  }

  private func path(to origin: Origin) async throws(DeliveryFailure) -> Path {
    if Loopback.isNamed(by: origin.host) {
      // Few systems know the names below `localhost`, which are this machine's by RFC 6761.
      let address = origin.host.hasSuffix(".localhost") ? "127.0.0.1" : nil
      return Path(route: .direct(to: origin), host: origin.host, address: address)
    }
    guard !configuration.allowsRemote else {
      do throws(ExchangeFailure) {
        return Path(route: try Route(to: origin, configuration.network.proxies), host: origin.host, address: nil)
      } catch {
        throw DeliveryFailure(error, from: origin.text, timeout: configuration.timeout)
      }
    }
    guard let address = await configuration.resolver.address(origin.host) else {
      throw DeliveryFailure(.noSuchHost, "the host '\(origin.host)' could not be resolved")
    }
    guard IPAddress(address)?.isThisMachine == true else { throw Self.remote(origin) }
    return Path(route: .direct(to: origin), host: origin.host, address: address)
  }

  private func client(by path: Path) throws(DeliveryFailure) -> HTTPClient {
    let known = state.withLock { state -> HTTPClient?? in
      guard case .open(let clients) = state else { return nil }
      return .some(clients[path])
    }
    guard let known else { throw DeliveryFailure(.cancelled, "nothing is sent any more") }
    if let known { return known }
    var settings: HTTPClient.Configuration
    do throws(ExchangeFailure) {
      settings = try HTTPClient.Configuration(
        path.route, authorities: configuration.network.authorities,
        verifiesCertificates: configuration.verifiesCertificates,
        addresses: path.address.map { [path.host: $0] } ?? [:])
    } catch {
      throw DeliveryFailure(error, from: path.host, timeout: configuration.timeout)
    }
    settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, configuration.connections)
    return state.withLock { state in
      // Another task may have made one meanwhile.
      if case .open(let clients) = state, let client = clients[path] { return client }
      let client = HTTPClient(eventLoopGroupProvider: .shared(group), configuration: settings)
      guard case .open(var clients) = state else {
        client.shutdown { _ in }
        return client
      }
      clients[path] = client
      state = .open(clients)
      return client
    }
  }

  // MARK: Failures

  private func failure(
    _ error: any Error, _ url: String, _ origin: Origin, _ route: Route
  ) async -> DeliveryFailure {
    if Task.isCancelled { return DeliveryFailure(.cancelled, "it was given up") }
    let exchange = ExchangeFailure(error, from: origin, by: route, headWasSent: true)
    let failure = DeliveryFailure(exchange, from: url, timeout: configuration.timeout)
    if origin.isSecure {
      let refined = await TLSProbe.refined(exchange, of: error, from: origin, by: route, within: probeTime)
      return DeliveryFailure(refined, from: url, timeout: configuration.timeout)
    }
    guard failure.code == .closed else { return failure }
    if let known = probed.withLock({ $0[origin] }) {
      return known == .tlsExpected ? DeliveryFailure(.tlsExpected, Self.tlsExpected(origin)) : failure
    }
    let refined = DeliveryFailure(
      await TLSProbe.refined(exchange, of: error, from: origin, by: route, within: probeTime), from: url,
      timeout: configuration.timeout)
    probed.withLock { $0[origin] = refined.code }
    return refined.code == .tlsExpected ? DeliveryFailure(.tlsExpected, Self.tlsExpected(origin)) : failure
  }

  /// Finding out more takes no longer than the request may.
  private var probeTime: TimeAmount { min(TLSProbe.longest, TimeAmount(configuration.timeout)) }

  private static func tlsExpected(_ origin: Origin) -> String {
    "TLS is spoken at \(origin.text): write https:// in place of http://"
  }

  private static func remote(_ origin: Origin) -> DeliveryFailure {
    DeliveryFailure(
      .remoteNotAllowed, "\(origin.text) is not this machine: --allow-remote posts to other machines too")
  }
}

extension TimeAmount {
  init(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
