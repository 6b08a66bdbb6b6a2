import MittrSandbox
import OrderedJSON
import Testing

/// Texts that are no JSON objects, or too deep ones, and bytes that are no text.
private let notObjects: [[UInt8]] =
  [
    "", "{", "nul", "[]", "\"a\"", "{}{}", #"{"a":1,}"#, "\u{FEFF}{}", "{\"a\":\"\u{0}\"}",
    #"{"payload":"# + String(repeating: "[", count: 100_000),
    String(repeating: #"{"a":"#, count: 5000) + "1" + String(repeating: "}", count: 5000),
  ].map { Array($0.utf8) } + [[0x7B, 0xFF, 0x7D]]

@Suite("Hostile requests")
struct HostileInputTests {
  @Test("a body that is not a JSON object is a BAD_REQUEST", arguments: notObjects)
  func badBodies(body: [UInt8]) async throws {
    try await Sandbox.with(configuration { $0.seed = .demo }) { sandbox in
      let client = Client(sandbox)
      let endpoint = "/api/v1/endpoints/00000000-0000-4000-8000-000000000001"
      for answer in [
        try await client.call("POST", "/api/v1/events", headers: ["X-Idempotency-Key": "k"], body: body),
        try await client.call("POST", "/api/v1/endpoints", body: body),
        try await client.call("PATCH", endpoint, body: body),
      ] {
        #expect(answer.status == 400)
        #expect(answer.code == "BAD_REQUEST")
      }
    }
  }

  @Test("a body of more than 1 MiB is refused, and one of 1 MiB is not")
  func largeBody() async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let (head, tail) = (#"{"eventType":"a","payload":{"a":""#, #""}}"#)
      func send(_ size: Int) async throws -> Client.Answer {
        let filler = String(repeating: "x", count: size - head.utf8.count - tail.utf8.count)
        return try await client.send(head + filler + tail, key: "\(size)")
      }
      #expect(try await send(1 << 20).status == 201)
      let answer = try await send(1 << 20 + 1)
      #expect(answer.status == 413)
      #expect(answer.code == "PAYLOAD_TOO_LARGE")
      #expect(try await send(1 << 24).status == 413)
      #expect(try await client.get("/health").status == 200)
    }
  }

  @Test(
    "NUL, quotes and SQL in any text are only text",
    arguments: [
      #"a\u0000b"#, #"cut \ud83d"#, #"\ude80\ud83d"#, #"'; DROP TABLE event; --"#, #"\"\\\n"#, "%_*?[", "e\u{301}",
      "\u{202E}",
    ])
  func strangeText(text: String) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let client = Client(sandbox)
      let sent = try await client.send(
        #"{"eventType": "a", "payload": {"\#(text)": "\#(text)"}, "priority": "\#(text)"}"#, key: "k")
      #expect(sent.status == 201)
      #expect(sent.text.contains(#""payload":{"\#(text)":"\#(text)"}"#))
      #expect(try await client.event(sent.json.id) == sent.json)
      let endpoint = try await client.post(
        "/api/v1/endpoints", #"{"url": "http://localhost/", "description": "\#(text)"}"#)
      #expect(endpoint.status == 201)
      #expect(try await client.get("/api/v1/endpoints/\(endpoint.json.id)").text == endpoint.text)
    }
  }

  @Test(
    "strange paths and parameters are answered in JSON",
    arguments: [
      "/api/v1/events/%00", "/api/v1/events/%FF%FE", "/api/v1/events/'%20OR%201=1", "/api/v1/events?eventType=%00",
      "/api/v1/events?eventType=%FF", "/api/v1/events?endpointId='%20OR%20''='", "/api/v1/events?=&&&=&limit",
      "/api/v1/events?status=failed%00", "/api/v1/events?cursor=%F0%9F%9A%80", "/api/v1/events/..%2F..%2Fetc",
      "/api/v1/events?eventType=********************************************x", "/api/v1/endpoints/%2500",
    ])
  func strangePaths(path: String) async throws {
    try await Sandbox.with(configuration { $0.seed = .demo }) { sandbox in
      let answer = try await Client(sandbox).get(path)
      #expect([200, 400, 404].contains(answer.status))
      #expect(answer.json.objectValue != nil)
      #expect(answer.status == 200 ? answer.json["data"]?.arrayValue != nil : answer.code != nil)
    }
  }

  @Test("whatever bytes are sent, the answer is a JSON error and the sandbox goes on", arguments: 0..<20)
  func noise(seed: Int) async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      let client = Client(sandbox)
      let valid = Array(
        #"{"eventType":"a","payload":{"n":[1,2.5e3,"é"]},"headers":{"A":"b"},"maxAttempts":3,"priority":1}"#.utf8)
      var state = UInt64(seed + 1)
      func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
      }
      for number in 0..<20 {
        var body = valid
        for _ in 0...random(4) {
          switch random(3) {
          case 0: body[random(body.count)] = UInt8(random(256))
          case 1: body.remove(at: random(body.count))
          default: body.insert(contentsOf: body[random(body.count)...].prefix(9), at: random(body.count))
          }
        }
        let answer = try await client.call(
          "POST", "/api/v1/events", headers: ["X-Idempotency-Key": "\(number)"], body: body)
        #expect([201, 400].contains(answer.status))
        #expect(answer.json.objectValue != nil)
      }
      #expect(try await client.get("/api/v1/events").status == 200)
    }
  }
}
