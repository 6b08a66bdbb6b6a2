import Basics
import OutboundHTTP
import TestSupport
import Testing
import WebhookReceiver

/// What comes back of a delivery, and each way in which nothing does.
@Suite("A client of receivers", .timeLimit(.minutes(1)))
struct ReceiverClientTests {
  private func send(
    _ url: String, body: String = "{}", _ change: (inout ReceiverClient.Configuration) -> Void = { _ in }
  ) async -> Result<DeliveryAnswer, DeliveryFailure> {
    var configuration = ReceiverClient.Configuration(uptime: { .zero })
    configuration.timeout = .seconds(20)
    change(&configuration)
    let client = ReceiverClient(configuration)
    let result: Result<DeliveryAnswer, DeliveryFailure>
    do throws(DeliveryFailure) {
      result = .success(
        try await client.send(DeliveryRequest(url: url, headers: [("X-Test", "1")], body: Array(body.utf8))))
    } catch {
      result = .failure(error)
    }
    await client.shutdown()
    return result
  }

  private func failure(
    _ url: String, _ change: (inout ReceiverClient.Configuration) -> Void = { _ in }
  ) async -> DeliveryFailure.Code? {
    if case .failure(let failure) = await send(url, change) { failure.code } else { nil }
  }

  private func failure(answering text: String) async throws -> DeliveryFailure.Code? {
    let server = try server(text)
    let code = await failure("http://127.0.0.1:\(server.port)/")
    return withExtendedLifetime(server) { code }
  }

  /// A server that reads a request's head, says something, and ends.
  private func server(_ answer: String) throws -> SocketServer {
    try SocketServer { connection in
      _ = connection.readHead()
      connection.write(answer)
    }
  }

  @Test("status, headers and body of whatever is answered come back; a redirect is not followed")
  func answers() async throws {
    let other = try server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    for (line, status) in [("200 OK", 200), ("302 Found", 302), ("404 Not Found", 404), ("503 No", 503)] {
      let text = "HTTP/1.1 \(line)\r\nLocation: \(other.url)\r\nX-A: 1\r\nX-A: 2\r\nContent-Length: 4\r\n\r\nbody"
      let server = try server(text)
      let answer = try await send(server.url + "/hook").get()
      #expect(answer.status == status)
      #expect(answer.headers.filter { $0.name == "X-A" }.map(\.value) == ["1", "2"])
      #expect(answer.body == Array("body".utf8))
      #expect(!answer.isCut)
      #expect(answer.isSuccess == (status == 200))
    }
    #expect(other.connectionCount == 0)
  }

  @Test("of a long body the beginning is kept")
  func longBody() async throws {
    let server = try SocketServer { connection in
      _ = connection.readHead()
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      while connection.write(String(repeating: "x", count: 4096)) {}
    }
    let answer = try await send(server.url) { $0.maximumBodyBytes = 10_000 }.get()
    #expect(answer.body == [UInt8](repeating: UInt8(ascii: "x"), count: 10_000))
    #expect(answer.isCut)
  }

  @Test("an answer that comes in a trickle has as much time as any other")
  func trickle() async throws {
    let server = try SocketServer { connection in
      _ = connection.readHead()
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
      while connection.write("x") { usleep(1000) }
    }
    #expect(await failure(server.url) { $0.timeout = .milliseconds(200) } == .timeout)
    withExtendedLifetime(server) {}
  }

  @Test(
    "no method breaks out of the request's first line", arguments: ["", "GET /a HTTP/1.1\r\nX: ", "P T", "CONNECT"])
  func methods(method: String) async throws {
    let server = try server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    let client = ReceiverClient(ReceiverClient.Configuration(uptime: { .zero }))
    await #expect(throws: DeliveryFailure.self) {
      try await client.send(DeliveryRequest(method: method, url: server.url))
    }
    await client.shutdown()
    #expect(server.connectionCount == 0)
  }

  @Test("each failure has a code of its own")
  func failures() async throws {
    let port = try ReservedPort()
    #expect(await failure("http://127.0.0.1:\(port.number)/x") == .refused)
    #expect(await failure("http://no-such-host.invalid/") == .noSuchHost)
    #expect(try await failure(answering: "") == .closed)
    #expect(try await failure(answering: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf") == .closed)
    #expect(try await failure(answering: "what is this\r\n\r\n") == .badResponse)
    #expect(try await failure(answering: "HTTP/1.1 042 Odd\r\n\r\n") == .badResponse)
    let silent = try SocketServer { connection in while connection.readHead() != nil {} }
    #expect(await failure(silent.url) { $0.timeout = .milliseconds(50) } == .timeout)
    // It says so at once: whoever waits for the head of a request gets a handshake, and waits for ever.
    let plain = try SocketServer { connection in
      connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
      connection.finish()
    }
    #expect(await failure("https://127.0.0.1:\(plain.port)/") == .notTLS)
  }

  @Test("no other machine is posted to, by whatever spelling of its address, unless that is allowed")
  func otherMachines() async throws {
    let elsewhere = HostResolver { _ in "192.0.2.7" }
    for url in ["http://receiver.example/", "https://receiver.example/", "http://3221225991/", "http://0xC0000207:80/"]
    {
      #expect(await failure(url) { $0.resolver = elsewhere } == .remoteNotAllowed, "\(url)")
    }
    for url in ["http://192.0.2.7/", "http://3221225991/", "http://[::ffff:192.0.2.7]/", "http://[2001:db8::1]:80/"] {
      #expect(await failure(url) == .remoteNotAllowed, "\(url)")
    }
  }

  @Test("of any address, in any spelling, this machine's alone are posted to")
  func anyAddress() async throws {
    var generator = SplitMix64(seed: 7)
    for _ in 0..<200 {
      let parts = (0..<4).map { place in
        place == 0
          ? UInt8([10, 100, 126, 128, 169, 172, 192, 203].randomElement(using: &generator) ?? 8)
          : UInt8.random(in: 0...255, using: &generator)
      }
      let number = parts.reduce(0) { $0 << 8 | UInt32($1) }
      let octal = parts.map { "0" + String($0, radix: 8) }.joined(separator: ".")
      let hexadecimal = parts.map { "0x" + String($0, radix: 16) }.joined(separator: ".")
      let dotted = parts.map(String.init).joined(separator: ".")
      let spellings = [dotted, "\(number)", "0x" + String(number, radix: 16), octal, hexadecimal, "[::ffff:\(dotted)]"]
      for host in spellings { #expect(await failure("http://\(host):9/") == .remoteNotAllowed, "\(host)") }
    }
  }

  @Test("this machine is reached by every name and address of its own")
  func thisMachine() async throws {
    let server = try server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    for host in ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "a.localhost"] {
      let result = await send("http://\(host):\(server.port)/")
      #expect((try? result.get().status) == 200, "\(host): \(result)")
    }
    let named = await send("http://my.test:\(server.port)/") { $0.resolver = HostResolver { _ in "127.0.0.1" } }
    #expect((try? named.get().status) == 200)
  }
}

@Suite("Where deliveries go")
struct ForwardTargetTests {
  @Test(
    "short forms of a URL of this machine",
    arguments: [
      ("localhost:3000", "http://localhost:3000"), (":3000", "http://localhost:3000"),
      (":3000/hook?a=1", "http://localhost:3000/hook?a=1"), ("127.0.0.1:80/x", "http://127.0.0.1:80/x"),
      ("[::1]:80", "http://[::1]:80"), ("https://localhost", "https://localhost"),
    ])
  func short(text: String, url: String) {
    #expect(ForwardTarget(text)?.text == url)
  }

  @Test(
    "what is no URL",
    arguments: ["", "localhost", "3000", ":", ":x", "ftp://a:1", "a b:1", "u@h:1", "http://", ":70000"])
  func wrong(text: String) {
    #expect(ForwardTarget(text) == nil)
  }

  @Test("a path of the URL counts, and else the delivery's own")
  func paths() {
    #expect(ForwardTarget(":3000")?.url(forTarget: "/hook?a=1") == "http://localhost:3000/hook?a=1")
    #expect(ForwardTarget(":3000/")?.url(forTarget: "/hook") == "http://localhost:3000/hook")
    #expect(ForwardTarget(":3000/other")?.url(forTarget: "/hook") == "http://localhost:3000/other")
  }

  @Test("a pattern fits what a search trying every place finds")
  func patterns() {
    func matches(_ pattern: Substring, _ text: Substring) -> Bool {
      guard let first = pattern.first else { return text.isEmpty }
      let rest = pattern.dropFirst()
      if first == "*" { return matches(rest, text) || !text.isEmpty && matches(pattern, text.dropFirst()) }
      return first == text.first && matches(rest, text.dropFirst())
    }
    var generator = SplitMix64(seed: 3)
    func word(_ letters: String, _ count: ClosedRange<Int>) -> String {
      String(
        (0..<Int.random(in: count, using: &generator)).compactMap { _ in letters.randomElement(using: &generator) })
    }
    var fitting = 0
    for _ in 0..<5000 {
      let (pattern, type) = (word("ab.**", 1...6), word("ab.", 0...7))
      let expected = matches(pattern[...], type[...])
      let table = RouteTable([RouteTable.Route("\(pattern)=:1")].compactMap(\.self))
      #expect((table.target(for: type) != nil) == expected, "\(pattern) \(type)")
      if expected { fitting += 1 }
    }
    #expect(1000...4000 ~= fitting)
  }

  @Test("the first route that fits counts")
  func routes() throws {
    let table = RouteTable(
      try ["order.*=:1/orders", "*.created=:2", "user=:3"].map { try #require(RouteTable.Route($0)) },
      rest: ForwardTarget(":9"))
    func port(_ type: String?) -> Int? { table.target(for: type).flatMap { Int($0.text.dropFirst(17).prefix(1)) } }
    #expect(port("order.created") == 1)
    #expect(port("user.created") == 2)
    #expect(port("user") == 3)
    #expect(port("users") == 9)
    #expect(port(nil) == 9)
    let some = RouteTable([try #require(RouteTable.Route("a*b*c=:1"))])
    #expect(some.target(for: "a.b.b.c") != nil)
    #expect(some.target(for: "a.b.d") == nil)
    #expect(some.target(for: nil) == nil)
    #expect(some.target(for: String(repeating: "ab", count: 5000)) == nil)
    for text in ["", "order.*", "=:1", "a=", "a b=:1", "a=x"] { #expect(RouteTable.Route(text) == nil, "\(text)") }
  }
}
