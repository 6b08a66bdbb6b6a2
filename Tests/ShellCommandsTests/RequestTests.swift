import MittrSDK
import Testing

@Suite("Sending events and other requests")
struct RequestTests {
  private let api = ScriptedAPI { _ throws(TransportError) in .json(#"{"id": "evt_1"}"#) }

  @Test(
    "api sends any request, its query as it was meant",
    arguments: [
      ("api GET '/api/v1/events?limit=2'", "GET /events?limit=2"),
      ("api GET '/api/v1/events?eventType=order.%2A&x=a%20b'", "GET /events?eventType=order.%2A&x=a%20b"),
      ("api GET '/api/v1/events?flag&odd=%zz'", "GET /events?flag=&odd=%25zz"),
      ("api DELETE /api/v1/endpoints/ep_1", "DELETE /endpoints/ep_1"),
    ])
  func requests(script: String, request: String) async {
    let run = await CommandRun(script, on: api)
    #expect(run.errors == "")
    #expect(run.output == "{\"id\":\"evt_1\"}\n")
    #expect(api.log == [request])
  }

  @Test("api sends a body and headers")
  func body() async {
    let run = await CommandRun(
      #"api POST /api/v1/events {payload: {n: 1.10}} --headers {"X-Idempotency-Key": "k"}"#, on: api)
    #expect(run.status == 0)
    #expect(api.bodies == [#"{"payload":{"n":1.10}}"#])
  }

  @Test("events send takes pasted JSON, a file, or a destination, and the bytes of numbers are kept")
  func send() async {
    let files = ["p.json": Array(#"{"a": 12345678901234567890, "b": 1.10}"#.utf8)]
    for (script, body) in [
      (#"events send order.created {"n": 1.10}"#, #"{"eventType":"order.created","payload":{"n":1.10}}"#),
      ("events send a.b @p.json", #"{"eventType":"a.b","payload":{"a":12345678901234567890,"b":1.10}}"#),
      (
        "events send --destination http://x.y/z a.b {} --max-attempts 3 --headers {k: \"v\"}",
        #"{"eventType":"a.b","destination":"http://x.y/z","payload":{},"headers":{"k":"v"},"maxAttempts":3}"#
      ),
    ] {
      let run = await CommandRun(script, on: api, files: files)
      #expect(run.errors == "")
      #expect(api.bodies.last == body)
    }
    #expect(api.log.allSatisfy { $0 == "POST /events" })
  }

  @Test("a payload from a file that is no JSON is an error at the argument")
  func badPayload() async {
    let run = await CommandRun("events send a.b @p.json", on: api, files: ["p.json": Array("{".utf8)])
    #expect(run.errors.contains("error[bad-argument]: "))
    #expect(run.errors.contains(" --> test.mittr:1:17\n"))
    #expect(run.status == 1)
    #expect(api.log == [])
  }

  @Test("a dry run sends nothing that changes anything")
  func dryRun() async {
    let script = "events send a.b {}; endpoints create --url http://x.y; api POST /api/v1/x {a: 1}; api GET /health"
    let run = await CommandRun(script, on: api, isDryRun: true)
    #expect(
      run.lines.dropLast() == [
        #"{"method":"POST","path":"/api/v1/events","body":{"eventType":"a.b","payload":{}}}"#,
        #"{"method":"POST","path":"/api/v1/endpoints","body":{"url":"http://x.y"}}"#,
        #"{"method":"POST","path":"/api/v1/x","body":{"a":1}}"#,
      ])
    #expect(api.log.count == 1)
    #expect(run.status == 0)
  }
}
