import Hummingbird

extension Router<BasicRequestContext> {
  /// Everything that a sandbox answers.
  static func sandbox(_ services: Services) -> Router<BasicRequestContext> {
    let router = Router(options: .autoGenerateHeadEndpoints)
    router.add(middleware: AnswerMiddleware(services: services))
    router.add(middleware: APIMiddleware(services: services))
    EventRoutes(services: services).add(to: router)
    EndpointRoutes(services: services).add(to: router)
    PublicRoutes(services: services).add(to: router)
    SandboxRoutes(services: services).add(to: router)
    return router
  }
}
