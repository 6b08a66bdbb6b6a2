import OrderedJSON

/// A valid JSON text cut into its tokens, to be written again as other programs would.
struct JSONTokens {
  /// One token. White space lies between them.
  struct Token {
    let start: UInt32
    let end: UInt32
    /// The first byte: a bracket, a comma, a colon, a quote, or the first of a number or a literal.
    let kind: UInt8

    var range: Range<Int> { Int(start)..<Int(end) }
    var opens: Bool { kind == UInt8(ascii: "{") || kind == UInt8(ascii: "[") }
    var closes: Bool { kind == UInt8(ascii: "}") || kind == UInt8(ascii: "]") }
  }

  let source: [UInt8]
  private(set) var tokens: [Token]
  /// The deepest nesting.
  let depth: Int
  /// How many line breaks a pretty text has, and how many levels of indentation follow them in all.
  private let breaks: (count: Int, levels: Int)

  /// Texts above this are left alone: a token's place is kept in 32 bits, and writing costs as much memory again.
  static let maximumSize = 8 * 1024 * 1024

  /// Cuts up a text; nil when it is not JSON.
  init?(_ source: [UInt8]) {
    guard source.count <= Self.maximumSize, JSONValue.canParse(source) else { return nil }
    var tokens: [Token] = []
    var (level, depth, breakCount, levels) = (0, 0, 0, 0)
    tokens.reserveCapacity(source.count / 4)
    source.withUnsafeBufferPointer { bytes in
      var position = 0
      while position < bytes.count {
        let start = position
        let kind = bytes[start]
        position += 1
        switch kind {
        case 0x20, 0x0A, 0x0D, 0x09: continue
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          level += 1
          depth = max(depth, level)
          (breakCount, levels) = (breakCount + 1, levels + level)
        case UInt8(ascii: ","): (breakCount, levels) = (breakCount + 1, levels + level)
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          // An empty pair of brackets stays on its line.
          if tokens.last?.opens == true {
            (breakCount, levels) = (breakCount - 1, levels - level)
          } else {
            (breakCount, levels) = (breakCount + 1, levels + level - 1)
          }
          level -= 1
        case UInt8(ascii: ":"): break
        case UInt8(ascii: "\""):
          while position < bytes.count, bytes[position] != kind {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
          }
          position += 1
        default:
          while position < bytes.count, !Self.endsAtom(bytes[position]) { position += 1 }
        }
        tokens.append(Token(start: UInt32(start), end: UInt32(min(position, bytes.count)), kind: kind))
      }
    }
    self.init(source: source, tokens: tokens, depth: depth, breaks: (breakCount, levels))
  }

  private init(source: [UInt8], tokens: [Token], depth: Int, breaks: (Int, Int)) {
    self.source = source
    self.tokens = tokens
    self.depth = depth
    self.breaks = breaks
  }

  private static func endsAtom(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  /// The same tokens in another order.
  func reordered(_ tokens: [Token]) -> JSONTokens {
    JSONTokens(source: source, tokens: tokens, depth: depth, breaks: breaks)
  }

  /// The same tokens in another spelling: a source and the places in it.
  func respelled(_ source: [UInt8], _ tokens: [Token]) -> JSONTokens {
    JSONTokens(source: source, tokens: tokens, depth: depth, breaks: breaks)
  }

  /// The length of the text in a layout, so that nothing is written that would be far too long.
  func byteCount(in layout: JSONLayout) -> Int {
    var count = 0
    var (commas, colons) = (0, 0)
    for token in tokens {
      count += Int(token.end - token.start)
      if token.kind == UInt8(ascii: ",") { commas += 1 }
      if token.kind == UInt8(ascii: ":") { colons += 1 }
    }
    count += colons * (layout.colon.utf8CodeUnitCount - 1)
    guard let indentation = layout.indentation else {
      return count + commas * (layout.comma.utf8CodeUnitCount - 1)
    }
    return count + breaks.count + breaks.levels * indentation.utf8CodeUnitCount
  }

  /// The text in a layout.
  func bytes(in layout: JSONLayout) -> [UInt8] {
    let size = byteCount(in: layout)
    return [UInt8](unsafeUninitializedCapacity: size) { target, count in
      source.withUnsafeBufferPointer { source in
        var level = 0
        var previous: Token?
        func put(_ text: StaticString) {
          for index in 0..<text.utf8CodeUnitCount {
            target[count] = text.utf8Start[index]
            count += 1
          }
        }
        func breakLine() {
          guard let indentation = layout.indentation else { return }
          target[count] = 0x0A
          count += 1
          for _ in 0..<level { put(indentation) }
        }
        for token in tokens {
          if token.closes {
            level -= 1
            if previous?.opens != true { breakLine() }
          } else if previous?.opens == true {
            breakLine()
          }
          switch token.kind {
          case UInt8(ascii: ","):
            if layout.indentation == nil {
              put(layout.comma)
            } else {
              target[count] = token.kind
              count += 1
              breakLine()
            }
          case UInt8(ascii: ":"): put(layout.colon)
          default:
            for index in token.range {
              target[count] = source[index]
              count += 1
            }
          }
          if token.opens { level += 1 }
          previous = token
        }
      }
    }
  }

  /// The text with the white space it came with: only the spelling of strings differs from what was received.
  func bytes(withGapsOf original: JSONTokens) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(original.source.count)
    var end = 0
    for (token, old) in zip(tokens, original.tokens) {
      bytes += original.source[end..<old.range.lowerBound]
      bytes += source[token.range]
      end = old.range.upperBound
    }
    return bytes + original.source[end...]
  }
}
