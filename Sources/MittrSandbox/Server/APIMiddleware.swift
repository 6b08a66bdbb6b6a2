import Hummingbird

/// What every request of the API's routes passes: the count, the rate limit, the key, and the configured latency.
struct APIMiddleware: RouterMiddleware {
  typealias Context = SandboxContext

  let services: Services
  let limiter: RateLimiter?

  init(services: Services) {
    self.services = services
    limiter = services.configuration.rateLimit.map(RateLimiter.init)
  }

  func handle(
    _ request: Request, context: SandboxContext,
    next: (Request, SandboxContext) async throws -> Response
  ) async throws -> Response {
    services.requests.countAPIRequest()
    let decision = limiter?.admit(at: .now)
    var response: Response
    do {
      if services.configuration.latency > .zero { try await Task.sleep(for: services.configuration.latency) }
      if let decision, !decision.isAdmitted { throw APIError.rateLimited(limit: decision.limit) }
      guard key(of: request) == services.configuration.apiKey else { throw APIError.unauthorized }
      response = try await next(request, context)
    } catch {
      // Answered here already, so that errors carry the rate limit's headers too.
      response = Response(APIError(answering: error))
    }
    decision?.addHeaders(to: &response.headers, now: services.clock.now)
    return response
  }

  /// `X-API-Key` wins over `Authorization: Bearer`, even when it is wrong.
  private func key(of request: Request) -> String? {
    if let key = request.headers[named: "X-API-Key"] { return key }
    guard let authorization = request.headers[.authorization],
      authorization.prefix(7).lowercased() == "bearer "
    else { return nil }
    return String(authorization.dropFirst(7))
  }
}
