/// Makes hostile scripts, the same ones for the same seed.
struct FuzzGenerator {
  private var state: UInt64
  /// Texts that are right, to be spoilt.
  private let corpus: [[UInt8]]

  init(seed: UInt64, corpus: [[UInt8]]) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    self.corpus = corpus
  }

  /// SplitMix64.
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number below `bound`, which is at least 1.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func script() -> [UInt8] {
    switch below(10) {
    case 0: randomBytes()
    case 1, 2, 3: randomTokens()
    default: spoilt()
    }
  }

  private mutating func randomBytes() -> [UInt8] {
    let isText = below(2) == 0
    return (0..<below(200)).map { _ in isText ? UInt8(0x20 + below(0x5F)) : UInt8(below(256)) }
  }

  private mutating func randomTokens() -> [UInt8] {
    var text = ""
    for _ in 0..<below(40) { text += Self.pieces[below(Self.pieces.count)] + (below(4) == 0 ? "" : " ") }
    return Array(text.utf8)
  }

  /// A right text with a few wrongs.
  private mutating func spoilt() -> [UInt8] {
    var bytes = corpus[below(corpus.count)]
    for _ in 0...below(4) {
      let (start, end) = range(in: bytes)
      switch below(7) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: if bytes.count > 1 { bytes.swapAt(below(bytes.count), below(bytes.count)) }
      case 3: bytes.insert(contentsOf: Self.pieces[below(Self.pieces.count)].utf8, at: start)
      case 4: bytes.removeSubrange(start...)
      case 5: if !bytes.isEmpty { bytes[below(bytes.count)] = UInt8(below(256)) }
      default:
        // A piece of another text.
        let other = corpus[below(corpus.count)]
        let (from, to) = range(in: other)
        bytes.insert(contentsOf: other[from..<to], at: start)
      }
    }
    return bytes
  }

  private mutating func range(in bytes: [UInt8]) -> (Int, Int) {
    let start = below(bytes.count + 1)
    return (start, min(bytes.count, start + below(16)))
  }

  static let pieces =
    [
      "(", ")", "[", "]", "{", "}", "|", ";", "\n", "\r\n", ",", ":", "$", ".", "?", "??", "@", "@-", "+", "-", "*",
      "/",
      "%", "=", "==", "!=", "<", "<=", ">", ">=", "=~", "!~", "\"", "'", "\\", "\\(", "\\\n", "#", "--", "--all", "&",
      "\"a\\(1)b\"", "\"\\u00e9\"", "\"\\ud800\"", "'raw'", "0", "-0", "1.10", "1e400", "9223372036854775807", "007",
      "2h",
      "$x", "$in", "$_", "$args.0", "$env.NAME", ".a", ".a?.b", ".[0]", ".0", "[1, 2]", "{a: 1}", "{\"a\": [null]}",
      "let x =", "set x =", "def f(a, b = 2) {", "f 1", "each {", "where", "é", "\u{202E}", "\u{FEFF}", "\0", "\t",
      "first 2", "count", "select a", "sort-by", "open events.jsonl", "print", "one", "sum", "collect", "help",
    ] + words
  private static let words = [
    "let", "set", "if", "else", "for", "in", "def", "return", "try", "catch", "assert", "source", "exit", "true",
    "false",
    "null", "and", "or", "not", "contains", "starts-with", "ends-with", "like", "events", "list",
  ]
}
