import MittrSDK
import OrderedJSON

/// Answers to the client, over a real socket.
enum ClientFuzz {
  static func run(_ run: FuzzRun) async throws {
    let server = try AnswerServer(
      last: "HTTP/1.1 200 OK\r\nContent-Length: 44\r\n\r\n{\"data\": [], \"pagination\": {\"hasMore\":false}}")
    defer { server.stop() }
    var limits = AsyncHTTPTransport.Limits()
    limits.connectionsPerHost = 1
    let transport = AsyncHTTPTransport(limits: limits)
    let client = Mittr(
      apiKey: "mtr_fuzz_key", baseURL: "http://127.0.0.1:\(server.port)", transport: transport,
      environment: ClientEnvironment(
        sleep: { _ in try Task.checkCancellation() }, randomFraction: { 0 }, newIdempotencyKey: { "key" },
        now: { .seconds(1_767_225_600) }))
    while var random = run.next() {
      let operation = random.below(operations.count)
      let body = operations[operation].body
      let answers = (0..<1 + random.below(4)).map { _ in
        answer(&random, body: random.text(of: random.mutated(random.once(in: 8) ? SampleData.error : body)))
      }
      server.answer(with: answers)
      run.begin(answers.flatMap { $0.bytes + Array("\n--\n".utf8) })
      do throws(MittrError) {
        try await operations[operation].call(client)
      } catch {
        guard error.description.utf8.count < 20_000, !error.description.contains("mtr_fuzz_key") else {
          throw run.failure("an error is too long, or shows the key")
        }
      }
      run.count(max(1, answers.count - server.left))
    }
    await transport.shutdown()
  }

  /// A whole answer, right or wrong.
  static func answer(_ random: inout FuzzRandom, body: [UInt8]) -> HTTPBytes {
    let status: String
    switch random.below(12) {
    case 0: status = String(String(1000 + random.below(1000)).dropFirst())
    case 1: status = random.pick(statuses)
    case 2: status = random.pick(["400", "401", "403", "404", "409", "413", "422", "429", "500", "502", "503"])
    default: status = random.pick(["200", "200", "201"])
    }
    let head =
      "\(random.once(in: 30) ? "HTTP/1.0" : "HTTP/1.1") \(status) \(random.pick(["OK", "", "No \u{E9}", "a b c"]))\r\n"
      + random.headers(names, values: values)
    var answer = random.message(head, body: body, alwaysFramed: true)
    if random.once(in: 40) {
      answer.bytes = Array("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n".utf8) + answer.bytes
    }
    // These end with their head, whatever they announce.
    let endsEarly = status.hasPrefix("1") || status == "204" || status == "304"
    return HTTPBytes(bytes: answer.bytes, isSound: answer.isSound && !endsEarly)
  }

  private struct Operation: Sendable {
    let body: JSONValue
    let call: @Sendable (Mittr) async throws(MittrError) -> Void
  }

  private static let operations: [Operation] = [
    Operation(body: SampleData.page) { mittr throws(MittrError) in
      let page = try await mittr.events.list(EventListParameters(status: "failed", limit: 2))
      look(page.data.map { $0.json })
    },
    Operation(body: SampleData.page) { mittr throws(MittrError) in
      var seen = 0
      for try await event in mittr.events.iterate() {
        look([event.json])
        seen += 1
        if seen > 30 { return }
      }
    },
    Operation(body: SampleData.event) { mittr throws(MittrError) in
      let event = try await mittr.events.get("evt_1")
      look([event.json])
      _ = (event.id, event.status, event.createdAtText, event.payload)
    },
    Operation(body: SampleData.event) { mittr throws(MittrError) in
      look([try await mittr.events.send(EventInput(eventType: "a", payload: ["n": 1])).json])
    },
    Operation(body: SampleData.event) { mittr throws(MittrError) in
      look([try await mittr.events.replay("evt_1").json])
    },
    Operation(body: SampleData.endpointPage) { mittr throws(MittrError) in
      look(try await mittr.endpoints.list().data.map { $0.json })
    },
    Operation(body: SampleData.endpoint) { mittr throws(MittrError) in
      look([try await mittr.endpoints.create(EndpointInput(json: ["url": "https://a.test"])).json])
    },
    Operation(body: SampleData.endpoint) { mittr throws(MittrError) in
      look([try await mittr.endpoints.update("ep_1", EndpointPatch(json: ["enabled": true])).json])
    },
    Operation(body: .null) { mittr throws(MittrError) in try await mittr.endpoints.delete("ep_1") },
  ]

  /// Reads all of what came, in each way that it can be read.
  private static func look(_ objects: [JSONObject]) {
    for object in objects {
      for (key, value) in object { _ = object[key] == value }
      _ = JSONWriter.pretty.string(.object(object))
      _ = JSONWriter.compact.string(.object(object.isEmpty ? object : JSONObject(object.map { ($0.key, $0.value) })))
      _ = JSONValue.object(object).outline(budget: 500)
    }
  }

  private static let statuses = [
    "100", "101", "102", "204", "205", "206", "301", "302", "304", "307", "308", "418", "451", "999",
  ]
  private static let names = [
    "Content-Type", "Retry-After", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Request-Id",
    "Location", "Connection", "Content-Encoding", "Date", "Set-Cookie", "Transfer-Encoding", "Upgrade", "Keep-Alive",
  ]
  private static let values = [
    "application/json", "text/html", "0", "1", "-1", "1e9", "999999999999999999999", "Sun, 06 Nov 1994 08:49:37 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 00 Jan 0000 99:99:99 GMT", "/login", "https://evil.test/", "keep-alive",
    "close",
    "gzip", "br", "identity", "a=b", "h2c", "timeout=0", "req_1", "",
  ]
}
