import Testing

/// Building a pipeline does nothing: what it takes happens when the first item is asked for.
@Suite("Lazy pipelines")
struct LazyPipelineTests {
  @Test(
    "Without a pull nothing is requested, read or asked",
    arguments: [
      "events list --all", "events list | replay", "open missing.jsonl", "endpoints list | endpoints delete",
      "endpoints list | endpoints update {enabled: true}", "journal retry missing.jsonl", "replay evt_1 evt_2",
      "events list | replay --journal j", "[{n: 1}] | events send order.created", "endpoints delete ep_1 ep_2",
    ])
  func nothing(pipeline: String) async {
    let api = ScriptedAPI(events: 3)
    let run = await CommandRun("\(pipeline) | first 0", on: api, answer: false)
    #expect(api.log == [])
    #expect(run.questions == [])
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test(
    "A question says how many are wanted",
    arguments: [
      (1, "replay 1 event?"), (3, "replay 3 events?"), (30, "replay up to 30 events?"),
    ])
  func question(count: Int, expected: String) async {
    let api = ScriptedAPI(events: 100)
    let run = await CommandRun("events list --all | replay | first \(count) | count", on: api, answer: true)
    #expect(run.questions == [expected])
    #expect(run.output == "\(count)\n", "\(run.errors)")
    #expect(api.log.filter { $0.hasPrefix("POST") }.count == count)
  }
}
