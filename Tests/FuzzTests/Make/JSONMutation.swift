import OrderedJSON

extension FuzzRandom {
  /// The text of a value, in one of the ways that JSON has.
  mutating func text(of value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    (once(in: 4) ? JSONWriter.pretty : .compact).write(value, to: &bytes)
    switch below(40) {
    case 0: return [0xEF, 0xBB, 0xBF] + bytes
    case 1: return bytes + Array(" \n".utf8)
    case 2: return Array(bytes.dropLast(below(4)))
    case 3...7: return spoilt(bytes)
    default: return bytes
    }
  }

  /// The value with some part of it changed, at any depth.
  mutating func mutated(_ value: JSONValue, times: Int = 2) -> JSONValue {
    var value = value
    for _ in 0..<below(times + 1) { value = mutatedOnce(value, depth: 0) }
    return value
  }

  private mutating func mutatedOnce(_ value: JSONValue, depth: Int) -> JSONValue {
    guard !once(in: 4), depth < 8 else { return replacement(of: value) }
    switch value {
    case .array(var items) where !items.isEmpty:
      let index = below(items.count)
      switch below(6) {
      case 0: items.remove(at: index)
      case 1: items.append(items[index])
      case 2: items += Array(repeating: items[index], count: below(40))
      default: items[index] = mutatedOnce(items[index], depth: depth + 1)
      }
      return .array(items)
    case .object(var object) where !object.isEmpty:
      let key = pick(object.keys)
      switch below(8) {
      case 0: object[key] = nil
      case 1: object[awkwardText()] = object[key]
      case 2: object[awkwardText()] = json()
      default: object[key] = mutatedOnce(object[key] ?? .null, depth: depth + 1)
      }
      return .object(object)
    default: return replacement(of: value)
    }
  }

  private mutating func replacement(of value: JSONValue) -> JSONValue {
    switch (below(5), value) {
    case (0, .string(let text, _)):
      .string(String(decoding: spoilt(Array(text.utf8)), as: UTF8.self))
    case (1, _): .array([value])
    case (2, _): .object([awkwardText(): value])
    default: json()
    }
  }

  /// Any value.
  mutating func json(depth: Int = 0) -> JSONValue {
    switch below(depth < 4 ? 12 : 8) {
    case 0: return .null
    case 1: return .bool(once(in: 2))
    case 2, 3: return (try? JSONValue(parsing: pick(Self.numbers))) ?? .null
    case 4, 5: return .string(awkwardText())
    // What is parsed keeps its spelling and its duplicates.
    case 6: return (try? JSONValue(parsing: pick(Self.awkwardJSON))) ?? .null
    case 7 where once(in: 30): return nested(below(600))
    case 8, 9: return .array((0..<below(5)).map { _ in json(depth: depth + 1) })
    case 10, 11:
      var object = JSONObject()
      for _ in 0..<below(5) { object[awkwardText()] = json(depth: depth + 1) }
      return .object(object)
    default: return .string("")
    }
  }

  private func nested(_ depth: Int) -> JSONValue {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    return (try? JSONValue(parsing: text)) ?? .null
  }

  mutating func awkwardText() -> String {
    switch below(6) {
    case 0: pick(Self.pieces)
    case 1: String(decoding: bytes(length()), as: UTF8.self)
    case 2: String(repeating: pick(Self.pieces), count: length())
    default: pick(["id", "a", "b", "status", "eventType", "payload", "url", "error", "code", "x y", "0", ""])
    }
  }

  static let numbers = [
    "0", "-0", "1", "-1", "0.1", "1.10", "1e400", "-1e400", "1e-400", "9223372036854775807", "9223372036854775808",
    "-9223372036854775809", "12345678901234567890123456789012345678901234567890", "1e9", "200", "1E+2", "3.0",
  ]

  static let awkwardJSON = [
    #""\ud83d""#, #""a\udc00b""#, #""\ude80\ud83d""#, #"{"\ud83d":1,"\ud83e":2,"\uD83D":3}"#, #"{"a":1,"\u0061":2}"#,
    #"{"a":1,"a":2,"b":{"c":[],"c":{}}}"#, #"[1,"2",null,true,{"a":[]}]"#, #""\u0000\u001f\u007f\/""#, "{}", "[]",
    #"{"":""}"#, #"{"caf\u00e9":1,"café":2}"#, "[[],[[]],{}]", #"{"id":"evt_1","status":"failed"}"#,
  ]
}
