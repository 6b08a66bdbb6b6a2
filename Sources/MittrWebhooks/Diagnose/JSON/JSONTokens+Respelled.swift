import Basics

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
        var characters = JSONStringCharacters(source[token.range].dropFirst().dropLast())
        while let character = characters.next() {
          guard let escape = character.escape else { continue }
          switch escape.scalar {
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
  ///
  /// The new spellings are put behind the source, so that only the strings that may differ cost anything.
  func respelled(in style: JSONStringStyle) -> JSONTokens? {
    var text = source
    var places = tokens
    var contentSize = contentSize
    source.withUnsafeBufferPointer { source in
      for index in tokens.indices where tokens[index].hasSpellings {
        let old = tokens[index]
        let start = text.count
        text.append(old.kind)
        style.write(source[old.range].dropFirst().dropLast(), to: &text)
        text.append(old.kind)
        guard !text[start...].elementsEqual(source[old.range]) else {
          text.removeLast(text.count - start)
          continue
        }
        contentSize += text.count - start - old.range.count
        places[index] = Token(
          start: UInt32(start), end: UInt32(text.count), kind: old.kind, hasSpellings: old.hasSpellings)
      }
    }
    guard text.count > source.count else { return nil }
    return JSONTokens(source: text, tokens: places, shape: shape, contentSize: contentSize)
  }
}
