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
    var (open, keyLists) = ([Int](), [[ArraySlice<UInt8>]]())
    for (place, token) in tokens.enumerated() {
      if token.opens {
        open.append(token.kind == UInt8(ascii: "{") ? keyLists.count : -1)
        if token.kind == UInt8(ascii: "{") { keyLists.append([]) }
      } else if token.closes {
        _ = open.popLast()
      } else if token.kind == UInt8(ascii: ":"), place > 0, let list = open.last, keyLists.indices.contains(list) {
        keyLists[list].append(source[tokens[place - 1].range].dropFirst().dropLast())
      }
    }
    // By chance, n keys lie so once in n! times.
    let chances = keyLists.reduce(1.0) { product, keys in
      (0..<min(keys.count, 12)).reduce(product) { $0 * Double($1 + 1) }
    }
    guard chances >= 24 else { return false }
    let orders: [(ArraySlice<UInt8>, ArraySlice<UInt8>) -> Bool] = [
      { $0.count != $1.count ? $0.count < $1.count : $0.lexicographicallyPrecedes($1) },
      { $0.lexicographicallyPrecedes($1) },
    ]
    return orders.contains { precedes in
      keyLists.allSatisfy { keys in zip(keys, keys.dropFirst()).allSatisfy { !precedes($1, $0) } }
    }
  }
}
