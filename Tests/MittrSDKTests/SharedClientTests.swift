import AsyncHTTPClient
import MittrSDK
import NIOCore
import NIOPosix
import NIOSSL
import OrderedJSON
import TestSupport
import Testing

@Suite("The application's own HTTP client, and its event loops", .timeLimit(.minutes(1)))
struct SharedClientTests {
  private func withClient<Value>(
    _ configuration: HTTPClient.Configuration = .init(), _ body: (HTTPClient) async throws -> Value
  ) async throws -> Value {
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let result: Result<Value, any Error>
    do { result = .success(try await body(client)) } catch { result = .failure(error) }
    // What a test has shut down is shut down.
    try? await client.shutdown()
    return try result.get()
  }

  @Test("requests go over the client's connections, and shutting down Mittr leaves the client alone")
  func shared() async throws {
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { server in
      try await withClient { client in
        let mittr = Mittr(
          apiKey: Mittr.testKey, baseURL: server.url, transport: AsyncHTTPTransport(client: client))
        _ = try await mittr.events.get("evt_1")
        let response = try await client.execute(HTTPClientRequest(url: server.url), timeout: .seconds(30))
        _ = try await response.body.collect(upTo: 1000)
        #expect(server.connectionCount == 1)
        await mittr.shutdown()
        let transport = AsyncHTTPTransport(client: client)
        await transport.shutdown()
        let other = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: AsyncHTTPTransport(client: client))
        #expect(try await other.events.get("evt_1").json["id"] == "evt_1")
        let ended = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: transport)
        #expect(await failure { () throws(MittrError) in try await ended.events.get("evt_1") }?.code == "SHUT_DOWN")
      }
    }
  }

  @Test("a client that was shut down is told of by a code, and nothing was done")
  func shutDown() async throws {
    try await withClient { client in
      try await client.shutdown()
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: "http://127.0.0.1:9", transport: AsyncHTTPTransport(client: client))
      let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
      #expect(error?.code == "SHUT_DOWN")
      #expect(error?.isOutcomeUnknown == false)
    }
  }

  @Test("nobody listening is known to have done nothing")
  func refused() async throws {
    let port = try ReservedPort()
    try await withClient { client in
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: "http://127.0.0.1:\(port.number)",
        transport: AsyncHTTPTransport(client: client), retryPolicy: .never, timeout: .milliseconds(500))
      let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
      #expect(error != nil)
      #expect(error?.isOutcomeUnknown == false)
    }
    withExtendedLifetime(port) {}
  }

  @Test("a client that follows redirects does not, so that the key goes nowhere else", arguments: [0, 10_000])
  func redirect(bodyBytes: Int) async throws {
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { elsewhere in
      let redirect = LoopbackServer.Reply.json(
        String(repeating: " ", count: bodyBytes), status: "307 Temporary Redirect",
        headers: ["Location: \(elsewhere.url)/"])
      try await LoopbackServer.run(reply: redirect) { server in
        try await withClient { client in
          let mittr = Mittr(
            apiKey: Mittr.testKey, baseURL: server.url, transport: AsyncHTTPTransport(client: client))
          let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
          #expect(error?.status == 307)
          #expect(error?.message.contains("redirect") == true)
          #expect(elsewhere.connectionCount == 0)
        }
      }
    }
  }

  @Test("cancelling, limits and a lost answer mean what they mean elsewhere")
  func failures() async throws {
    try await LoopbackServer.run(reply: .json(String(repeating: "1", count: 5000))) { server in
      try await withClient { client in
        let transport = AsyncHTTPTransport(client: client, limits: .init(maximumResponseBytes: 1000))
        let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: transport)
        #expect(
          await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }?.code == "RESPONSE_TOO_LARGE")
      }
    }
    try await LoopbackServer.run(reply: .init(bytes: "", closes: true)) { server in
      try await withClient { client in
        let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: AsyncHTTPTransport(client: client))
        #expect(
          await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }?.code == "OUTCOME_UNKNOWN")
      }
    }
    try await LoopbackServer.run(reply: .silence) { server in
      try await withClient { client in
        let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: AsyncHTTPTransport(client: client))
        let call = Task { await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") } }
        for await case .request in server.occurrences { break }
        call.cancel()
        let error = await call.value
        #expect(error?.code == "CANCELLED")
        #expect(error?.isOutcomeUnknown == true)
      }
    }
  }

  @Test("a group of the application's does the work, and is left alone")
  func group() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    try await LoopbackServer.run(reply: .json(#"{"id":"evt_1"}"#)) { server in
      let transport = AsyncHTTPTransport(eventLoopGroup: group, limits: .init(connectionsPerHost: 8))
      _ = try await Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: transport).events.get("evt_1")
      await transport.shutdown()
      #expect(try await group.any().submit { true }.get())
    }
    try await group.shutdownGracefully()
  }

  /// Runs a TLS server that shows a certificate of the authority's.
  private func withTLS<Value: Sendable>(
    _ authority: TestAuthority, _ change: (inout TLSConfiguration) throws -> Void = { _ in },
    _ body: (LoopbackServer) async throws -> Value
  ) async throws -> Value {
    let identity = try authority.identity("DNS:localhost")
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem)))
    try change(&configuration)
    return try await LoopbackServer.run(
      tls: try NIOSSLContext(configuration: configuration), reply: .json(#"{"id":"evt_1"}"#), body)
  }

  private func get(_ server: LoopbackServer, _ transport: AsyncHTTPTransport) async -> MittrError? {
    let mittr = Mittr(
      apiKey: Mittr.testKey, baseURL: "https://localhost:\(server.port)", transport: transport, retryPolicy: .never)
    let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
    await transport.shutdown()
    return error
  }

  @Test("a configuration may change much, but not that certificates are verified and redirects are not followed")
  func configure() async throws {
    try await withTLS(TestAuthority()) { server in
      let transport = AsyncHTTPTransport { configuration in
        configuration.tlsConfiguration?.certificateVerification = .none
        configuration.tlsConfiguration?.minimumTLSVersion = .tlsv1
      }
      #expect(await get(server, transport)?.code == "TLS_UNKNOWN_AUTHORITY")
      let bare = AsyncHTTPTransport { $0.tlsConfiguration = nil }
      #expect(await get(server, bare)?.code == "TLS_UNKNOWN_AUTHORITY")
    }
    try await LoopbackServer.run(reply: .json("", status: "302 Found", headers: ["Location: /elsewhere"])) { server in
      let transport = AsyncHTTPTransport { $0.redirectConfiguration = .follow(max: 5, allowCycles: true) }
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: server.url, transport: transport)
      #expect(await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }?.status == 302)
      await transport.shutdown()
    }
  }

  @Test("a server that asks who calls is shown the client's certificate")
  func clientCertificate() async throws {
    let authority = try TestAuthority()
    let identity = try authority.identity("DNS:client")
    try await withTLS(
      authority,
      { configuration in
        configuration.certificateVerification = .noHostnameVerification
        configuration.trustRoots = .file(authority.file)
      },
      { server in
        let certificate = ClientCertificate(certificateFile: identity.certificate, keyFile: identity.key)
        let trusting = NetworkConfiguration(caFile: authority.file)
        #expect(await get(server, AsyncHTTPTransport(network: trusting)) != nil)
        #expect(await get(server, AsyncHTTPTransport(network: trusting.showing(certificate))) == nil)
        let both = NetworkConfiguration(caFile: authority.file, clientCertificate: certificate)
        #expect(await get(server, AsyncHTTPTransport(network: both)) == nil)
      })
  }

  @Test("a client certificate that cannot be used is told of, and its key is not")
  func unusableCertificate() async throws {
    let authority = try TestAuthority()
    let identity = try authority.identity("DNS:client")
    for (certificate, saying) in [
      (ClientCertificate(certificateFile: "/nowhere.pem"), "cannot read /nowhere.pem"),
      (ClientCertificate(certificateFile: identity.key), "holds no certificate"),
      (ClientCertificate(certificateFile: identity.certificate), "holds no private key"),
    ] {
      let transport = AsyncHTTPTransport(network: NetworkConfiguration(clientCertificate: certificate))
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: "https://localhost:9", transport: transport)
      let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
      #expect(error?.code == "INVALID_CLIENT_CERTIFICATE")
      #expect(error?.message.contains(saying) == true, "\(error?.message ?? "")")
      await transport.shutdown()
    }
  }
}
