import MittrSDK
import Testing

@Suite("Changing endpoints")
struct EndpointTests {
  private let api = ScriptedAPI { request throws(TransportError) in
    guard request.method == "GET" else { return .json(#"{"id": "\#(request.id)", "enabled": true}"#) }
    return .json(
      #"""
      {"data": [{"id": "ep_1", "url": "http://a.b", "description": "old"}, {"id": "ep_2", "url": "http://a.b"}],
       "pagination": {"hasMore": false}}
      """#)
  }

  @Test(
    "update sends only what is given",
    arguments: [
      ("endpoints update ep_1 --enabled false", #"{"enabled":false}"#),
      ("endpoints update ep_1 --url http://x.y/z --max-retries 3", #"{"url":"http://x.y/z","maxRetries":3}"#),
      ("endpoints update ep_1 --event-types order.*,user.created", #"{"eventTypes":["order.*","user.created"]}"#),
      ("endpoints update ep_1 {description: null}", #"{"description":null}"#),
      ("endpoints update ep_1 {enabled: true, x: 1.10} --fifo true", #"{"enabled":true,"x":1.10,"fifo":true}"#),
    ])
  func update(script: String, body: String) async {
    let run = await CommandRun(script, on: api)
    // A field that is not known goes out as well, and is told.
    #expect(run.errors.isEmpty == !script.contains("x: "))
    #expect(run.output == "{\"id\":\"ep_1\",\"ok\":true,\"enabled\":true}\n")
    #expect(api.log == ["PATCH /endpoints/ep_1"])
    #expect(api.bodies == [body])
  }

  @Test(
    "a patch is made anew for each item",
    arguments: [
      #"endpoints list | endpoints update {description: "was \(.description ?? "-")"} --concurrency 1"#,
      #"endpoints list | endpoints update --description "was \(.description ?? "-")" --concurrency 1"#,
    ])
  func patchPerItem(script: String) async {
    let run = await CommandRun(script, on: api)
    #expect(run.lines.count == 2)
    #expect(run.errors == "endpoints update: 2 done, 0 failed\n")
    #expect(api.log.dropFirst() == ["PATCH /endpoints/ep_1", "PATCH /endpoints/ep_2"])
    #expect(api.bodies.dropFirst() == [#"{"description":"was old"}"#, #"{"description":"was -"}"#])
  }

  @Test("an update that changes nothing is an error")
  func emptyUpdate() async {
    let run = await CommandRun("endpoints update ep_1", on: api)
    #expect(run.errors.contains("error[missing-argument]: nothing was given to change\n"))
    #expect(run.status == 2)
    #expect(api.log == [])
  }

  @Test("create sends flags on top of a record")
  func create() async {
    let run = await CommandRun(
      #"endpoints create {url: "http://a.b", enabled: false} --enabled true --timeout-ms 500"#, on: api)
    #expect(run.status == 0)
    #expect(api.log == ["POST /endpoints"])
    #expect(api.bodies == [#"{"url":"http://a.b","enabled":true,"timeoutMs":500}"#])
  }

  @Test("deleting what comes from a pipe is refused where nobody can be asked, before anything is requested")
  func refusedDelete() async {
    let run = await CommandRun("endpoints list | endpoints delete", on: api)
    #expect(run.errors.contains("error[confirmation-needed]: "))
    #expect(run.errors.contains("--yes"))
    #expect(run.status == 1)
    #expect(api.log == [])
  }

  @Test("with --yes it is done")
  func delete() async {
    let run = await CommandRun("endpoints list | endpoints delete --yes --concurrency 1", on: api)
    #expect(run.lines == [#"{"id":"ep_1","ok":true}"#, #"{"id":"ep_2","ok":true}"#])
    #expect(run.errors == "endpoints delete: 2 done, 0 failed\n")
    #expect(api.log.dropFirst() == ["DELETE /endpoints/ep_1", "DELETE /endpoints/ep_2"])
  }

  @Test("somebody who can be asked is asked, with the number of things; no changes nothing")
  func questions() async {
    for (script, question) in [
      ("endpoints list | endpoints delete", "endpoints delete 2 endpoints?"),
      ("endpoints list | first 1 | endpoints update {enabled: true}", "endpoints update 1 endpoint?"),
      ("endpoints delete ep_1", "endpoints delete ep_1?"),
      ("replay evt_1 evt_2", "replay 2 events?"),
    ] {
      let refused = await CommandRun(script, on: api, answer: false)
      #expect(refused.questions == [question])
      #expect(refused.errors.contains(": nothing was changed\n") && !refused.errors.contains("error"))
      #expect(refused.status == 0 && refused.output == "")
      #expect(api.log.allSatisfy { $0.hasPrefix("GET") })
    }
    let counted = await CommandRun("endpoints list | endpoints delete | count", on: api, answer: false)
    #expect(counted.output == "0\n" && counted.status == 0)
    let agreed = await CommandRun("endpoints list | endpoints delete", on: api, answer: true)
    #expect(agreed.status == 0)
    #expect(api.log.filter { $0.hasPrefix("DELETE") }.count == 2)
  }

  @Test("many things are not counted to the end before the question")
  func manyThings() async {
    let api = ScriptedAPI(events: 1000)
    let run = await CommandRun("events list --all | replay", on: api, answer: false)
    #expect(run.questions == ["replay at least 20 events?"])
    #expect(api.log == ["GET /events?limit=100"])
  }

  @Test("--yes asks nothing, and neither does one event by its id")
  func noQuestion() async {
    for script in ["endpoints list | endpoints delete --yes", "replay evt_1", "endpoints update ep_1 {enabled: true}"] {
      let run = await CommandRun(script, on: api, answer: false)
      #expect(run.questions == [])
      #expect(run.status == 0)
    }
  }
}
