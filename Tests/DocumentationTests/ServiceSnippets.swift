import AsyncHTTPClient
import Hummingbird
import Logging
import MittrSDK
import Testing

/// The client in a service.
@Suite("The README's service")
struct ServiceSnippets {
  @Test("The lines compile, and nothing is sent where there is nothing")
  func service() async throws {
    func run(
      _ key: String, _ httpClient: HTTPClient, _ logger: Logger, _ router: Router<BasicRequestContext>,
      _ failed: [String]
    ) async throws -> some ApplicationProtocol {
      // snippet
      let mittr = Mittr(apiKey: key, transport: AsyncHTTPTransport(client: httpClient), logger: logger)
      let app = Application(router: router, services: [mittr])  // it is a Service of swift-service-lifecycle
      for try await replayed in mittr.events.replay(failed, concurrency: 8) { print(replayed.item, replayed.result) }
      // end
      return app
    }
    _ = try await run("mtr_test", .shared, Logger(label: "test"), Router(), [])
  }
}
