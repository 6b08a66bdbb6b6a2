import MittrSDK

/// Says when a request is about to change something on the server.
final class ChangeNotingTransport: Transport {
  let network: NetworkConfiguration
  private let transport: AsyncHTTPTransport
  private let beginChange: @Sendable () -> Void

  init(_ network: NetworkConfiguration, _ beginChange: @escaping @Sendable () -> Void) {
    self.network = network
    self.beginChange = beginChange
    transport = AsyncHTTPTransport(network: network)
  }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    if request.method != "GET" { beginChange() }
    return try await transport.send(request)
  }

  func shutdown() async { await transport.shutdown() }
}
