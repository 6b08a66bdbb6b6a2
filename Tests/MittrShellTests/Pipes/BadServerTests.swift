import TestSupport
import Testing

@Suite("Servers that do not do what they should", .timeLimit(.minutes(2)))
struct BadServerTests {
  private static let key = "mtr_test_8d41f0c2"

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let reply: RawServer.Reply
    let code: String
    /// What else the error says.
    var saying = ""
  }

  static let cases = [
    Case(
      testDescription: "a wrong key, which the answer repeats",
      reply: .response("401 Unauthorized", #"{"error": "bad key \#(key)", "code": "UNAUTHORIZED"}"#),
      code: "UNAUTHORIZED", saying: "check the key in MITTR_API_KEY"),
    Case(
      testDescription: "a body that is not JSON", reply: .response("200 OK", "hello \(key)"), code: "INVALID_RESPONSE"),
    Case(testDescription: "JSON that is no list", reply: .response("200 OK", "[1]"), code: "INVALID_RESPONSE"),
    Case(
      testDescription: "a truncated response",
      reply: .bytesAndClose("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\": ["), code: "CONNECTION_LOST"),
    Case(
      testDescription: "a 500 with HTML",
      reply: .response("500 Internal Server Error", "<html>\(key)\u{1B}[31m</html>"), code: "HTTP_500",
      saying: "the server answered with text that is not JSON"),
    Case(
      testDescription: "too many requests, without Retry-After",
      reply: .response("429 Too Many Requests", #"{"error": "slow down", "code": "RATE_LIMITED"}"#),
      code: "RATE_LIMITED", saying: "slow down"),
    Case(
      testDescription: "too many requests, with a Retry-After too long to be waited out",
      reply: .response(
        "429 Too Many Requests", #"{"error": "slow down", "code": "RATE_LIMITED"}"#, headers: ["Retry-After: 3600"]),
      code: "RATE_LIMITED", saying: "wait 3600 s and try again"),
    Case(
      testDescription: "a redirect",
      reply: .response("302 Found", "", headers: ["Location: http://127.0.0.1:1/"]), code: "HTTP_302",
      saying: "the server redirects to http://127.0.0.1:1/; redirects are not followed"),
    Case(
      testDescription: "a cursor that goes round in a circle",
      reply: .response("200 OK", #"{"data": [], "pagination": {"hasMore": true, "cursor": "c"}}"#),
      code: "INVALID_RESPONSE", saying: "the list would never end"),
    Case(
      testDescription: "something that is not HTTP", reply: .bytesAndClose("SSH-2.0-x\r\n\r\n"),
      code: "INVALID_RESPONSE"),
    Case(testDescription: "a connection that ends at once", reply: .bytesAndClose(""), code: "CONNECTION_LOST"),
  ]

  @Test("each is an error with its code on stderr and exit status 1, and never shows the key", arguments: cases)
  func answers(_ test: Case) async throws {
    let server = try RawServer(test.reply)
    try await expectError(test.code, saying: test.saying, url: server.url)
    #expect(server.requests.allSatisfy { $0.contains(Self.key) })
    #expect(!server.requests.isEmpty)
  }

  @Test("so is a server that is not there")
  func unreachable() async throws {
    let port = try ReservedPort()
    let url = "http://127.0.0.1:\(port.number)"
    try await expectError("CONNECTION_REFUSED", saying: "check --base-url or MITTR_BASE_URL", url: url)
    withExtendedLifetime(port) {}
  }

  private func expectError(
    _ code: String, saying text: String, url: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    for mode in ["auto", "json"] {
      let end = try await ShellProcess.run(
        "-o", mode, "-c", "events list --all",
        environment: ["MITTR_BASE_URL": url, "MITTR_API_KEY": Self.key])
      #expect(end.status == 1, sourceLocation: sourceLocation)
      #expect(end.output == "", sourceLocation: sourceLocation)
      #expect(end.errors.hasPrefix("error[\(code)]: "), sourceLocation: sourceLocation)
      #expect(end.errors.contains("\n --> -c:1:1\n1 | events list --all\n"), sourceLocation: sourceLocation)
      #expect(text.isEmpty || end.errors.contains(text), "\(end.errors)", sourceLocation: sourceLocation)
      #expect(!end.errors.contains(Self.key) && !end.errors.contains("\u{1B}"), sourceLocation: sourceLocation)
    }
  }
}
