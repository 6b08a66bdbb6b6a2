import MittrSDK
import Testing

@Suite("What a command is done to")
struct TargetTests {
  @Test(
    "ids are taken from strings and from records of the right kind",
    arguments: [
      ("events get evt_1", ["GET /events/evt_1"]),
      ("events get evt_1 evt_2", ["GET /events/evt_1", "GET /events/evt_2"]),
      ("[\"evt_1\", {id: \"evt_2\"}] | events get", ["GET /events/evt_1", "GET /events/evt_2"]),
      ("{id: \"evt_1\", payload: {}} | replay", ["POST /events/evt_1/replay"]),
      ("\"ep 1/2\" | endpoints get", ["GET /endpoints/ep%201%2F2"]),
      ("{id: \"ep_1\", url: \"http://x.y\"} | endpoints get", ["GET /endpoints/ep_1"]),
      ("{id: \"evt_1\", endpointId: \"ep_9\"} | endpoints get", ["GET /endpoints/ep_9"]),
      ("[{id: \"evt_1\", endpointId: \"ep_9\"}] | endpoints delete --yes", ["DELETE /endpoints/ep_9"]),
    ])
  func ids(script: String, requests: [String]) async {
    let api = ScriptedAPI { _ throws(TransportError) in .json("{}") }
    let run = await CommandRun(script, on: api)
    #expect(!run.errors.contains("error["), "\(run.errors)")
    #expect(run.status == 0)
    #expect(api.log == requests)
  }

  @Test(
    "what is of the wrong kind is an error that says what to pipe, and nothing is sent",
    arguments: [
      ("{id: \"ep_1\", url: \"http://x.y\"} | replay", "expected an event, got an endpoint", "pipe events"),
      ("[{id: \"ep_1\", eventTypes: []}] | events get", "expected an event, got an endpoint", "pipe events"),
      (
        "{id: \"evt_1\", payload: {}} | endpoints get", "expected an endpoint, got an event without an endpoint",
        "pipe endpoints"
      ),
      ("{n: 1} | replay", "expected an event, got a record without an id", "select id"),
      ("[1] | replay", "expected an event or its id, got a number", ""),
      ("[null] | endpoints get", "expected an endpoint or its id, got null", ""),
      ("\"\" | events get", "the event's id is empty", ""),
    ])
  func wrongKinds(script: String, message: String, help: String) async {
    let api = ScriptedAPI(events: 0)
    let run = await CommandRun(script, on: api)
    // In a bulk command it is an item's failure.
    let isBulk = script.hasSuffix("replay")
    let said = isBulk ? run.output : run.errors
    #expect(said.contains(isBulk ? "item 1: \(message)" : "error[wrong-kind]: \(message)\n"), "\(run.errors)")
    #expect(run.errors.contains(help))
    #expect(run.status == (isBulk ? 3 : 1))
    #expect(api.log == [])
  }

  @Test("no id at all is an error", arguments: ["replay", "events get", "endpoints delete", "endpoints update {a: 1}"])
  func noID(script: String) async {
    let run = await CommandRun(script)
    #expect(run.errors.contains("error[missing-argument]: no id was given\n"))
    #expect(run.status == 2)
  }
}
