import MittrSDK
import NIOSSL
import TestSupport
import Testing

@Suite("TLS as it is found on private networks", .timeLimit(.minutes(2)))
struct TLSTests {
  /// Asks a TLS server once.
  private func ask(
    _ identity: TestAuthority.Identity, host: String = "localhost", trusting network: NetworkConfiguration,
    _ change: (inout TLSConfiguration) -> Void = { _ in }
  ) async throws -> MittrError? {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem)))
    change(&configuration)
    let context = try NIOSSLContext(configuration: configuration)
    return try await LoopbackServer.run(tls: context, reply: .json(#"{"id":"evt_1"}"#)) { server in
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: "https://\(host):\(server.port)", network: network, retryPolicy: .never)
      let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
      await mittr.shutdown()
      return error
    }
  }

  private func expect(_ error: MittrError?, _ code: MittrError.Code, saying text: String) {
    #expect(error?.code == code)
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    #expect(error?.isOutcomeUnknown == false)
    // No words of a library, and none of the machine that it was built on.
    for word in ["NIO", "BoringSSL", "SSL routines", "error:", ".cc", ".swift", "OPENSSL"] {
      #expect(error?.message.contains(word) == false, "\(error?.message ?? "")")
    }
  }

  @Test("an authority of one's own is trusted by its file, by a folder, and by SSL_CERT_FILE and SSL_CERT_DIR")
  func trusted() async throws {
    let authority = try TestAuthority()
    let identity = try authority.identity("DNS:localhost,IP:127.0.0.1")
    let folder = String(authority.file.dropLast("/ca.pem".count))
    for network in [
      NetworkConfiguration(caFile: authority.file), NetworkConfiguration(caFolder: folder),
      NetworkConfiguration(environment: ["SSL_CERT_FILE": authority.file]),
      NetworkConfiguration(environment: ["SSL_CERT_DIR": folder]),
      NetworkConfiguration(environment: ["SSL_CERT_DIR": "\(folder)/nowhere:\(folder):"]),
    ] {
      for host in ["localhost", "127.0.0.1"] {
        #expect(try await ask(identity, host: host, trusting: network) == nil)
      }
    }
  }

  @Test("each way in which a certificate is worth nothing has a sentence and a code")
  func refused() async throws {
    let authority = try TestAuthority()
    let network = NetworkConfiguration(caFile: authority.file)
    let names = "DNS:localhost"
    expect(
      try await ask(
        try authority.identity(names, validity: ("20200101000000Z", "20210102000000Z")), trusting: network),
      "TLS_CERTIFICATE_EXPIRED", saying: "expired on 2021-01-02")
    expect(
      try await ask(
        try authority.identity(names, validity: ("20480101000000Z", "20490102000000Z")), trusting: network),
      "TLS_CERTIFICATE_NOT_YET_VALID", saying: "not valid before 2048-01-01")
    expect(
      try await ask(try authority.selfSigned(names), trusting: network), "TLS_SELF_SIGNED", saying: "signed by itself")
    let good = try authority.identity(names)
    expect(
      try await ask(good, trusting: NetworkConfiguration()), "TLS_UNKNOWN_AUTHORITY", saying: "SSL_CERT_FILE")
    expect(
      try await ask(good, host: "127.0.0.1", trusting: network), "TLS_WRONG_HOST", saying: "not made for 127.0.0.1")
    let other = try authority.identity("DNS:elsewhere.example")
    expect(try await ask(other, trusting: network), "TLS_WRONG_HOST", saying: "not made for localhost")
    expect(
      try await ask(good, trusting: network) {
        $0.minimumTLSVersion = .tlsv1
        $0.maximumTLSVersion = .tlsv11
      }, "TLS_TOO_OLD", saying: "as new as 1.2")
    #expect(try await ask(good, trusting: network) { $0.maximumTLSVersion = .tlsv12 } == nil)
  }

  @Test("http where TLS is spoken, and https where it is not, each says what to write")
  func schemes() async throws {
    let authority = try TestAuthority()
    let identity = try authority.identity("DNS:localhost")
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))))
    try await LoopbackServer.run(tls: context, reply: .json("{}")) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: "http://localhost:\(server.port)", retryPolicy: .never)
      let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
      expect(error, "TLS_EXPECTED", saying: "write https:// in place of http://")
      await mittr.shutdown()
    }
    let plain = LoopbackServer.Reply.json("{}", status: "400 Bad Request")
    try await LoopbackServer.run(reply: plain) { server in
      let mittr = Mittr(apiKey: Mittr.testKey, baseURL: "https://localhost:\(server.port)", retryPolicy: .never)
      let error = await failure { () throws(MittrError) in try await mittr.events.replay("evt_1") }
      expect(error, "TLS_NOT_SPOKEN", saying: "write http:// if that is meant")
      await mittr.shutdown()
    }
  }

  @Test("authorities that cannot be had are told of, with their file")
  func authorities() async throws {
    let folder = try TemporaryFolder()
    let empty = folder.write("nothing\n", to: "empty.pem")
    let broken = folder.write("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", to: "broken.pem")
    for file in [empty, broken, folder.path + "/missing.pem", folder.path, "/dev/zero"] {
      let mittr = Mittr(
        apiKey: Mittr.testKey, baseURL: "https://127.0.0.1:1", network: NetworkConfiguration(caFile: file),
        retryPolicy: .never)
      let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
      expect(error, "INVALID_CA_FILE", saying: file)
      await mittr.shutdown()
    }
  }
}
