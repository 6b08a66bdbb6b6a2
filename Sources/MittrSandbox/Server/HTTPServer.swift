import Basics
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// An HTTP server, once it listens.
struct HTTPServer: Sendable {
  /// `host:port`
  let authority: String
  private let group: ServiceGroup
  private let task: Task<Void, Never>

  /// How long requests under way may take to end by themselves when the server stops.
  private static let grace = Duration.milliseconds(100)

  /// - Parameter port: 0 for any free one.
  /// - Throws: `SandboxError.addressInUse` or `.cannotListen`.
  static func start<Context: RequestContext>(
    _ router: Router<Context>, host: String, port: Int, limits: ServerLimits = ServerLimits()
  ) async throws(SandboxError) -> HTTPServer where Context.Source == ApplicationRequestContextSource {
    let (starts, continuation) = AsyncStream.makeStream(of: Result<Int, SandboxError>.self)
    let logger = Logger(label: "mittr-sandbox") { _ in SwiftLogNoOpLogHandler() }
    let application = Application(
      router: router,
      server: HTTPServerBuilder { responder in
        BoundedHTTP1(limits: limits, responder: responder)
      },
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in continuation.yield(.success(channel.localAddress?.port ?? port)) },
      // One loop for the listening socket and its connections: with several, a connection that is being set up on
      // another loop while the server closes is lost, and NIO traps on a lost connection.
      eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton.next()),
      logger: logger)
    var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
    configuration.maximumGracefulShutdownDuration = grace
    let group = ServiceGroup(configuration: configuration)
    let task = Task {
      do {
        try await group.run()
      } catch {
        continuation.yield(.failure(failure(error, host: host, port: port)))
      }
      continuation.finish()
    }
    for await start in starts {
      let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
      return HTTPServer(authority: "\(name):\(try start.get())", group: group, task: task)
    }
    // Nothing came: the caller's task was cancelled.
    await group.triggerGracefulShutdown()
    await task.value
    throw .cannotListen(host: host, port: port, reason: "cancelled")
  }

  /// Closes idle connections at once and the others when their request has ended, or soon in any case.
  ///
  /// Cancelling the server right away would trap in NIO when a connection has just been accepted.
  func stop() async {
    await group.triggerGracefulShutdown()
    await task.value
  }

  private static func failure(_ error: any Error, host: String, port: Int) -> SandboxError {
    guard let error = error as? IOError else { return .cannotListen(host: host, port: port, reason: "\(error)") }
    return error.errnoCode == EADDRINUSE
      ? .addressInUse(host: host, port: port) : .cannotListen(host: host, port: port, reason: error.description)
  }
}
