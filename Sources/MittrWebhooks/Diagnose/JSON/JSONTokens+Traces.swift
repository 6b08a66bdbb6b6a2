/// What a program that parsed a text and wrote it anew leaves behind.
extension JSONTokens {
  /// Whether there are integers above 2^53 that end in a zero, or numbers of 16 significant digits and more.
  var hasRoundedNumbers: Bool {
    tokens.contains { token in
      guard token.kind == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= token.kind,
        token.range.count >= 16
      else { return false }
      let text = source[token.range]
      let mantissa = text.prefix { $0 | 0x20 != UInt8(ascii: "e") }
      let digits = mantissa.filter { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.drop { $0 == UInt8(ascii: "0") }
      if mantissa.count < text.count || mantissa.contains(UInt8(ascii: ".")) { return digits.count >= 16 }
      return
        (digits.count > 16 || digits.count == 16 && digits.lexicographicallyPrecedes("9007199254740992".utf8) == false)
        && digits.last == UInt8(ascii: "0")
    }
  }

  /// Whether the keys of all objects lie in an order that a program makes, by length and then by bytes or by bytes alone,
  /// and there are so many that this is hardly chance.
  var hasOrderedKeys: Bool {
    // By chance, n keys lie so once in n! times.
    var chances = 1.0
    var (liesByLength, liesByBytes) = (true, true)
    /// For each bracket that is open, how many keys came, and the last of them.
    var open: [(count: Int, key: Range<Int>)] = []
    return source.withUnsafeBufferPointer { source in
      for (place, token) in tokens.enumerated() {
        if token.opens {
          open.append((0, 0..<0))
        } else if token.closes {
          _ = open.popLast()
        } else if token.kind == UInt8(ascii: ":"), place > 0, let (count, last) = open.last {
          let key = tokens[place - 1].range.dropFirst().dropLast()
          if count > 0, source[key].lexicographicallyPrecedes(source[last]) {
            liesByBytes = false
            if key.count <= last.count { liesByLength = false }
          } else if count > 0, key.count < last.count {
            liesByLength = false
          }
          guard liesByLength || liesByBytes else { return false }
          open[open.count - 1] = (count + 1, key)
          if count < 12 { chances *= Double(count + 1) }
        }
      }
      return chances >= 24
    }
  }
}
