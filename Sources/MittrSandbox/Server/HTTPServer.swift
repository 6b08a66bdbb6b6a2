import Hummingbird
import Logging
import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The HTTP server, once it listens.
struct HTTPServer: Sendable {
  /// `host:port`
  let authority: String
  private let task: Task<Void, Never>

  /// - Throws: `SandboxError.addressInUse` or `.cannotListen`.
  static func start(_ services: Services) async throws(SandboxError) -> HTTPServer {
    let (host, port) = (services.configuration.host, services.configuration.port)
    let (starts, continuation) = AsyncStream.makeStream(of: Result<Int, SandboxError>.self)
    let application = Application(
      router: router(services),
      configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { channel in continuation.yield(.success(channel.localAddress?.port ?? port)) },
      logger: Logger(label: "mittr-sandbox") { _ in SwiftLogNoOpLogHandler() })
    let task = Task {
      do {
        try await application.run()
      } catch {
        continuation.yield(.failure(Self.failure(error, host: host, port: port)))
      }
      continuation.finish()
    }
    for await start in starts {
      let name = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
      return HTTPServer(authority: "\(name):\(try start.get())", task: task)
    }
    throw .cannotListen(host: host, port: port, reason: "the server ended")
  }

  /// Closes every connection and waits until all requests have ended.
  func stop() async {
    task.cancel()
    await task.value
  }

  private static func router(_ services: Services) -> Router<BasicRequestContext> {
    let router = Router(options: .autoGenerateHeadEndpoints)
    router.add(middleware: AnswerMiddleware(services: services))
    router.add(middleware: APIMiddleware(services: services))
    EventRoutes(services: services).add(to: router)
    EndpointRoutes(services: services).add(to: router)
    PublicRoutes(services: services).add(to: router)
    SandboxRoutes(services: services).add(to: router)
    return router
  }

  private static func failure(_ error: any Error, host: String, port: Int) -> SandboxError {
    guard let error = error as? IOError else { return .cannotListen(host: host, port: port, reason: "\(error)") }
    return error.errnoCode == EADDRINUSE
      ? .addressInUse(host: host, port: port) : .cannotListen(host: host, port: port, reason: error.description)
  }
}
