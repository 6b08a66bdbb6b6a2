import MittrSDK
import Testing

@Suite("Listing")
struct ListTests {
  @Test("no more is requested than is wanted, and nothing twice")
  func laziness() async {
    let api = ScriptedAPI(events: 1000)
    let five = await CommandRun("events list --all | first 5 | get id", on: api)
    #expect(five.lines == ["evt_1", "evt_2", "evt_3", "evt_4", "evt_5"])
    #expect(five.errors == "")
    #expect(api.log == ["GET /events?limit=5"])
  }

  @Test("first 0 sends nothing", arguments: ["events list --all | first 0", "events list | first 0"])
  func nothing(script: String) async {
    let api = ScriptedAPI(events: 1000)
    let run = await CommandRun(script, on: api)
    #expect(run.output == "")
    #expect(run.status == 0)
    #expect(api.log == [])
  }

  @Test("first 250 takes three pages, the last of them small")
  func severalPages() async {
    let api = ScriptedAPI(events: 1000)
    let run = await CommandRun("events list --all | first 250 | count", on: api)
    #expect(run.output == "250\n")
    #expect(
      api.log == ["GET /events?limit=100", "GET /events?limit=100&cursor=101", "GET /events?limit=50&cursor=201"])
  }

  @Test("--all goes to the end")
  func all() async {
    let api = ScriptedAPI(events: 250)
    let run = await CommandRun("events list --all --limit 100 | count", on: api)
    #expect(run.output == "250\n")
    #expect(api.log.count == 3)
  }

  @Test("flags become the query: times are made absolute, what is not given is not sent")
  func query() async {
    let api = ScriptedAPI(events: 1)
    let run = await CommandRun(
      "events list --status failed --event-type order.* --endpoint-id ep_1 --since 2h --until 2025-12-31T23:30:00Z "
        + "--limit 7 --cursor abc", on: api)
    #expect(run.status == 0)
    #expect(
      api.log == [
        "GET /events?status=failed&eventType=order.%2A&endpointId=ep_1&since=2025-12-31T22%3A00%3A00.000Z"
          + "&until=2025-12-31T23%3A30%3A00.000Z&limit=7&cursor=abc"
      ])
  }

  @Test("what one page leaves out is warned about wherever it goes, with the cursor to go on with")
  func leftOut() async {
    let known = await CommandRun("events list | where .status == \"dead\"", on: ScriptedAPI(events: 300, total: 300))
    #expect(
      known.errors == "warning[left-out]: only one page of 100 was listed; 200 more were left out\n"
        + "  help: --all lists them all; --cursor '101' goes on\n")
    let shown = await CommandRun("events list", on: ScriptedAPI(events: 300, total: 300))
    #expect(shown.errors == known.errors)
    let unknown = await CommandRun("events list | count", on: ScriptedAPI(events: 300))
    #expect(unknown.errors.contains("some more were left out"))
    #expect(unknown.status == 0)
  }

  @Test(
    "nothing is warned about when nothing is lost",
    arguments: ["events list | first 5", "events list --all | count", "events list --limit 2 | first 2"])
  func nothingLeftOut(script: String) async {
    let run = await CommandRun(script, on: ScriptedAPI(events: 300, total: 300))
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test("a failed page is the statement's error, after the items before it")
  func failedPage() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.query("cursor") == nil
        ? .events(request, count: 9, total: nil) : .failure(400, "BAD_REQUEST")
    }
    let run = await CommandRun("events list --all --limit 2 | get id", on: api)
    #expect(run.lines == ["evt_1", "evt_2"])
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error[BAD_REQUEST]: the script says so (status 400)\n --> test.mittr:1:1\n"))
  }
}
