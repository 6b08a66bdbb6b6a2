import MittrSDK
import MittrSandbox
import Testing

@Suite("Conditions that the server checks", .timeLimit(.minutes(2)))
struct PushDownTests {
  @Test(
    "a where right behind the list becomes a parameter when that cannot change the result",
    arguments: [
      (#"where .status == "failed""#, "status=failed"),
      (#"where "failed" == .status"#, "status=failed"),
      (#"where ."status" == "failed""#, "status=failed"),
      (#"where (.status == "failed")"#, "status=failed"), (#"where .status == ("failed")"#, "status=failed"),
      (#"where .status == "failed" and .payload.n > 1"#, "status=failed"),
      (
        #"where .status == "failed" and .eventType == "a.b" and .endpointId == "ep_1""#,
        "status=failed&eventType=a.b&endpointId=ep_1"
      ),
      (#"where .status == "failed" | where .eventType == "a.b""#, "status=failed&eventType=a.b"),
      (#"where .status == "failed" and .status == "dead" and .eventType == "a""#, "status=failed&eventType=a"),
      (#"where .status == "fialed" and .eventType == "a""#, "eventType=a"),
      (#"where .eventType like "order.*""#, "eventType=order.%2A"),
      (#"where .eventType like "order.created""#, "eventType=order.created"),
      ("where .status == $s", "status=dead"),
      ("where .status == $args.0", "status=failed"),
      ("where .status == $record.list[0]", "status=pending"),
    ])
  func pushed(stages: String, query: String) async {
    let api = ScriptedAPI(events: 3)
    let run = await CommandRun(
      #"let s = "dead"; let record = {list: ["pending"]}; events list --all | "# + stages, on: api,
      arguments: ["failed"])
    #expect(!run.errors.contains("error["))
    #expect(api.log == ["GET /events?\(query)&limit=100"])
  }

  @Test(
    "what could change the result stays on this side",
    arguments: [
      #"events list | where .status == "failed""#,
      #"events list --all=false | where .status == "failed""#,
      #"events list --all --cursor 1 | where .status == "failed""#,
      #"events list --all | where .payload.n > 1 and .status == "failed""#,
      #"events list --all | where .status == "failed" or .status == "dead""#,
      #"events list --all | where not (.status == "failed")"#,
      #"events list --all | where .status != "failed""#,
      #"events list --all | where .status == "fialed""#,
      #"events list --all | where .status == null"#,
      #"events list --all | where .status == 1"#,
      #"events list --all | where .status == .status"#,
      #"events list --all | where .status == ("failed" | upper)"#,
      #"events list --all | where .status.x == "failed""#,
      #"events list --all | where .status like "f*""#,
      #"events list --all | where .eventType == "order.*""#,
      #"events list --all | where .eventType == """#,
      #"events list --all | where .eventType == "ä""#,
      #"events list --all | where "order.*" like .eventType"#,
      #"events list --all | where .id == "evt_1""#,
      #"events list --all | each { . } | where .status == "failed""#,
      #"events list --all | first 3 | where .status == "failed""#,
      #"events list --all | where .id != "evt_1" | where .status == "failed""#,
      #"let s = "failed"; events list --all | where .status == $s | each { set s = "dead" }"#,
      #"let s = "failed"; def f() { set s = "dead" }; for e in (events list --all | where .status == $s) { f }"#,
      #"let s = "failed"; def f() { source "x" }; events list --all | where .status == $s"#,
    ])
  func notPushed(script: String) async {
    let api = ScriptedAPI(events: 3)
    _ = await CommandRun(script, on: api)
    #expect(api.log.allSatisfy { $0.wholeMatch(of: /GET \/events(\?limit=\d+)?(&?\??cursor=1)?/) != nil }, "\(api.log)")
  }

  @Test("a flag that is given stands; what it says is not sent twice")
  func givenFlag() async {
    let api = ScriptedAPI(events: 3)
    let run = await CommandRun(
      #"events list --all --status dead | where .status == "failed" and .eventType == "a""#, on: api)
    #expect(run.status == 0)
    #expect(api.log == ["GET /events?status=dead&eventType=a&limit=100"])
  }

  @Test("first N behind it asks for a page of N, and for more only when the server did not filter")
  func pageSize() async {
    let api = ScriptedAPI(events: 300)
    let run = await CommandRun(#"events list --all | where .status == "failed" | first 2 | get id"#, on: api)
    #expect(run.lines == ["evt_1", "evt_2"])
    #expect(api.log == ["GET /events?status=failed&limit=2"])
    // This server knows no endpointId: all of its events come, one of them is the one.
    let ignorant = ScriptedAPI(events: 300)
    let found = await CommandRun(
      #"events list --all | where .endpointId == "ep_150" | first 1 | get id"#, on: ignorant)
    #expect(found.lines == ["evt_150"])
    #expect(
      ignorant.log == [
        "GET /events?endpointId=ep_150&limit=1", "GET /events?endpointId=ep_150&limit=100&cursor=2",
        "GET /events?endpointId=ep_150&limit=100&cursor=102",
      ])
  }

  @Test("a condition that the server cannot check whole leaves the page at its usual size")
  func usualSize() async {
    let api = ScriptedAPI(events: 3)
    _ = await CommandRun(#"events list --all | where .status == "failed" and .id != "evt_1" | first 2"#, on: api)
    #expect(api.log == ["GET /events?status=failed&limit=100"])
  }

  @Test("a page of --limit is no larger for it")
  func limit() async {
    let api = ScriptedAPI(events: 30)
    _ = await CommandRun(#"events list --all --limit 3 | where .status == "failed" | first 5 | count"#, on: api)
    #expect(api.log == ["GET /events?status=failed&limit=3", "GET /events?status=failed&limit=3&cursor=4"])
  }

  @Test("the result is the same as without, whatever the condition")
  func sameResult() async throws {
    try await Sandbox.with(.demo) { sandbox in
      let client = Mittr(apiKey: sandbox.apiKey, baseURL: sandbox.baseURL)
      var generator = Choices(seed: 7)
      for _ in 0..<150 {
        let condition = generator.condition(depth: 2)
        let stages = generator.next(3) == 0 ? "where \(condition) | first \(generator.next(4))" : "where \(condition)"
        let preamble = #"let s = "failed"; let t = "order.created"; "#
        let pushed = await CommandRun(preamble + "events list --all | \(stages) | get id", client, now: 1_767_225_600)
        let plain = await CommandRun(
          preamble + "events list --all | each { . } | \(stages) | get id", client, now: 1_767_225_600)
        #expect(pushed.output == plain.output, "\(stages)")
        #expect(pushed.status == plain.status, "\(stages)")
        #expect(pushed.codes == plain.codes, "\(stages): \(pushed.errors)")
      }
      await client.shutdown()
    }
  }
}

extension CommandRun {
  /// The codes of the errors and warnings; their places differ.
  fileprivate var codes: [String] {
    errors.split(separator: "\n").map(String.init).filter { line in
      // What is known of a source's words is not known behind another command.
      (line.hasPrefix("error[") || line.hasPrefix("warning[")) && !line.hasPrefix("warning[unknown-word]")
    }
  }
}

/// Makes conditions out of pieces, the same ones for the same seed.
private struct Choices {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// From 0 to `count - 1`.
  mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }

  mutating func pick(_ words: [String]) -> String { words[next(words.count)] }

  mutating func condition(depth: Int) -> String {
    if depth > 0 {
      switch next(5) {
      case 0: return "\(condition(depth: depth - 1)) and \(condition(depth: depth - 1))"
      case 1: return "\(condition(depth: depth - 1)) or \(condition(depth: depth - 1))"
      case 2: return "(\(condition(depth: depth - 1)) and \(condition(depth: depth - 1)))"
      case 3: return "not (\(condition(depth: depth - 1)))"
      default: break
      }
    }
    let field = pick([".status", ".eventType", ".endpointId", ".status", ".eventType", ".payload.amount", ".nothing"])
    if next(12) == 0 { return ".payload.currency.x == 1" }
    let operand = pick([
      #""failed""#, #""dead""#, #""order.created""#, #""order.*""#, "$s", "$t", "null", "7", #""payment.failed""#,
      #""""#, #""*""#, #"("dead")"#, ".status",
    ])
    switch next(4) {
    case 0: return "\(operand) == \(field)"
    case 1: return "\(field) like \(pick([#""order.*""#, #""*.created""#, #""failed""#, #""[a-z]*""#, "$t"]))"
    default: return "\(field) == \(operand)"
    }
  }
}
