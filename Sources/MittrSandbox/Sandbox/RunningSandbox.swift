/// A sandbox that answers requests until it is stopped.
public final class RunningSandbox: Sendable {
  /// Such as `http://127.0.0.1:43121`, without a slash at its end.
  public let baseURL: String
  /// The key that it accepts.
  public let apiKey: String

  private let services: Services
  private let server: HTTPServer
  private let worker: Task<Void, Never>

  /// - Parameter faults: what makes deliveries go wrong; nil when nothing does.
  init(services: Services, server: HTTPServer, faults: FaultInjector?) {
    self.services = services
    self.server = server
    baseURL = "http://\(server.authority)"
    apiKey = services.configuration.apiKey
    worker = Task {
      guard services.configuration.delivers else { return services.wakeup.finish() }
      let policy = DestinationPolicy(
        allowRemote: services.configuration.allowRemote, ownAuthority: server.authority)
      let client = DeliveryClient(services: services, policy: policy)
      let queue = DeliveryQueue(services: services)
      await DeliveryWorker(
        queue: queue, client: client, wakeup: services.wakeup, clock: services.clock,
        fault: { delivery in faults?.fault(of: delivery) }
      ).run()
      await client.shutdown()
    }
  }

  /// Waits until no delivery is under way and none is due, so that a test can look at what became of its events.
  /// Retries that are due later are not waited for.
  public func settle() async { await services.wakeup.rest() }

  /// Ends all connections and deliveries, however far they are, and closes the database. Further calls do nothing.
  public func stop() async {
    await endDeliveries()
    await server.stop()
    services.database.close()
  }

  /// Brings everything to disk in a process that is about to exit. Connections are left to the system, which ends them
  /// at once.
  public func prepareForExit() async {
    await endDeliveries()
    services.database.close()
  }

  /// Deliveries end before the server does: many of them go to its own receivers.
  private func endDeliveries() async {
    worker.cancel()
    await worker.value
    try? await DeliveryQueue(services: services).recover()
  }
}
