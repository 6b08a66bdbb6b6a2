import Testing

@Suite("Pasted JSON prints back byte for byte")
struct JSONFidelityTests {
  static let texts: [String] =
    [
      "null", "true", "false", "0", "-0", "-0.0", "1", "-1", "1.0", "1.10", "0.1", "1e400", "1E+2", "1e-2", "-1.5E10",
      "12345678901234567890", "123456789012345678901234567890.00", "4.9406564584124654e-324", "0e0", "1E400",
      #""""#, #""text""#, #""é日本🚀""#, #""\u00e9""#, #""\u00E9""#, #""\ud83d\ude80""#, #""\"\\\/\b\f\n\r\t""#, #""/""#,
      #""\u0000""#, #""\u001f""#, #""\u0041""#, #""\u2028""#, "\"\u{2028}\"", "\"\u{7F}\"", #""\\u0041""#, #""\\(1)""#,
      #""$x @y #z; | {""#, #""'""#, "\"\u{FEFF}\"", "\"e\u{301}\"",
      "[]", "{}", "[[]]", "[{}]", #"{"":0}"#, #"{"a":{}}"#, #"{"a":[]}"#, "[null,true,false]", "[1,[2,[3,[]]]]",
      #"{"a":1,"b":[1.0,"x"],"c":{"d":null}}"#, #"{"z":1,"a":2}"#, #"{"\u0061":1}"#, #"{"a\/b":1}"#, #"{"a b":1}"#,
      #""\ud83d""#, #""a\uDE80b\ud83d\ud83d\ude80""#, #"{"\ud83d":"\ud83d"}"#, #"{"\ud83d":1,"\ud83e":{"\ud83d":[]}}"#,
      #"{"true":1,"null":2,"let":3,"if":4,"$x":5,"@y":6}"#, #"{"é":1,"e\u0301":2}"#, #"[1.0,"a\u0041\/"]"#,
      #"[{"id":1},{"id":2}]"#, #"{"a":-0,"b":1e400,"c":1.10}"#, #"["\n","\\n"]"#, #"{"a":{"a":{"a":{"a":1}}}}"#,
    ] + [128, 500, 512].map { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    + [500].map { String(repeating: #"{"a":"#, count: $0) + "1" + String(repeating: "}", count: $0) }

  @Test("as a literal", arguments: texts)
  func literal(text: String) async {
    let run = await ScriptRun("\(text) | to json --compact")
    #expect(run.output == text + "\n", "\(run.errors)")
  }

  @Test("in a variable, from a file and as the value of a field", arguments: texts)
  func elsewhere(text: String) async {
    let isDeep = text.hasPrefix("[[[[") || text.contains(#"{"a":{"a":{"a":{"a":{"#)
    let run = await ScriptRun(
      "let x = \(text)\n$x | to json --compact\nopen f.jsonl | to json --compact\n@f.jsonl | from json | to json --compact",
      files: ["f.jsonl": text])
    #expect(run.output == "\(text)\n[\(text)]\n\(text)\n", "\(run.errors)")
    guard !isDeep else { return }
    let inside = await ScriptRun("let x = \(text)\n[{a: $x}] | get a | one | to json --compact")
    #expect(inside.output == text + "\n", "\(inside.errors)")
  }

  @Test("White space between tokens is left out, and nothing else")
  func whiteSpace() async {
    let run = await ScriptRun("[ 1.0 ,\t\"a b\" ,\n {\r\n \"k\" : [ ] } ] | to json --compact")
    #expect(run.output == #"[1.0,"a b",{"k":[]}]"# + "\n")
  }

  @Test("Random texts, the same in every run", arguments: 0..<60)
  func random(seed: UInt64) async {
    var random = JSONGenerator(seed: seed)
    let text = random.value(depth: 0)
    let run = await ScriptRun("\(text) | to json --compact")
    #expect(run.output == text + "\n", "\(run.errors)")
  }
}

/// Makes JSON texts without white space and without an object that has a key twice.
private struct JSONGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  private mutating func below(_ bound: Int) -> Int {
    // A linear congruential generator; its high bits are good enough here.
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }

  mutating func value(depth: Int) -> String {
    switch below(depth < 5 ? 9 : 5) {
    case 0: return ["null", "true", "false"][below(3)]
    case 1, 2: return number()
    case 3, 4: return string()
    case 5, 6:
      var items: [String] = []
      for _ in 0..<below(5) { items.append(value(depth: depth + 1)) }
      return "[" + items.joined(separator: ",") + "]"
    default:
      var pairs: [String] = []
      // The index makes the keys differ.
      for index in 0..<below(5) { pairs.append("\"\(index)" + string().dropFirst() + ":" + value(depth: depth + 1)) }
      return "{" + pairs.joined(separator: ",") + "}"
    }
  }

  private mutating func number() -> String {
    var text = below(2) == 0 ? "-" : ""
    text += below(3) == 0 ? "0" : "\(1 + below(9))" + digits(below(25))
    if below(3) == 0 { text += "." + digits(1 + below(20)) }
    if below(3) == 0 { text += ["e", "E"][below(2)] + ["", "+", "-"][below(3)] + digits(1 + below(4)) }
    return text
  }

  private mutating func digits(_ count: Int) -> String {
    var text = ""
    for _ in 0..<count { text += "\(below(10))" }
    return text
  }

  private mutating func string() -> String {
    let pieces = [
      "a", "Z", " ", "é", "日", "🚀", "'", "$", "@", "#", ";", "|", "{", "(", "\\\"", "\\\\", "\\/", "\\n", "\\t", "\\b",
      "\\u0000",
      "\\u00e9", "\\u00E9", "\\ud83d\\ude80", "\\ud834\\udd1e", "//", "\\\\(", "e\u{301}",
    ]
    var text = "\""
    for _ in 0..<below(8) { text += pieces[below(pieces.count)] }
    return text + "\""
  }
}
