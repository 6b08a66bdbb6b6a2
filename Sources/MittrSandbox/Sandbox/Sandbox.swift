import Hummingbird

/// A local Mittr server: the REST API, real deliveries, and receivers to deliver to, on a loopback port.
///
/// Any number may run in one process, each with its own database.
/// ```swift
/// try await Sandbox.with { sandbox in
///   print(sandbox.baseURL, sandbox.apiKey)
/// }
/// ```
/// The module `MittrTesting` has `Sandbox.withClient`, which makes a client for it too.
public enum Sandbox {
  /// Starts a sandbox and returns once it answers requests.
  /// - Returns: the running sandbox. It runs until `stop()`; letting go of it does not stop it.
  /// - Throws: `SandboxError` when a setting, the database or the port does not work out.
  public static func start(
    _ configuration: SandboxConfiguration = SandboxConfiguration()
  ) async throws(SandboxError) -> RunningSandbox {
    try configuration.validate()
    let database = try SandboxDatabase(path: configuration.data)
    let services = Services(
      configuration: configuration, database: database,
      clock: configuration.fixedClock.map { .fixed(Timestamp(milliseconds: $0)) } ?? .system,
      identifiers: configuration.deterministicIDs ? .counting : .random)
    do {
      try await Seeder(services: services).seedIfEmpty()
      try await DeliveryQueue(services: services).recover()
    } catch {
      database.close()
      throw .unreadableDatabase(path: configuration.data ?? ":memory:", reason: "\(error)")
    }
    let faults = configuration.faults.map(FaultInjector.init)
    do throws(SandboxError) {
      let server = try await HTTPServer.start(
        .sandbox(services, faults), host: configuration.host, port: configuration.port)
      return RunningSandbox(services: services, server: server, faults: faults)
    } catch {
      database.close()
      throw error
    }
  }

  /// Runs a body against a sandbox, which is stopped before this returns or throws.
  /// - Throws: `SandboxError` when the sandbox does not start, and whatever the body throws.
  @discardableResult
  public static func with<Value>(
    _ configuration: SandboxConfiguration = SandboxConfiguration(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (RunningSandbox) async throws -> Value
  ) async throws -> Value {
    let sandbox = try await start(configuration)
    do {
      let value = try await body(sandbox)
      await sandbox.stop()
      return value
    } catch {
      await sandbox.stop()
      throw error
    }
  }
}
