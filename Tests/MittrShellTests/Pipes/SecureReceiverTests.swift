import Basics
import TestSupport
import Testing

/// Deliveries to a receiver that speaks TLS, from the built executable.
@Suite("A receiver that speaks TLS", .timeLimit(.minutes(2)))
struct SecureReceiverTests {
  /// `openssl s_server` answers nothing but GET.
  private static let delivery =
    #"{method: "GET", target: "/answer", headers: {X-Mittr-Event-ID: "evt_1"}, body: "", eventType: "t"}"#

  private func error(_ script: String, environment: [String: String] = [:]) async throws -> String {
    let end = try await ShellProcess.run(
      "-c", "\(Self.delivery) | \(script) --secret whsec_test | get .error.code", environment: environment)
    #expect(end.status == 3, "\(end.errors)")
    return end.output
  }

  @Test("its certificate must be vouched for, unless --insecure says otherwise; http and https are told apart")
  func certificates() async throws {
    let authority = try TestAuthority()
    let identity = try authority.identity("DNS:localhost")
    let server = try TLSFileServer(identity, answering: #"{"taken":true}"#)
    let url = "https://localhost:\(server.port)"
    #expect(try await error("deliver \(url)") == "untrusted-certificate\n")
    #expect(try await error("deliver http://localhost:\(server.port)") == "tls-expected\n")
    let trusted: [(flag: String, environment: [String: String])] = [
      ("--insecure", [:]), ("", ["SSL_CERT_FILE": authority.file]),
    ]
    for (flag, environment) in trusted {
      let end = try await ShellProcess.run(
        "-o", "jsonl", "-c",
        "\(Self.delivery) | deliver \(url) \(flag) --secret whsec_test | select ok status response.body",
        environment: environment)
      #expect(end.output == #"{"ok":true,"status":200,"response.body":"{\"taken\":true}"}"# + "\n", "\(end.errors)")
    }
    let plain = try ShellProcess(["-c", "listen 0 | get .port; deliveries --follow"])
    let port = await plain.nextOutput().filter(\.isNumber)
    #expect(try await error("deliver https://127.0.0.1:\(port)") == "not-tls\n")
    plain.signal(SIGTERM)
    _ = await plain.end()
    withExtendedLifetime(server) {}
  }

  @Test("listen --forward tells the same, and --insecure passes deliveries on")
  func forwarded() async throws {
    let authority = try TestAuthority()
    let server = try TLSFileServer(try authority.identity("DNS:localhost"), answering: "{}")
    for (flag, status, code) in [("", "502", "untrusted-certificate"), ("--insecure", "200", "null")] {
      let script = """
        let hook = listen 0 --forward https://localhost:\(server.port) \(flag) --secret whsec_test | get .url
        try { \(Self.delivery) | deliver $hook --secret whsec_test | get .status } catch e { null }
        $deliveries[-1].error.code
        """
      let end = try await ShellProcess.run("-c", script)
      #expect(end.lines.first == status && end.lines.last == code, "\(end.output) \(end.errors)")
    }
    withExtendedLifetime(server) {}
  }
}
