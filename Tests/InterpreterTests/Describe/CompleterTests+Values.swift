import OrderedJSON
import Testing

@testable import Interpreter

extension CompleterTests {
  @Test(
    "a compared field offers what it may hold and what it held, then what else a value may begin with",
    arguments: [
      ("orders list | where .type == ^", [#""new""#, #""old thing""#, ".id", ".type", ".payload"]),
      ("orders list | where .type == ne^", [#""new""#]), (#"orders list | where .type == "o^"#, [#""old thing""#]),
      (#"orders list | where .type != 'o^"#, ["'old thing'"]), ("orders list | where .type == tr^", ["true"]),
      ("orders list | where .id == 1 and .state == s^", [#""shut""#]),
      ("orders list | where .state in [^", [#""open""#, #""shut""#, ".id", ".type", ".payload"]),
      (#"orders list | where .state in ["open", sh^"#, [#""shut""#]),
      (#"orders list | where (.payload."in-hand" == ^"#, ["true", ".id", ".type", ".payload"]),
      ("orders list | select id payload.note | where .\"payload.note\" == ^", [#""x""#, ".id", #"."payload.note""#]),
      ("orders list | get payload | where .note == \"^", [#""x""#]),
      ("orders list | group-by .type | where .key == ^", [#""new""#, #""old thing""#, ".key", ".count", ".items"]),
      ("orders list | group-by .type .id | where .key.id == ord_2^", [#""ord_2""#]),
      ("$all | where .type == ^", [#""new""#, #""old thing""#, ".id", ".type", ".payload"]),
      ("orders list | where .type == 1 ^", ["*", "/", "%", "+", "-", "and", "or", "??"]),
      ("orders list | where (.type == 1) ^", Operator.allCases.map { $0.sign }),
      ("orders list | where .type == 1 and .id ^", Operator.allCases.map { $0.sign }),
      ("orders list | where .nope == ^", [".id", ".type", ".payload"]),
    ])
  func compared(text: String, candidates: [String]) async {
    let parts = text.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
    let completion = Completer(await Self.context(after: Self.seen)).complete(parts[0], at: parts[0].utf8.count)
    #expect(completion.candidates.map { $0.text } == candidates)
  }

  @Test("what is kept of a field's values is bounded, and holds no secret")
  func values() {
    var values = SeenValues()
    for number in 0..<1000 {
      values.note([
        "id": JSONValue(number), "secret": "x", "apiKey": "y", "long": .string(String(repeating: "x", count: 81)),
        "at": ["key-\(number)": 1], "note": "whsec_1", "deep": ["a": ["b": ["c": ["d": 1]]]],
      ]) { !$0.hasPrefix("whsec_") }
    }
    #expect(values[["id"]].map { $0.text } == (950..<1000).map { "\($0)" })
    #expect(values[["at", "key-90"]] == [1] && values[["at", "key-990"]] == [])
    for keys in [["secret"], ["apiKey"], ["long"], ["note"], ["deep", "a", "b", "c", "d"]] {
      #expect(values[keys] == [])
    }
  }

  @Test(
    "fields behind a command that gathers are those that it makes",
    arguments: [
      ("orders list | group-by .type | where .it^", "orders list | group-by .type | where .items"),
      ("orders list | group-by .type | select k^", "orders list | group-by .type | select key"),
      ("orders list | group-by .payload | get key.am^", "orders list | group-by .payload | get key.amount"),
      (
        "orders list | group-by .type .payload.note | get key.no^",
        "orders list | group-by .type .payload.note | get key.note"
      ),
      (
        "orders list | group-by .type | each { .items | where .pay^",
        "orders list | group-by .type | each { .items | where .payload"
      ),
      ("orders list | count-by .type | sort-by .cou^", "orders list | count-by .type | sort-by .count"),
      ("orders list | stats .payload.amount | get p50^", "orders list | stats .payload.amount | get p50"),
      ("{a: 1} | entries | where .val^", "{a: 1} | entries | where .value"),
      ("diff $o $o | where .ol^", "diff $o $o | where .old"),
      ("change ord_1 {ty^", "change ord_1 {type:"), ("change ord_1 {type: 1, st^", "change ord_1 {type: 1, status:"),
      ("$all | change ord_1 {od^", #"$all | change ord_1 {"odd key":"#),
      ("change ord_1 {type: 1, ty^", nil), ("change ord_1 {type: {st^", nil),
    ])
  func gathered(text: String, completed: String?) async {
    #expect(await Self.complete(text, after: Self.seen) == (completed.map { [$0] } ?? []))
  }

  private static let variables = ["$_", "$args", "$env"]

  @Test(
    "the value of a key is what the flag of that name takes",
    arguments: [
      ("tune {isFast: ^", ["true", "false"] + variables), ("tune {isFast: t^", ["true"]),
      ("tune {\"isFast\": f^", ["false"]),
      ("tune {note: 1, powerMode: ^", [#""low""#, #""very high""#] + variables),
      (#"tune {powerMode: "v^"#, [#""very high""#]),
      (#"tune {isFast: "t^"#, []), ("tune {a: {isFast: ^", variables), ("[{isFast: ^", variables),
    ])
  func keyed(text: String, candidates: [String]) async {
    let parts = text.split(separator: "^", omittingEmptySubsequences: false).map(String.init)
    let completion = Completer(await Self.context()).complete(parts[0], at: parts[0].utf8.count)
    #expect(completion.candidates.map { $0.text } == candidates)
  }

  @Test("an empty record offers the keys that it may have")
  func recordKeys() async {
    #expect(
      await Self.complete("change ord_1 {^", after: Self.seen)
        == ["change ord_1 {type:", #"change ord_1 {"odd key":"#, "change ord_1 {status:"])
    #expect(
      await Self.complete("change ord_1 {type: 1, ^", after: Self.seen)
        == [#"change ord_1 {type: 1, "odd key":"#, "change ord_1 {type: 1, status:"])
  }
}
