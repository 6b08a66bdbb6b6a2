import MittrSDK
import TestSupport
import Testing

@Suite("Bulk commands", .timeLimit(.minutes(1)))
struct BulkTests {
  @Test("pages are fetched no faster than their events are replayed, but for the one page ahead")
  func interleaving() async {
    let api = ScriptedAPI(events: 12)
    let run = await CommandRun(
      "events list --all --limit 4 | where .status == \"failed\" | replay --concurrency 1 | count", on: api)
    #expect(run.output == "12\n")
    #expect(run.errors == "replay: 12 done, 0 failed\n")
    var replays = 0
    var replaysBeforePage: [Int] = []
    for entry in api.log {
      if entry.hasPrefix("POST") { replays += 1 } else { replaysBeforePage.append(replays) }
    }
    // The next page is asked for when the second half of a page begins, and is there before its own events are needed.
    // Behind the last one the list is looked at once more, since the replays may have made it shorter.
    #expect(replaysBeforePage.count == 6)
    #expect(replaysBeforePage[3...].allSatisfy { $0 == 12 })
    #expect(replaysBeforePage.first == 0)
    #expect((2...4).contains(replaysBeforePage[1]))
    #expect((6...8).contains(replaysBeforePage[2]))
  }

  @Test(
    "in one run an id that comes again is done once, with or without a journal", arguments: ["", " --journal j"])
  func twice(journal: String) async {
    for ids in [
      #"["evt_1", {id: "evt_2"}, "evt_1", "evt_2", "evt_1"] | replay"#, "replay evt_1 evt_2 evt_1 evt_2 evt_1",
    ] {
      let api = ScriptedAPI(events: 0)
      let run = await CommandRun(ids + journal + " | get id", on: api)
      #expect(run.lines == ["evt_1", "evt_2"])
      #expect(run.errors == "replay: 2 done, 0 failed, 3 that came again\n")
      #expect(run.status == 0)
      #expect(api.log.count == 2)
      let plan = await CommandRun(ids + journal + " --dry-run | count", on: api)
      #expect(plan.output == "2\n")
    }
  }

  @Test(
    "what is alike but not the same is something else to do",
    arguments: [
      ("1", #""1""#), ("null", "false"), ("[]", "{}"), (#""caf\u00e9""#, #""cafe\u0301""#), ("{a: 1, b: 1}", "{}"),
      ("[1, 2]", "[2, 1]"),
    ], ["", " --journal j"])
  func alike(values: (String, String), journal: String) async {
    let api = ScriptedAPI { request throws(TransportError) in .json(#"{"id": "\#(request.id)"}"#) }
    func item(_ value: String) -> String { "{eventType: \"a.b\", payload: {n: \(value)}, idempotencyKey: \"k1\"}" }
    let (first, second) = (item(values.0), item(values.1))
    let run = await CommandRun(
      "[\(first), \(first), \(second), \(second)] | events send --concurrency 1\(journal) | get ok", on: api)
    #expect(run.lines == ["true", "false", "false"], "\(run.errors)")
    #expect(run.errors.contains("1 that came again"))
  }

  @Test(
    "an item of the same id with something else to do is refused: nobody knows which was meant",
    arguments: ["", " --journal j"])
  func contradiction(journal: String) async {
    let api = ScriptedAPI { request throws(TransportError) in .json(#"{"id": "\#(request.id)"}"#) }
    let run = await CommandRun(
      #"[{id: "ep_1", d: "a"}, {id: "ep_1", d: "a"}, {id: "ep_1", d: "b"}] | endpoints update --description .d --concurrency 1"#
        + journal + " | select ok error.code", on: api)
    #expect(run.lines == [#"{"ok":true,"error.code":null}"#, #"{"ok":false,"error.code":"DUPLICATE_ITEM"}"#])
    #expect(run.errors.contains("1 done, 1 failed (1 DUPLICATE_ITEM), 1 that came again"))
    #expect(api.log.count == 1)
  }

  @Test("what a consumer wants is found although items come again before")
  func wantedAmongAgain() async {
    let run = await CommandRun(
      #"["evt_1", "evt_1", "evt_1", "evt_2", "evt_3"] | replay --concurrency 1 | first 2 | get id"#)
    #expect(run.lines == ["evt_1", "evt_2"])
  }

  @Test("outcomes keep the order of the items while requests end in another")
  func order() async {
    let (second, third) = (Gate(), Gate())
    let api = ScriptedAPI { request throws(TransportError) in
      switch request.id {
      case "evt_1": await second.pass()
      case "evt_2": await third.pass()
      default: break
      }
      if request.id == "evt_3" { third.open() } else if request.id == "evt_2" { second.open() }
      return .replayed(request)
    }
    let run = await CommandRun("[\"evt_1\", \"evt_2\", \"evt_3\"] | replay | get id", on: api)
    #expect(run.lines == ["evt_1", "evt_2", "evt_3"])
    #expect(run.status == 0)
  }

  @Test("as many requests as --concurrency says are in flight, and never more", arguments: [1, 3, 8])
  func concurrency(limit: Int) async {
    let full = Barrier(parties: limit)
    let api = ScriptedAPI { request throws(TransportError) in
      guard request.method == "POST" else { return .events(request, count: 20, total: nil) }
      await full.arrive()
      return .replayed(request)
    }
    let run = await CommandRun("events list | replay --concurrency \(limit) | count", on: api)
    #expect(run.output == "20\n")
    #expect(api.mostInFlight == limit)
  }

  @Test("one item's failure is its outcome; the others are done, and the statement fails with 3 and a summary")
  func oneFailure() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.id == "evt_2" ? .failure(404, "NOT_FOUND") : .replayed(request)
    }
    let run = await CommandRun("replay evt_1 evt_2 evt_3", on: api)
    #expect(
      run.lines == [
        #"{"id":"evt_1","ok":true,"status":"pending"}"#,
        #"{"id":"evt_2","ok":false,"error":{"code":"NOT_FOUND","message":"the script says so","status":404,"#
          + #""body":{"error":"the script says so","code":"NOT_FOUND"}}}"#,
        #"{"id":"evt_3","ok":true,"status":"pending"}"#,
      ])
    #expect(run.errors.hasPrefix("replay: 2 done, 1 failed: 1 NOT_FOUND\nerror[items-failed]: 1 item failed\n"))
    #expect(run.status == 3)
  }

  @Test("a statement with failed items stops the script, and try catches it")
  func failedStatement() async {
    let api = ScriptedAPI { _ throws(TransportError) in .failure(404, "NOT_FOUND") }
    let stopped = await CommandRun("replay evt_1 evt_2 | count; print next", on: api)
    #expect(stopped.output == "2\n")
    #expect(stopped.errors.hasPrefix("replay: 0 done, 2 failed: 2 NOT_FOUND\nerror[items-failed]: 2 items failed\n"))
    #expect(stopped.status == 3)
    let caught = await CommandRun(
      "try { replay evt_1 evt_2 | count } catch err { print $err.code ($err.outcomes | get .id | join ',') }", on: api)
    #expect(caught.lines.last == "items-failed evt_1,evt_2")
    #expect(caught.status == 0)
  }

  @Test("what came of a failed run is there: in a variable, behind a loop, and only then the statement fails")
  func keptOutcomes() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.id == "evt_2" ? .failure(404, "NOT_FOUND") : .replayed(request)
    }
    let bound = await CommandRun(
      "let r = []; try { set r = replay evt_1 evt_2 evt_3; print never } catch { print caught }; $r | get .ok", on: api)
    #expect(bound.lines == ["caught", "true", "false", "true"])
    #expect(bound.status == 0)
    let loop = await CommandRun("for id in [\"evt_2\", \"evt_3\"] { [$id] | replay | count; print next }", on: api)
    #expect(loop.lines == ["1"])
    #expect(loop.status == 3)
    let again = await CommandRun("retry --times 2 --delay 1ms { [\"evt_2\"] | replay | count }", on: api)
    #expect(again.errors.contains("run 2 of 2 failed: 1 item failed") && again.status == 3, "\(again.errors)")
    let sum = await CommandRun("([\"evt_2\"] | replay | count) + 1; print never", on: api)
    #expect(sum.lines == ["2"])
    #expect(sum.status == 3)
  }

  @Test("an item that cannot be used fails alone, by its number, and the others go on")
  func unusableItem() async {
    let api = ScriptedAPI { request throws(TransportError) in .replayed(request) }
    let run = await CommandRun(
      #"["evt_1", "", 5, "evt_2"] | replay --concurrency 1 | select id ok item error.code"#, on: api)
    #expect(
      run.lines == [
        #"{"id":"evt_1","ok":true,"item":null,"error.code":null}"#,
        #"{"id":null,"ok":false,"item":2,"error.code":"wrong-kind"}"#,
        #"{"id":null,"ok":false,"item":3,"error.code":"wrong-kind"}"#,
        #"{"id":"evt_2","ok":true,"item":null,"error.code":null}"#,
      ])
    #expect(run.errors.hasPrefix("replay: 2 done, 2 failed: 2 wrong-kind\n"))
    #expect(run.status == 3)
    #expect(api.log.count == 2)
    let stopped = await CommandRun(#"["", "evt_2"] | replay --on-error stop | count"#, on: api)
    #expect(stopped.lines == ["1"] && api.log.count == 2)
  }

  @Test("whatever the items are, each that is usable is sent once, and each that is not fails alone", arguments: 0..<20)
  func generatedItems(seed: UInt64) async {
    var random = SplitMix64(seed: seed)
    let pieces = [
      #""""#, "5", "null", "true", "[]", "{}", #"{"id": ""}"#, #"{"id": 7}"#, #"{"id": "ep_1", "url": "http://x.y"}"#,
      #"".""#,
      #""..""#, #"[["evt_9"]]"#,
    ]
    var (items, usable): ([String], [String]) = ([], [])
    for number in 0..<12 {
      guard Bool.random(using: &random) else {
        items.append(pieces[Int.random(in: pieces.indices, using: &random)])
        continue
      }
      usable.append("evt_\(number)")
      items.append(Bool.random(using: &random) ? "\"evt_\(number)\"" : "{\"id\": \"evt_\(number)\"}")
    }
    let api = ScriptedAPI { request throws(TransportError) in .replayed(request) }
    let run = await CommandRun(
      "[\(items.joined(separator: ", "))] | replay --concurrency 1 | select ok id item", on: api)
    #expect(run.lines.count == items.count, "\(items) \(run.errors)")
    #expect(run.lines.count { $0.contains("\"ok\":true") } == usable.count, "\(items) \(run.output)")
    #expect(api.log == usable.map { "POST /events/\($0)/replay" })
    #expect(run.status == (usable.count == items.count ? 0 : 3))
  }

  @Test("a lost answer of a replay is an unknown outcome, and the replay is not repeated")
  func unknownOutcome() async {
    let api = ScriptedAPI { request throws(TransportError) in
      throw TransportError(.connectionLost, mayHaveReachedServer: true, message: "the cable was cut")
    }
    let run = await CommandRun("[\"evt_1\"] | replay | get error.code", on: api)
    #expect(run.output == "OUTCOME_UNKNOWN\n")
    #expect(api.log == ["POST /events/evt_1/replay"])
    #expect(run.status == 3)
  }

  @Test("a failure that all would share stops the run with status 1, and what was done is told")
  func sharedFailure() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.id == "evt_1" ? .replayed(request) : .failure(401, "UNAUTHORIZED")
    }
    let run = await CommandRun("replay evt_1 evt_2 evt_3 evt_4 --concurrency 1 | get id", on: api)
    // The item that failed is told like the one before it; those behind it were never sent.
    #expect(run.output == "evt_1\nevt_2\n")
    #expect(run.errors.hasPrefix("replay: 1 done, 1 failed: 1 UNAUTHORIZED; 2 of 4 not begun\nerror[UNAUTHORIZED]: "))
    #expect(run.status == 1)
    #expect(api.log.count == 2)
  }

  @Test("--on-error stop begins nothing more after a failure")
  func onErrorStop() async {
    let api = ScriptedAPI { request throws(TransportError) in
      request.id == "evt_2" ? .failure(404, "NOT_FOUND") : .replayed(request)
    }
    let run = await CommandRun("replay evt_1 evt_2 evt_3 --concurrency 1 --on-error stop | get ok", on: api)
    #expect(run.lines == ["true", "false"])
    #expect(run.status == 3)
    #expect(api.log == ["POST /events/evt_1/replay", "POST /events/evt_2/replay"])
  }

  @Test(
    "a dry run shows the requests and sends none",
    arguments: [("replay evt_1 evt_2 --dry-run", false), ("[\"evt_1\", \"evt_2\"] | replay", true)])
  func dryRun(script: String, isDryRun: Bool) async {
    let api = ScriptedAPI(events: 0)
    let run = await CommandRun(script, on: api, isDryRun: isDryRun)
    #expect(
      run.lines == [
        #"{"method":"POST","path":"/api/v1/events/evt_1/replay"}"#,
        #"{"method":"POST","path":"/api/v1/events/evt_2/replay"}"#,
      ])
    #expect(run.status == 0)
    #expect(api.log == [])
  }

  @Test("stopping early begins nothing more")
  func stoppedEarly() async {
    let api = ScriptedAPI(events: 50)
    let run = await CommandRun("events list | replay --concurrency 2 | first 3 | get id", on: api)
    #expect(run.lines == ["evt_1", "evt_2", "evt_3"])
    #expect(api.log.filter { $0.hasPrefix("POST") }.count <= 5)
    #expect(api.inFlight == 0)
  }

  @Test("cancelling while replays are blocked ends promptly, and nothing stays in flight")
  func cancellation() async {
    let (blocked, never) = (Gate(), Gate())
    let api = ScriptedAPI { request throws(TransportError) in
      guard request.method == "POST" else { return .events(request, count: 20, total: nil) }
      blocked.open()
      await never.pass()
      throw TransportError(.cancelled, mayHaveReachedServer: true, message: "the task was cancelled")
    }
    let task = Task { await CommandRun("events list | replay --concurrency 3 | count", on: api) }
    await blocked.pass()
    task.cancel()
    let run = await task.value
    #expect(run.status == 130)
    #expect(run.output == "")
    #expect(!run.errors.contains("error["))
    #expect(api.inFlight == 0)
  }
}
