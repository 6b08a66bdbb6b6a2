import Basics
import HTTPTypes
import Hummingbird

/// Refuses requests for another host, or from a web page of another one.
struct HostMiddleware: RouterMiddleware {
  typealias Context = SandboxContext

  let allowed: AllowedHosts

  func handle(
    _ request: Request, context: SandboxContext,
    next: (Request, SandboxContext) async throws -> Response
  ) async throws -> Response {
    let hosts = [request.head.authority].compactMap(\.self)
    let origins = request.headers[values: .origin]
    guard allowed.allow(hosts: hosts, origins: origins, address: context.channel.localAddress?.ipAddress) else {
      throw APIError.foreignHost
    }
    return try await next(request, context)
  }
}
