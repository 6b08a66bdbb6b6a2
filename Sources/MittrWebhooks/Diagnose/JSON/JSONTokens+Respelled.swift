extension JSONTokens {
  /// What a text has that different programs spell differently.
  struct Features: OptionSet {
    let rawValue: Int
    static let slashes = Features(rawValue: 1)
    static let nonASCII = Features(rawValue: 2)
    static let markup = Features(rawValue: 4)
    static let escapes = Features(rawValue: 8)
  }

  /// What the strings have. An escape may stand for any of it.
  var features: Features {
    var features = Features()
    for byte in source {
      switch byte {
      case UInt8(ascii: "/"): features.insert(.slashes)
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): features.insert(.markup)
      case UInt8(ascii: "\\"): features.insert(.escapes)
      case 0x80...: features.insert(.nonASCII)
      default: break
      }
    }
    guard features.contains(.escapes) else { return features }
    return features.union(escapedFeatures)
  }

  private var escapedFeatures: Features {
    var features = Features()
    source.withUnsafeBufferPointer { source in
      for token in tokens where token.kind == UInt8(ascii: "\"") {
        var scalars = JSONStringScalars(source[token.range].dropFirst().dropLast())
        while let (scalar, spelling) = scalars.next() {
          guard source[spelling.lowerBound] == UInt8(ascii: "\\") else { continue }
          switch scalar {
          case "/": features.insert(.slashes)
          case "<", ">", "&": features.insert(.markup)
          case "\u{80}"...: features.insert(.nonASCII)
          default: break
          }
        }
      }
    }
    return features
  }

  /// The same tokens with their strings in another style; nil when that changes nothing.
  func respelled(in style: JSONStringStyle) -> JSONTokens? {
    var text: [UInt8] = []
    text.reserveCapacity(source.count + source.count / 8)
    var places: [Token] = []
    places.reserveCapacity(tokens.count)
    source.withUnsafeBufferPointer { source in
      for token in tokens {
        let start = UInt32(text.count)
        if token.kind == UInt8(ascii: "\"") {
          text.append(token.kind)
          style.write(source[token.range].dropFirst().dropLast(), to: &text)
          text.append(token.kind)
        } else {
          text += source[token.range]
        }
        places.append(Token(start: start, end: UInt32(text.count), kind: token.kind))
      }
    }
    let isUnchanged = zip(tokens, places).allSatisfy { old, new in
      old.end - old.start == new.end - new.start
        && (old.kind != UInt8(ascii: "\"") || source[old.range].elementsEqual(text[new.range]))
    }
    return isUnchanged ? nil : respelled(text, places)
  }
}
