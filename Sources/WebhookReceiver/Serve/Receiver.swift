import Basics
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// An HTTP server on loopback that takes deliveries in, verifies, keeps and answers them.
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

  public var url: String { "http://127.0.0.1:\(port)" }

  private init(
    port: Int, group: MultiThreadedEventLoopGroup, servers: [any Channel], client: ReceiverClient?,
    work: InFlightRequests
  ) {
    self.port = port
    self.group = group
    self.servers = servers
    self.client = client
    self.work = work
  }

  /// Binds the port, on 127.0.0.1 and, where the machine has it, on ::1.
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
      servers.append(try await bootstrap.bind(host: "127.0.0.1", port: configuration.port).get())
      let port = servers[0].localAddress?.port ?? configuration.port
      if case .forward(let target) = configuration.answer, target.isLoopback(port: port) {
        throw ReceiverError.forwardsToItself
      }
      // Some clients take `localhost` for this address first.
      if let other = try? await bootstrap.bind(host: "::1", port: port).get() { servers.append(other) }
      let forwarder = try await forwarder(configuration, port, group)
      processor.withLock {
        $0 = DeliveryProcessor(
          configuration: configuration, log: log, failureInjector: FailureInjector(count: configuration.failFirst),
          forwarder: forwarder)
      }
      return Receiver(port: port, group: group, servers: servers, client: forwarder?.client, work: work)
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
    guard case .forward(let target) = configuration.answer else { return nil }
    var settings = ReceiverClient.Configuration(uptime: configuration.uptime)
    settings.timeout = configuration.forwardTimeout
    settings.maximumBodyBytes = Forwarder.maximumAnswerBytes
    settings.allowsRemote = true
    settings.connections = Forwarder.atATime
    settings.network = configuration.network
    let client = ReceiverClient(settings, group: group)
    do throws(DeliveryFailure) {
      try await client.prepare(target.text)
    } catch {
      await client.shutdown()
      throw .target(error.message)
    }
    return Forwarder(
      target: target, client: client,
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
        guard connections.take() else { return channel.close() }
        channel.closeFuture.whenComplete { _ in connections.giveBack() }
        return channel.eventLoop.makeCompletedFuture {
          var limits = NIOHTTPDecoderLimitConfiguration()
          limits.maxHeaderListSize = RequestHandler.maximumHeaderBytes
          // Added ones would give an answer to HEAD the end of a body that it does not have.
          var encoder = HTTPResponseEncoder.Configuration()
          encoder.automaticallySetFramingHeaders = false
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(
            withErrorHandling: false, withEncoderConfiguration: encoder, withDecoderLimitConfiguration: limits)
          try channel.pipeline.syncOperations.addHandler(
            RequestHandler(
              configuration, budget, answer: { request, promise in work.start(promise) { await answer(request) } }))
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
    default: self = .system("\(error)")
    }
  }
}
