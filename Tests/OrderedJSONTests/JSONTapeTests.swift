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

  /// Looks up every key of every object, and compares with what is found when all of it is read.
  private func check(_ value: JSONValue, in text: String) {
    switch value {
    case .array(let items): for item in items { check(item, in: text) }
    case .object(let object):
      var pairs: [String: JSONValue] = [:]
      for (key, value) in object { pairs[key] = value }
      for key in Self.sought {
        #expect(object[key] == pairs[key], "\(key) in \(text)")
        #expect(object.detached()[key] == pairs[key], "\(key) in \(text)")
      }
      for value in pairs.values { check(value, in: text) }
    default: break
    }
  }

  @Test("finds what reading the whole text finds", arguments: [false, true])
  func random(mayEscapeKeys: Bool) throws {
    var generator = TextGenerator(random: SplitMix64(seed: 7), mayEscapeKeys: mayEscapeKeys)
    for _ in 0..<2000 {
      let text = generator.text(depth: 0)
      check(try JSONValue(parsing: text), in: text)
      // A part of a larger text, with the like before and behind it.
      let bytes = Array("{\"a\":1}\(text){\"a\":2}".utf8)
      check(try JSONValue(parsing: bytes, in: 7..<bytes.count - 7), in: text)
    }
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
