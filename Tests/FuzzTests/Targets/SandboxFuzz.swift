import MittrSandbox
import OrderedJSON

/// Requests to the sandbox: every route, right and wrong.
enum SandboxFuzz {
  /// A sandbox keeps all it is sent in memory; so many inputs later it is a new one.
  private static let inputsPerSandbox = 4000

  static func run(_ run: FuzzRun) async throws {
    var isOver = false
    var round = 0
    while !isOver {
      var configuration = SandboxConfiguration()
      configuration.deterministicIDs = true
      configuration.seed = .demo
      configuration.delivers = round % 2 == 0
      configuration.rateLimit = round % 3 == 2 ? 100_000 : nil
      round += 1
      isOver = try await Sandbox.with(configuration) { sandbox in
        let port = sandbox.baseURL.split(separator: ":").last.flatMap { Int($0) } ?? 0
        return try await onThread { try fill(run, port: port) }
      }
    }
  }

  /// - Returns: whether the run is over.
  private static func fill(_ run: FuzzRun, port: Int) throws -> Bool {
    var count = 0
    while count < inputsPerSandbox {
      guard var random = run.next() else { return true }
      let exchange = ServerExchange(&random) { request(&$0) }
      run.begin(exchange.bytes)
      do throws(FuzzFailure) {
        let inputs = try exchange.run(port: port, check: check)
        run.count(inputs)
        count += inputs
      } catch {
        throw run.failure(error.description)
      }
    }
    return false
  }

  /// Nothing that is sent is the sandbox's own fault, and every answer in JSON is JSON.
  private static func check(_ response: ResponseReader.Response) throws(FuzzFailure) {
    let text = String(decoding: response.body, as: UTF8.self)
    guard response.status < 500 || !text.contains("INTERNAL_ERROR") else {
      throw FuzzFailure("it answered \(response.status): \(text)")
    }
    guard response.header("content-type")?.hasPrefix("application/json") == true, !response.body.isEmpty else { return }
    do throws(JSONSyntaxError) {
      _ = try JSONValue(parsing: response.body)
    } catch {
      throw FuzzFailure("it answered what is no JSON, \(error): \(text)")
    }
  }

  private static func request(_ random: inout FuzzRandom) -> (method: String, message: HTTPBytes) {
    var (method, path, body) = random.pick(routes)
    path = path.replacing(":event", with: random.pick(eventIDs)).replacing(":endpoint", with: random.pick(endpointIDs))
    if random.once(in: 12) {
      method = random.pick(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "X"])
    }
    if random.once(in: 3) { path += "?" + query(&random) }
    if random.once(in: 8) {
      path = String(decoding: random.spoilt(Array(path.utf8)), as: UTF8.self).filter {
        $0.isASCII && $0 > " " && $0 < "\u{7F}"
      }
    }
    let content = body.map { random.text(of: random.mutated($0)) } ?? (random.once(in: 10) ? random.bytes(20) : [])
    let key =
      random.once(in: 20)
      ? random.pick(["", "X-API-Key: wrong\r\n", "Authorization: Bearer\r\n"]) : "X-API-Key: mtr_sandbox\r\n"
    let idempotency =
      random.once(in: 10)
      ? "" : "X-Idempotency-Key: k\(random.once(in: 3) ? random.below(20) : random.below(1 << 40))\r\n"
    let head =
      "\(method) \(path.isEmpty ? "/" : path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(key)\(idempotency)"
      + random.headers(names, values: values)
    return (method, random.message(head, body: content))
  }

  private static func query(_ random: inout FuzzRandom) -> String {
    (0..<1 + random.below(3)).map { _ in
      let value: String
      switch random.below(5) {
      case 0: value = random.pick(values)
      case 1: value = String(random.below(200) - 50)
      case 2: value = random.awkwardText().utf8.map { "%" + String($0 | 0x10, radix: 16) }.joined()
      default:
        value = random.pick([
          "failed", "dead", "order.*", "2026-01-01T00:00:00Z", "1", "100", "", "%", "%ff%00", "abc=",
        ])
      }
      return
        "\(random.pick(["status", "eventType", "endpointId", "since", "until", "limit", "cursor", "x", "limit%5B%5D"]))=\(value)"
    }.joined(separator: "&")
  }

  private static let routes: [(String, String, JSONValue?)] = [
    ("GET", "/api/v1/events", nil), ("POST", "/api/v1/events", SampleData.eventInput),
    ("POST", "/api/v1/events", .object(["destination": "http://127.0.0.1:9/", "payload": ["a": 1]])),
    ("POST", "/api/v1/events", SampleData.eventInput), ("GET", "/api/v1/events/:event", nil),
    ("POST", "/api/v1/events/:event/replay", nil), ("GET", "/api/v1/events/:event/attempts", nil),
    ("GET", "/api/v1/endpoints", nil), ("POST", "/api/v1/endpoints", SampleData.endpointInput),
    ("GET", "/api/v1/endpoints/:endpoint", nil), ("PATCH", "/api/v1/endpoints/:endpoint", SampleData.endpointInput),
    ("DELETE", "/api/v1/endpoints/:endpoint", nil), ("GET", "/health", nil), ("GET", "/health/live", nil),
    ("GET", "/health/ready", nil), ("HEAD", "/", nil), ("HEAD", "/api/v1/events/:event", nil),
    ("GET", "/openapi.json", nil), ("GET", "/openapi.yaml", nil),
    ("GET", "/_sandbox/stats", nil), ("POST", "/_sandbox/receivers/ok", SampleData.event),
    ("POST", "/_sandbox/receivers/fail", SampleData.event), ("GET", "/", nil), ("GET", "//api/v1/events", nil),
  ]
  private static let eventIDs =
    (1...9).map { "evt_00000000000000000000000\($0)" } + ["evt_x", "%00", "..", "%2e%2e", "é", "a%2Fb"]
  private static let endpointIDs =
    (1...9).map { "00000000-0000-4000-8000-00000000000\($0)" } + ["ep_x", "%", "-", "0", "%F0%9F%9A%80"]
  private static let names = [
    "Content-Type", "Accept", "Authorization", "X-API-Key", "X-Project-ID", "X-Idempotency-Key", "Expect", "Connection",
    "Origin", "If-None-Match", "Range", "Content-Encoding", "Cookie", "Upgrade", "Accept-Encoding", "Via",
  ]
  private static let values = [
    "application/json", "text/html", "Bearer mtr_sandbox", "mtr_sandbox", "wrong", "k", "100-continue", "keep-alive",
    "close",
    "http://evil.test", "*", "bytes=0-1", "gzip", "h2c", "websocket", "", "a,b,c",
  ]
}
