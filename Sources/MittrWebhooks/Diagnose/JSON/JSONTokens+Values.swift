extension JSONTokens {
  /// A value below the root.
  struct Value {
    /// The name it stands behind, or that its array stands behind; empty for none.
    let key: Range<Int>
    /// Where it stands in the source.
    let range: Range<Int>
    let isString: Bool
  }

  /// The strings, objects and arrays below the root that are not too short, down to so many levels.
  func values(depth: Int = 3, fewestBytes: Int) -> [Value] {
    var values: [Value] = []
    var keys: [Range<Int>] = []
    var open: [Int] = []
    var key = 0..<0
    for (place, token) in tokens.enumerated() {
      switch token.kind {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.append(place)
        keys.append(key)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard let start = open.popLast(), let own = keys.popLast() else { continue }
        key = keys.last ?? 0..<0
        guard 1...depth ~= open.count else { continue }
        let range = Int(tokens[start].start)..<Int(token.end)
        if range.count >= fewestBytes { values.append(Value(key: own, range: range, isString: false)) }
      case UInt8(ascii: "\""):
        guard place + 1 < tokens.count, tokens[place + 1].kind == UInt8(ascii: ":"),
          open.last.map({ tokens[$0].kind == UInt8(ascii: "{") }) == true
        else {
          if 1...depth ~= open.count, token.range.count >= fewestBytes {
            values.append(Value(key: key, range: token.range, isString: true))
          }
          continue
        }
        key = token.range.lowerBound + 1..<token.range.upperBound - 1
      default: break
      }
    }
    return values
  }

  /// What a string token's text means.
  func meaning(_ range: Range<Int>) -> [UInt8] {
    source.withUnsafeBufferPointer { JSONStringCharacters.meaning(of: $0[range].dropFirst().dropLast()) }
  }

  /// Whether the whole text is one string.
  var isString: Bool { tokens.count == 1 && tokens[0].kind == UInt8(ascii: "\"") }
  var isObject: Bool { tokens.first?.kind == UInt8(ascii: "{") }
}
