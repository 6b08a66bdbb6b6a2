import Basics
import Hummingbird

extension Router<SandboxContext> {
  /// Everything that a sandbox answers.
  /// - Parameter faults: what makes requests fail; nil when nothing does.
  static func sandbox(_ services: Services, _ faults: FaultInjector?) -> Router<SandboxContext> {
    let router = Router(context: SandboxContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: AnswerMiddleware(services: services))
    router.add(middleware: HostMiddleware(allowed: AllowedHosts(services.configuration.ownHosts)))
    // The key is asked for by the routes themselves: however a path is spelled, what leads to them passes it.
    let api = router.group("api").add(middleware: APIMiddleware(services: services))
    if let faults { api.add(middleware: FaultMiddleware(injector: faults, clock: services.clock)) }
    EventRoutes(services: services).add(to: api)
    EndpointRoutes(services: services).add(to: api)
    for path in ["", "v1", "**"] { api.nothing(RouterPath(path)) }
    PublicRoutes(services: services).add(to: router)
    SandboxRoutes(services: services, faults: faults).add(to: router)
    return router
  }
}
