import MittrSDK
import NIOSSL
import TestSupport
import Testing

@Suite("Proxies as curl has them", .timeLimit(.minutes(2)))
struct ProxyTests {
  private struct End: Sendable, Equatable {
    var id: String?
    var code: String?
    var message = ""
  }

  private func get(_ url: String, _ network: NetworkConfiguration) async -> End {
    let mittr = Mittr(apiKey: Mittr.testKey, baseURL: url, network: network, retryPolicy: .never)
    let end: End
    do throws(MittrError) {
      end = End(id: try await mittr.events.get("evt_1").id)
    } catch {
      end = End(code: error.code.rawValue, message: error.message)
    }
    await mittr.shutdown()
    return end
  }

  @Test("https goes through a tunnel, with credentials, to a name that only the proxy knows")
  func tunnel() async throws {
    let authority = try TestAuthority()
    let identity = try authority.identity("DNS:api.internal.invalid,DNS:localhost")
    let context = try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem))))
    // user:p@ss
    let proxy = try TestProxy(authorization: "Basic dXNlcjpwQHNz")
    try await LoopbackServer.run(tls: context, reply: .json(#"{"id":"the server"}"#)) { server in
      let url = "https://api.internal.invalid:\(server.port)"
      let variables = ["SSL_CERT_FILE": authority.file, "HTTPS_PROXY": "http://user:p%40ss@\(proxy.address)/"]
      let answer = await get(url, NetworkConfiguration(environment: variables))
      #expect(answer.id == "the server", "\(answer)")
      #expect(proxy.requests.last?.hasPrefix("CONNECT api.internal.invalid:\(server.port) HTTP/1.1\r\n") == true)
      #expect(proxy.requests.allSatisfy { !$0.contains(Mittr.testKey) })
      let count = proxy.requests.count

      let wrong = variables.merging(["HTTPS_PROXY": "http://user:wrong@\(proxy.address)"]) { $1 }
      let refused = await get(url, NetworkConfiguration(environment: wrong))
      #expect(refused.code == "PROXY_AUTHENTICATION_REQUIRED", "\(refused)")
      #expect(!refused.message.contains("wrong"))
      #expect(proxy.requests.count == count + 1)

      // What goes without the proxy, to a name that the machine itself knows.
      let direct = variables.merging(["NO_PROXY": "other.example, localhost:\(server.port)"]) { $1 }
      let own = await get("https://localhost:\(server.port)", NetworkConfiguration(environment: direct))
      #expect(own.id == "the server", "\(own)")
      #expect(proxy.requests.count == count + 1)
    }
  }

  @Test("plain http is passed on by the proxy, which gets the whole URL")
  func relay() async throws {
    let proxy = try TestProxy(authorization: "Basic dTpw")
    let url = "http://api.internal.invalid:4000/prefix"
    let fine = NetworkConfiguration(environment: ["http_proxy": "u:p@\(proxy.address)"])
    #expect(await get(url, fine).id == "by a proxy")
    let head = try #require(proxy.requests.last)
    #expect(head.hasPrefix("GET http://api.internal.invalid:4000/prefix/api/v1/events/evt_1 HTTP/1.1\r\n"))
    #expect(head.contains("\r\nHost: api.internal.invalid:4000\r\n"))
    let bare = NetworkConfiguration(environment: ["all_proxy": proxy.address])
    #expect(await get(url, bare).code == "PROXY_AUTHENTICATION_REQUIRED")
  }

  @Test("a proxy that is not there, opens nothing, answers nonsense or cannot be used is told of")
  func failures() async throws {
    let port = try ReservedPort()
    let gone = NetworkConfiguration(proxy: "http://127.0.0.1:\(port.number)")
    #expect(await get("https://api.internal.invalid", gone).code == "PROXY_FAILED")
    #expect(await get("http://api.internal.invalid", gone).code == "PROXY_FAILED")
    withExtendedLifetime(port) {}
    for number in [0, 7, 99, 101, 200, 302, 407, 500, 999] {
      let server = try SocketServer { connection in
        guard connection.readHead() != nil else { return }
        connection.write(HostileAnswers.status(number))
        connection.finish()
      }
      let network = NetworkConfiguration(proxy: "http://127.0.0.1:\(server.port)")
      let result = await get("https://api.internal.invalid", network).code
      #expect(result?.isEmpty == false, "\(number)")
      withExtendedLifetime(server) {}
    }
    for proxy in [
      "https://127.0.0.1:1", "socks4://a:1", "ftp://a", "http://", "http://a:x", "http://a b", "socks5://u:p@a",
    ] {
      #expect(await get("https://localhost", NetworkConfiguration(proxy: proxy)).code == "INVALID_PROXY")
    }
  }
}
