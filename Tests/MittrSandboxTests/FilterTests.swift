import MittrSandbox
import OrderedJSON
import Testing

@Suite("Endpoint filters")
struct FilterTests {
  private static let payload =
    #"{"amount": 9900, "big": 12345678901234567890, "note": "paid late", "tags": ["a", 2], "c": {"tier": "gold"}, "n": null}"#

  @Test(
    "an endpoint gets the events whose payload its filter accepts, and no others",
    arguments: [
      (#"[]"#, true),
      (#"[{"field": "$.amount", "operator": "eq", "value": 9900.0}]"#, true),
      (#"{"field": "$.amount", "operator": "eq", "value": "9900"}"#, false),
      (#"{"field": "$.c", "operator": "eq", "value": {"tier": "gold"}}"#, true),
      (#"{"field": "$.c.tier", "operator": "ne", "value": "gold"}"#, false),
      (#"{"field": "$.missing", "operator": "ne", "value": "gold"}"#, true),
      (#"{"field": "$.amount", "operator": "gt", "value": 9899.5}"#, true),
      (#"{"field": "$.amount", "operator": "gt", "value": 9900}"#, false),
      (#"{"field": "$.amount", "operator": "gte", "value": 9900}"#, true),
      (#"{"field": "$.amount", "operator": "lt", "value": 1e4}"#, true),
      (#"{"field": "$.amount", "operator": "lte", "value": 9899}"#, false),
      (#"{"field": "$.amount", "operator": "lt", "value": "z"}"#, false),
      (#"{"field": "$.missing", "operator": "lt", "value": 1}"#, false),
      (#"{"field": "$.c.tier", "operator": "gte", "value": "gold"}"#, true),
      (#"{"field": "$.c.tier", "operator": "lt", "value": "golf"}"#, true),
      (#"{"field": "$.note", "operator": "contains", "value": "id la"}"#, true),
      (#"{"field": "$.note", "operator": "contains", "value": ""}"#, true),
      (#"{"field": "$.tags", "operator": "contains", "value": 2}"#, true),
      (#"{"field": "$.tags", "operator": "contains", "value": "2"}"#, false),
      (#"{"field": "$.tags[0]", "operator": "eq", "value": "a"}"#, true),
      (#"{"field": "$.tags[2]", "operator": "exists", "value": false}"#, true),
      (#"{"field": "$.note", "operator": "startsWith", "value": "paid"}"#, true),
      (#"{"field": "$.note", "operator": "endsWith", "value": "paid"}"#, false),
      (#"{"field": "$.note", "operator": "endsWith", "value": "late"}"#, true),
      (#"{"field": "$.n", "operator": "exists"}"#, true),
      (#"{"field": "$.c.tier.x", "operator": "exists"}"#, false),
      (#"{"field": "$.note", "operator": "regex", "value": "^paid\\s+(late|early)$"}"#, true),
      (#"{"field": "$.note", "operator": "regex", "value": "^late"}"#, false),
      (#"{"field": "$.amount", "operator": "regex", "value": "9900"}"#, false),
      (#"{"field": "$.note", "operator": "regex", "value": "^(([a-z]+ ?)+)+$"}"#, true),
      (#"{"not": {"field": "$.amount", "operator": "gt", "value": 1}}"#, false),
      (#"{"or": [{"field": "$.a", "operator": "exists"}, {"field": "$.amount", "operator": "exists"}]}"#, true),
      (#"{"or": []}"#, false),
      (#"{"and": [{"not": {"or": [{"field": "$.a", "operator": "exists"}]}}, []]}"#, true),
      (#"[{"field": "$.amount", "operator": "gt", "value": 1}, {"field": "$.a", "operator": "exists"}]"#, false),
      (nested(10), true),
    ])
  func matches(filter: String, isMatch: Bool) async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      let client = Client(sandbox)
      let id = try await client.endpoint(#"{"url": "http://localhost/", "filter": \#(filter)}"#)
      let answer = try await client.send(#"{"eventType": "a", "payload": \#(Self.payload)}"#, key: "k")
      #expect(answer.json["endpointId"]?.stringValue == (isMatch ? id : nil))
    }
  }

  /// So many levels of `and` around a condition.
  private static func nested(_ levels: Int) -> String {
    String(repeating: #"{"and": ["#, count: levels) + #"{"field": "$", "operator": "exists"}"#
      + String(repeating: "]}", count: levels)
  }

  @Test(
    "what is no filter is refused",
    arguments: [
      "1", #"{}"#, #"{"and": 1}"#, #"[1]"#, #"{"field": "a", "operator": "eq", "value": 1}"#,
      #"{"field": "$.", "operator": "eq", "value": 1}"#, #"{"field": "$.a[x]", "operator": "eq", "value": 1}"#,
      #"{"field": "$.a", "operator": "eq"}"#, #"{"field": "$.a", "operator": "gt", "value": []}"#,
      #"{"field": "$.a", "operator": "regex", "value": "("}"#,
      #"{"field": "$.a", "operator": "regex", "value": "(a)\\1"}"#,
      #"{"field": "$.a", "operator": "regex", "value": "a(?=b)"}"#,
      #"{"field": "$.a", "operator": "regex", "value": "((a{1000}){1000}){1000}"}"#,
      #"{"field": "$.a", "operator": "exists", "value": 1}"#, nested(11), nested(200),
    ])
  func invalid(filter: String) async throws {
    try await Sandbox.with(configuration()) { sandbox in
      let answer = try await Client(sandbox).post(
        "/api/v1/endpoints", #"{"url": "http://localhost/", "filter": \#(filter)}"#)
      #expect(answer.status == 400)
      #expect(answer.fields == ["filter"])
    }
  }

  @Test(
    "no pattern takes long, however it repeats",
    .timeLimit(.minutes(1)),
    arguments: ["(a+)+$", "((a|aa))*$", "(a*)*b", "(a|a)*c", "(.*)*x(.*)*y", "((((a?)*)?)*)+$"])
  func explosive(pattern: String) async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      let client = Client(sandbox)
      let id = try await client.endpoint(
        #"{"url": "http://localhost/", "filter": {"not": {"field": "$.a", "operator": "regex", "value": "^\#(pattern)$"}}}"#
      )
      let text = String(repeating: "a", count: 1000) + "!"
      let answer = try await client.send(#"{"eventType": "a", "payload": {"a": "\#(text)"}}"#, key: "k")
      #expect(answer.json["endpointId"]?.stringValue == id)
    }
  }

  @Test("a pattern has 256 bytes and a text 1,024 at most")
  func bounds() async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      let client = Client(sandbox)
      func filter(_ pattern: String) -> String {
        #"{"url": "http://localhost/", "filter": {"field": "$.a", "operator": "regex", "value": "\#(pattern)"}}"#
      }
      let long = try await client.post("/api/v1/endpoints", filter(String(repeating: "a", count: 257)))
      #expect(long.status == 400)
      let id = try await client.endpoint(filter("a"))
      for (length, isMatch) in [(1024, true), (1025, false)] {
        let text = String(repeating: "a", count: length)
        let answer = try await client.send(#"{"eventType": "a", "payload": {"a": "\#(text)"}}"#, key: "\(length)")
        #expect((answer.json["endpointId"]?.stringValue == id) == isMatch)
      }
    }
  }

  @Test(
    "a star in an event type stands for any run of characters",
    arguments: [
      ("order.*", "order.created", true), ("order.*", "order.item.added", true), ("order.*", "order", false),
      ("order.*", "orders.created", false), ("*", "anything", true), ("*.created", "order.created", true),
      ("o*d*r", "o-d-d-r", true), ("o*d*r", "o-d-d-", false), ("order", "order", true), ("order", "orders", false),
      ("a**b", "ab", true),
      (String(repeating: "*a", count: 60) + "*b", String(repeating: "a", count: 255), false),
    ])
  func wildcards(pattern: String, eventType: String, isMatch: Bool) async throws {
    try await Sandbox.with(configuration { $0.delivers = false }) { sandbox in
      let client = Client(sandbox)
      _ = try await client.endpoint(#"{"url": "http://localhost/", "eventTypes": ["\#(pattern)"]}"#)
      let answer = try await client.send(#"{"eventType": "\#(eventType)", "payload": {}}"#, key: "k")
      #expect((answer.json["endpointId"] != nil) == isMatch)
      let listed = try await client.get("/api/v1/events?eventType=\(pattern)")
      #expect(listed.items.count == (isMatch ? 1 : 0))
    }
  }
}
