import TestSupport
import Testing

@testable import OrderedJSON

@Suite("Looking up what was noted while a text was checked")
struct JSONTapeTests {
  /// Texts with equal keys, escapes and white space in them, at random.
  private struct TextGenerator {
    var random: SplitMix64
    var mayEscapeKeys: Bool

    mutating func text(depth: Int) -> String {
      let space = [" ", "\n", "", "", ""].randomElement(using: &random) ?? ""
      return space + value(depth: depth) + space
    }

    private mutating func value(depth: Int) -> String {
      switch Int.random(in: 0..<(depth > 4 ? 6 : 12), using: &random) {
      case 0: return "null"
      case 1: return "true"
      case 2: return "\(Int.random(in: -9...99, using: &random))e1"
      case 3: return #""}:\",[ü""#
      case 4: return "{ }"
      case 5: return "[]"
      case 6, 7:
        let items = (0..<Int.random(in: 0...4, using: &random)).map { _ in text(depth: depth + 1) }
        return "[\(items.joined(separator: ","))]"
      default:
        let pairs = (0..<Int.random(in: 0...5, using: &random)).map { _ in
          let space = Bool.random(using: &random) ? " " : ""
          return "\(space)\"\(key())\"\(space):\(text(depth: depth + 1))"
        }
        return "{\(pairs.joined(separator: ","))}"
      }
    }

    private mutating func key() -> String {
      (JSONTapeTests.keys + (mayEscapeKeys ? [#"\u0061"#, #"a\"b"#] : [])).randomElement(using: &random) ?? ""
    }
  }

  private static let keys = ["a", "b", "", "ab", "é", "id", "a long key of more than eight bytes"]
  /// Keys that are there, and what a text could be taken for.
  private static let sought = keys + ["a\"b", "a\":", "\"", ":", "{", "nope"]

  /// Looks up every key of every object, and compares with what is found in a text without a tape.
  private func check(_ value: JSONValue, against plain: JSONValue, in text: String) {
    switch (value, plain) {
    case (.array(let items), .array(let others)):
      #expect(items.count == others.count)
      for (item, other) in zip(items, others) { check(item, against: other, in: text) }
    case (.object(let object), .object(let other)):
      #expect(object.keys == other.keys)
      for key in Self.sought {
        let (value, plain) = (object[key], other[key])
        #expect(value == plain && object.detached()[key] == plain, "\(key) in \(text)")
        if let value, let plain { check(value, against: plain, in: text) }
      }
    default: #expect(value == plain)
    }
  }

  private func tape(of text: String) throws -> JSONTape {
    let bytes = Array(text.utf8)
    return try bytes.withUnsafeBufferPointer { buffer in
      let base = try #require(buffer.baseAddress)
      return try withUnsafeTemporaryAllocation(of: UInt32.self, capacity: JSONTapeRecorder.room(forText: bytes.count)) {
        var validator = JSONValidator(base, from: 0, to: bytes.count, recorder: JSONTapeRecorder($0))
        try validator.document()
        return JSONTape(validator.recorder)
      }
    }
  }

  @Test("finds what reading the whole text finds", arguments: [false, true])
  func random(mayEscapeKeys: Bool) throws {
    var generator = TextGenerator(random: SplitMix64(seed: 7), mayEscapeKeys: mayEscapeKeys)
    for _ in 0..<2000 {
      let text = generator.text(depth: 0)
      let plain = JSONText(source: JSONSource(Array(text.utf8)), range: 0..<text.utf8.count).value()
      check(try JSONValue(parsing: text), against: plain, in: text)
      // A part of a larger text, with the like before and behind it.
      let bytes = Array("{\"a\":1}\(text){\"a\":2}".utf8)
      check(try JSONValue(parsing: bytes, in: 7..<bytes.count - 7), against: plain, in: text)
    }
  }

  @Test("What has a tape: neither what has escapes in a key, nor little but brackets, nor what is long")
  func tapes() throws {
    #expect(try tape(of: "{}").root != nil && tape(of: "1").root != nil)
    #expect(try tape(of: #"{"a":"\n\u00e9","b":[{"c":1}]}"#).root != nil)
    #expect(try tape(of: #"{"a":1,"b":[{"\u0063":1}]}"#).root == nil)
    #expect(try tape(of: String(repeating: "[", count: 200) + String(repeating: "]", count: 200)).root == nil)
    let records = (0..<50_000).map { #"{"id":"evt_\#($0)","status":"delivered","payload":{"amount":\#($0)}}"# }
    let list = "[" + records.joined(separator: ",") + "]"
    #expect(try tape(of: list).root != nil)
    #expect(try JSONValue(parsing: list).arrayValue?.last?["payload"]?["amount"] == 49_999)
    #expect(try tape(of: "[\"" + String(repeating: "x", count: 16 << 20) + "\"]").root == nil)
  }

  @Test("A text of little but brackets is read again, and a large one is found all the same")
  func limits() throws {
    let dense = "{" + (0..<5000).map { "\"\($0 % 3)\":{}" }.joined(separator: ",") + ",\"x\":[[[[[{\"y\":1}]]]]]}"
    let value = try JSONValue(parsing: dense)
    #expect(value["x"]?.description == "[[[[[{\"y\":1}]]]]]" && value["2"]?.description == "{}" && value["3"] == nil)
    let filler = String(repeating: "x", count: 60)
    let pairs = (0..<200_000).map { "\"key \($0)\":{\"a\":[\($0)],\"filler\":\"\(filler)\"}" }
    let large = try JSONValue(parsing: "{" + pairs.joined(separator: ",") + "}")
    #expect(large["key 199999"]?["a"]?.description == "[199999]")
  }
}
