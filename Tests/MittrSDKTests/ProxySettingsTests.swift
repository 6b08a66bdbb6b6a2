import Testing

@testable import OutboundHTTP

@Suite("Which proxy leads where")
struct ProxySettingsTests {
  private func origin(_ url: String) throws -> Origin { try #require(Origin(url), "\(url)") }

  @Test(
    "a variable in lower case goes before one in upper case, one for the scheme before one for all",
    arguments: [
      (["http_proxy": "a", "HTTP_PROXY": "b"], "http://x", "a:1080"),
      (["HTTP_PROXY": "b"], "http://x", "b:1080"),
      (["http_proxy": "", "HTTP_PROXY": "b"], "http://x", "b:1080"),
      (["HTTP_PROXY": "b", "ALL_PROXY": "c"], "https://x", "c:1080"),
      (["https_proxy": "a:1", "HTTPS_PROXY": "b", "all_proxy": "c"], "https://x", "a:1"),
      (["all_proxy": "c", "ALL_PROXY": "d"], "http://x", "c:1080"),
      (["HTTPS_PROXY": "b"], "http://x", nil),
      ([:], "http://x", nil),
      // What a web server makes of a client's `Proxy` header.
      (["HTTP_PROXY": "b", "REQUEST_METHOD": "GET"], "http://x", nil),
      (["http_proxy": "a", "REQUEST_METHOD": "GET"], "http://x", "a:1080"),
    ] as [([String: String], String, String?)])
  func variables(_ environment: [String: String], _ url: String, _ expected: String?) throws {
    let proxy = try ProxySettings(environment: environment).proxy(to: origin(url))
    #expect(proxy.map { "\($0.host):\($0.port)" } == expected)
  }

  @Test(
    "no_proxy: hosts, domains, ports, addresses and blocks of them",
    arguments: [
      ("example.com", "http://example.com", true), ("example.com", "http://EXAMPLE.com.", true),
      ("example.com", "http://api.example.com", true), ("example.com", "http://notexample.com", false),
      ("example.com", "http://example.com.evil.test", false), (".example.com", "https://example.com", true),
      (".example.com", "https://a.b.example.com", true), ("*.example.com", "https://a.example.com", true),
      ("example.com:8443", "https://example.com:8443", true), ("example.com:8443", "https://example.com", false),
      ("example.com:443", "https://example.com", true), ("a, b  c\td", "http://d", true), (",,", "http://d", false),
      ("*", "https://anything.test", true), ("*x", "https://x", false),
      ("10.0.0.0/8", "http://10.255.1.2", true), ("10.0.0.0/8", "http://11.0.0.1", false),
      ("10.0.0.0/8", "http://10.example.com", false), ("192.168.1.5/32", "http://192.168.1.5", true),
      ("0.0.0.0/0", "http://8.8.8.8", true), ("10.0.0.0/33", "http://10.0.0.1", false),
      ("10.0.0.0/x", "http://10.0.0.1", false), ("0.0.1", "http://10.0.0.1", false),
      ("127.0.0.1", "http://127.0.0.1:9", true), ("127.0.0.1:9", "http://127.0.0.1:8", false),
      ("::1", "http://[::1]:4000", true), ("[::1]", "http://[0:0::1]", true), ("[::1]:1", "http://[::1]:2", false),
      ("fd00::/8", "http://[fd12::1]", true), ("fd00::/8", "http://[fe80::1]", false),
      ("localhost", "http://localhost:4000", true), ("localhost", "http://127.0.0.1", false),
    ])
  func exclusions(_ words: String, _ url: String, _ isCovered: Bool) throws {
    #expect(ProxyExclusions(words).cover(try origin(url)) == isCovered)
  }
}
