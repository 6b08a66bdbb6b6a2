import Hummingbird

extension Router<SandboxContext> {
  /// Everything that a sandbox answers.
  static func sandbox(_ services: Services) -> Router<SandboxContext> {
    let router = Router(context: SandboxContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: AnswerMiddleware(services: services))
    router.add(middleware: APIMiddleware(services: services))
    if let faults = services.faults { router.add(middleware: FaultMiddleware(injector: faults, clock: services.clock)) }
    EventRoutes(services: services).add(to: router)
    EndpointRoutes(services: services).add(to: router)
    PublicRoutes(services: services).add(to: router)
    SandboxRoutes(services: services).add(to: router)
    return router
  }
}
