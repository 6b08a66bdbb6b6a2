import MittrSandbox
import TestSupport
import Testing

@Suite("Hosts and origins")
struct HostTests {
  @Test(
    "requests for another host are refused, and those from its web pages",
    arguments: [
      ("Host: localhost", 200), ("Host: localhost:1", 200), ("Host: LocalHost.", 200), ("Host: 127.0.0.1:99", 200),
      ("Host: 127.8.9.10", 200), ("Host: [::1]", 200), ("Host: [0:0:0:0:0:0:0:1]:80", 200),
      ("Host: sandbox.localhost", 200), ("Host: mittr.example:8080", 200), ("Host: MITTR.example.", 200),
      ("Host: evil.example", 403), ("Host: evil.example:80", 403), ("Host: localhost.evil.example", 403),
      ("Host: 127.0.0.1.evil.example", 403), ("Host: localhost@evil.example", 403), ("Host: evil@localhost", 403),
      ("Host: ", 403), ("Host: 10.0.0.1", 403), ("Host: 0.0.0.0", 403), ("Host: [::2]", 403), ("Host: [::1", 403),
      ("Host: localhost:port", 403), ("Host: localhost/x", 403), ("Host: a.mittr.example", 403),
      ("Host: localhost..", 403), ("Host: .", 403), ("Host: local\u{131}host", 403),
      ("Host: localhost\r\nHost: localhost", 400), ("Host: localhost\r\nHost: evil.example", 400), ("X: y", 400),
      ("Host: localhost\r\nOrigin: http://localhost:3000", 200), ("Host: localhost\r\nOrigin: https://127.0.0.1", 200),
      ("Host: localhost\r\nOrigin: http://mittr.example", 200), ("Host: localhost\r\nOrigin: null", 403),
      ("Host: localhost\r\nOrigin: https://evil.example", 403), ("Host: localhost\r\nOrigin: localhost", 403),
      ("Host: localhost\r\nOrigin: file://localhost", 403),
      ("Host: localhost\r\nOrigin: http://localhost\r\nOrigin: http://evil.example", 403),
    ])
  func hosts(headers: String, status: Int) async throws {
    try await Sandbox.with(configuration { $0.allowedHosts = ["mittr.example"] }) { sandbox in
      let port = try #require(Int(sandbox.baseURL.split(separator: ":")[2]))
      for path in ["/api/v1/events", "/health", "/_sandbox/stats", "/openapi.json", "/nothing"] {
        let answer = try await RawClient.exchange(
          port, "GET \(path) HTTP/1.1\r\n\(headers)\r\nX-API-Key: mtr_sandbox\r\nConnection: close\r\n\r\n")
        let expected = status == 200 && path == "/nothing" ? 404 : status
        #expect(answer.hasPrefix("HTTP/1.1 \(expected) "), "\(path): \(answer)")
        if expected == 403 { #expect(answer.contains(#""code":"FORBIDDEN""#)) }
      }
    }
  }

  @Test("a request of HTTP/1.0 needs no host; a target with a host counts as one")
  func otherForms() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let port = try #require(Int(sandbox.baseURL.split(separator: ":")[2]))
      let old = try await RawClient.exchange(port, "GET /health HTTP/1.0\r\n\r\n")
      #expect(old.hasPrefix("HTTP/1.1 200 "))
      for (authority, status) in [("localhost:1", 200), ("evil.example", 403), ("evil@localhost", 403), ("", 403)] {
        let answer = try await RawClient.exchange(
          port, "GET http://\(authority)/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(authority)")
      }
    }
  }

  @Test("what is no host cannot be allowed", arguments: ["", "a b", "http://a", "a:80", "a@b", "*", "[::1"])
  func notHosts(name: String) async throws {
    await #expect(throws: SandboxError.invalidConfiguration("'\(name)' is not a host's name or address")) {
      try await Sandbox.start(configuration { $0.allowedHosts = [name] })
    }
  }
}
