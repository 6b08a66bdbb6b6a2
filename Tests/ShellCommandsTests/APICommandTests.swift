import MittrSDK
import TestSupport
import Testing

@testable import ShellCommands

@Suite("api: any request, all pages, and one for each item")
struct APICommandTests {
  @Test("--all follows the cursor to the last page, item by item, and asks for no page that is not needed")
  func pages() async {
    let run = await CommandRun(
      "api GET '/api/v1/events?limit=100' --all | get id | count", on: ScriptedAPI(events: 250))
    #expect(run.output == "250\n", "\(run.errors)")
    let api = ScriptedAPI(events: 250)
    let first = await CommandRun("api GET /api/v1/events --all | first 2 | get id", on: api)
    #expect(first.lines.count == 2 && api.log.count == 1, "\(first.errors)")
  }

  @Test(
    "a list that would never end, or is none, is an error",
    arguments: [
      (#"{"data": [], "pagination": {"hasMore": true}}"#, "gives no cursor"),
      (#"{"data": [1], "pagination": {"hasMore": true, "cursor": "c"}}"#, "a cursor that it had given before"),
      (#"{"id": "evt_1"}"#, "the answer is no list"), ("[1, 2]", "the answer is no list"),
    ])
  func endless(answer: String, message: String) async {
    let api = ScriptedAPI { _ throws(TransportError) in .json(answer) }
    let run = await CommandRun("api GET /api/v1/things --all | count", on: api)
    #expect(run.errors.contains("error[INVALID_RESPONSE]") && run.errors.contains(message), "\(run.errors)")
    #expect(run.status == 1)
    #expect(api.log.count <= 2)
  }

  @Test("in a pipe it is a bulk command: outcomes in order, failures alone, exit status 3")
  func bulk() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.id == "evt_2" ? .failure(404, "NOT_FOUND") : .json(#"{"id": "\#(request.id)", "done": true}"#)
    }
    let run = await CommandRun(
      #"["evt_1", "evt_2", "evt_3"] | api POST "/api/v1/events/\(.)/replay" {why: "test"} --concurrency 1"#
        + " | select ok done error.code", on: api)
    #expect(
      run.lines == [
        #"{"ok":true,"done":true,"error.code":null}"#, #"{"ok":false,"done":null,"error.code":"NOT_FOUND"}"#,
        #"{"ok":true,"done":true,"error.code":null}"#,
      ])
    #expect(run.errors.hasPrefix("api POST: 2 done, 1 failed: 1 NOT_FOUND\n"), "\(run.errors)")
    #expect(run.status == 3)
    #expect(api.bodies == Array(repeating: #"{"why":"test"}"#, count: 3))
  }

  @Test("a request whose answer was lost is sent again only where HTTP says that it may be")
  func lost() async {
    let api = ScriptedAPI { _ throws(TransportError) in
      throw TransportError(.connectionLost, mayHaveReachedServer: true, message: "the cable was cut")
    }
    for (method, isRepeated) in [("POST", false), ("PATCH", false), ("GET", true), ("PUT", true), ("DELETE", true)] {
      let before = api.log.count
      let run = await CommandRun(
        "[1] | api \(method) /api/v1/things {a: 1} --yes | get ok", on: api, clock: Pauses().clock)
      #expect(run.output == "false\n" && run.status == 3, "\(run.errors)")
      #expect(api.log.count - before == (isRepeated ? 4 : 1), "\(method)")
    }
  }

  @Test("the same request for two items is sent twice; a journal keeps both from being sent again")
  func journal() async {
    let api = ScriptedAPI { _ throws(TransportError) in .json("{}") }
    let storage = MemoryFiles(files: [:])
    let script = "[1, 2] | api POST /api/v1/things {a: 1} --journal j --concurrency 1 | get ok"
    let first = await CommandRun(script, on: api, storage: storage)
    #expect(first.lines == ["true", "true"], "\(first.errors)")
    let second = await CommandRun(script, on: api, storage: storage)
    #expect(api.log.count == 2)
    #expect(second.errors.contains("2 skipped"), "\(second.errors)")
    let retry = await CommandRun("journal retry j", on: api, storage: storage)
    #expect(retry.errors.contains("does not hold what was sent"), "\(retry.errors)")
  }

  @Test("a body that is no record, and --all in a pipe, are told")
  func mistakes() async {
    let api = ScriptedAPI { _ throws(TransportError) in .json("{}") }
    let body = await CommandRun("[1] | api POST /api/v1/things [1] | get error.code", on: api)
    #expect(body.output == "wrong-kind\n" && api.log.isEmpty)
    let all = await CommandRun("[1] | api GET /api/v1/things --all", on: api)
    #expect(all.errors.contains("--all goes with one request"))
    let post = await CommandRun("api POST /api/v1/things --all", on: api)
    #expect(post.errors.contains("it goes with GET") && api.log.isEmpty)
  }
}
