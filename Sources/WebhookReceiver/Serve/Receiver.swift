import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server, on loopback unless told otherwise, that takes deliveries in, verifies, keeps and answers them.
///
///     let receiver = try await Receiver.start(configuration, keepingIn: log)
///     print(receiver.url)                      // http://127.0.0.1:4000
///     await receiver.stop()
///
/// It has a thread of its own, from `start` to `stop`. What senders do is bounded: the size of headers and bodies, one
/// by one and together, the time they take, the number of connections.
public final class Receiver: Sendable {
  public let port: Int
  private let group: MultiThreadedEventLoopGroup
  private let servers: [any Channel]
  private let client: ReceiverClient?
  private let work: InFlightRequests
  private let host: String?

  /// How this machine reaches it, such as `http://127.0.0.1:4000`.
  public var url: String {
    switch host {
    case nil, "0.0.0.0": "http://127.0.0.1:\(port)"
    case "::": "http://[::1]:\(port)"
    case let host?: "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
  }

  private init(
    host: String?, port: Int, group: MultiThreadedEventLoopGroup, servers: [any Channel], client: ReceiverClient?,
    work: InFlightRequests
  ) {
    self.host = host
    self.port = port
    self.group = group
    self.servers = servers
    self.client = client
    self.work = work
  }

  /// Binds the port, on 127.0.0.1 and, where the machine has it, on ::1, or on the address asked for.
  /// - Throws: why it cannot listen; nothing is left behind then.
  public static func start(
    _ configuration: ReceiverConfiguration, keepingIn log: DeliveryLog
  ) async throws(ReceiverError) -> Receiver {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let work = InFlightRequests()
    let processor = Mutex<DeliveryProcessor?>(nil)
    let bootstrap = bootstrap(configuration, group, work) { request in
      guard let processor = processor.withLock({ $0 }) else { return ReceiverResponse(503, "not ready yet") }
      return await processor.reply(to: request)
    }
    var servers: [any Channel] = []
    do {
      servers.append(try await bootstrap.bind(host: configuration.host ?? "127.0.0.1", port: configuration.port).get())
      let port = servers[0].localAddress?.port ?? configuration.port
      if case .routes(let table) = configuration.answer,
        table.routes.contains(where: { $0.target.isLoopback(port: port) })
      {
        throw ReceiverError.forwardsToItself
      }
      // Some clients take `localhost` for this address first.
      if configuration.host == nil, let other = try? await bootstrap.bind(host: "::1", port: port).get() {
        servers.append(other)
      }
      let forwarder = try await forwarder(configuration, port, group)
      processor.withLock {
        $0 = DeliveryProcessor(
          port: port, configuration: configuration, log: log, forwarder: forwarder)
      }
      return Receiver(
        host: configuration.host, port: port, group: group, servers: servers, client: forwarder?.client, work: work)
    } catch {
      for server in servers { try? await server.close() }
      try? await group.shutdownGracefully()
      throw ReceiverError(error, port: configuration.port)
    }
  }

  /// Closes the port and all connections, and gives up what is being forwarded. A second call does nothing.
  public func stop() async {
    for server in servers { try? await server.close() }
    await work.end()
    await client?.shutdown()
    try? await group.shutdownGracefully()
  }

  private static func forwarder(
    _ configuration: ReceiverConfiguration, _ port: Int, _ group: MultiThreadedEventLoopGroup
  ) async throws(ReceiverError) -> Forwarder? {
    guard case .routes(let table) = configuration.answer else { return nil }
    var settings = ReceiverClient.Configuration(uptime: configuration.uptime)
    settings.timeout = configuration.forwardTimeout
    settings.maximumBodyBytes = Forwarder.maximumAnswerBytes
    settings.allowsRemote = true
    settings.verifiesCertificates = configuration.verifiesCertificates
    settings.connections = Forwarder.atATime
    settings.network = configuration.network
    let client = ReceiverClient(settings, group: group)
    do throws(DeliveryFailure) {
      for route in table.routes { try await client.prepare(route.target.text) }
    } catch {
      await client.shutdown()
      throw .target(error.message)
    }
    return Forwarder(
      routes: table, client: client,
      pseudonym: "mittr-\(port)-\(String(UInt64.random(in: .min ... .max), radix: 36))")
  }

  private static func bootstrap(
    _ configuration: ReceiverConfiguration, _ group: MultiThreadedEventLoopGroup, _ work: InFlightRequests,
    answer: @escaping @Sendable (ReceivedRequest) async -> ReceiverResponse
  ) -> ServerBootstrap {
    let connections = Budget(configuration.maximumConnections)
    let budget = Budget(max(configuration.maximumBytesUnderWay, configuration.maximumBodyBytes))
    return ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 128)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // A half-closed connection may still read the answer.
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        guard connections.take() else {
          configuration.onRefusal(.tooManyConnections(configuration.maximumConnections))
          return channel.close()
        }
        channel.closeFuture.whenComplete { _ in connections.giveBack() }
        return channel.eventLoop.makeCompletedFuture {
          var limits = NIOHTTPDecoderLimitConfiguration()
          limits.maxHeaderListSize = RequestHandler.maximumHeaderBytes
          // Added ones would give an answer to HEAD the end of a body that it does not have.
          var encoder = HTTPResponseEncoder.Configuration()
          encoder.automaticallySetFramingHeaders = false
          let opening = ProtocolDetector()
          try channel.pipeline.syncOperations.addHandler(opening)
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withErrorHandling: false, withEncoderConfiguration: encoder, withDecoderLimitConfiguration: limits)
          try channel.pipeline.syncOperations.addHandler(
            RequestHandler(
              configuration, budget, opening,
              answer: { request, promise in work.start(promise) { await answer(request) } }))
        }
      }
  }
}

extension ReceiverError {
  fileprivate init(_ error: any Error, port: Int) {
    switch error {
    case let error as ReceiverError: self = error
    case let error as IOError where error.errnoCode == EADDRINUSE: self = .portInUse(port)
    case let error as IOError where error.errnoCode == EACCES: self = .portNotPermitted(port)
    case let error as IOError where error.errnoCode == EADDRNOTAVAIL: self = .noSuchAddress
    default: self = .system("\(error)")
    }
  }
}
