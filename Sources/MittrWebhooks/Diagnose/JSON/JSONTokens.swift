import OrderedJSON

/// A valid JSON text cut into its tokens, to be written again as other programs would.
struct JSONTokens {
  /// One token. White space lies between them.
  struct Token {
    let start: UInt32
    let end: UInt32
    /// The first byte: a bracket, a comma, a colon, a quote, or the first of a number or a literal.
    let kind: UInt8
    /// Whether it is a string that could be spelled in another way.
    let hasSpellings: Bool

    var range: Range<Int> { Int(start)..<Int(end) }
    var opens: Bool { kind == UInt8(ascii: "{") || kind == UInt8(ascii: "[") }
    var closes: Bool { kind == UInt8(ascii: "}") || kind == UInt8(ascii: "]") }
  }

  /// What is the same in whatever order and spelling the tokens are.
  struct Shape {
    var depth = 0
    var commas = 0
    var colons = 0
    /// How many line breaks a pretty text has, and how many levels of indentation follow them in all.
    var breaks = 0
    var levels = 0
  }

  let source: [UInt8]
  let tokens: [Token]
  let shape: Shape
  /// The length of all tokens.
  let contentSize: Int

  /// Texts above this are left alone: a token's place is kept in 32 bits, and writing costs as much memory again.
  static let maximumSize = 8 * 1024 * 1024

  /// Cuts up a text; nil when it is not JSON.
  init?(_ source: [UInt8]) {
    guard source.count <= Self.maximumSize, JSONValue.canParse(source) else { return nil }
    var tokens: [Token] = []
    var shape = Shape()
    var (level, contentSize) = (0, 0)
    tokens.reserveCapacity(source.count / 4)
    source.withUnsafeBufferPointer { bytes in
      var position = 0
      while position < bytes.count {
        let start = position
        let kind = bytes[start]
        var hasSpellings = false
        position += 1
        switch kind {
        case 0x20, 0x0A, 0x0D, 0x09: continue
        case UInt8(ascii: "{"), UInt8(ascii: "["):
          level += 1
          shape.depth = max(shape.depth, level)
          shape.breaks += 1
          shape.levels += level
        case UInt8(ascii: ","):
          shape.commas += 1
          shape.breaks += 1
          shape.levels += level
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
          // An empty pair of brackets stays on its line.
          let isEmpty = tokens.last?.opens == true
          shape.breaks += isEmpty ? -1 : 1
          shape.levels += isEmpty ? -level : level - 1
          level -= 1
        case UInt8(ascii: ":"): shape.colons += 1
        case UInt8(ascii: "\""):
          while position < bytes.count, bytes[position] != kind {
            if JSONStringStyle.hasSpellings(bytes[position]) { hasSpellings = true }
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
          }
          position = min(position + 1, bytes.count)
        default:
          while position < bytes.count, !Self.endsAtom(bytes[position]) { position += 1 }
        }
        contentSize += position - start
        tokens.append(
          Token(start: UInt32(start), end: UInt32(position), kind: kind, hasSpellings: hasSpellings))
      }
    }
    self.init(source: source, tokens: tokens, shape: shape, contentSize: contentSize)
  }

  /// The same tokens in another order or spelling.
  init(source: [UInt8], tokens: [Token], shape: Shape, contentSize: Int) {
    self.source = source
    self.tokens = tokens
    self.shape = shape
    self.contentSize = contentSize
  }

  private static func endsAtom(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
  }

  /// The length of the text in a layout, so that nothing is written that would be far too long.
  func byteCount(in layout: JSONLayout) -> Int {
    let count = contentSize + shape.colons * (layout.colon.utf8CodeUnitCount - 1)
    guard let indentation = layout.indentation else {
      return count + shape.commas * (layout.comma.utf8CodeUnitCount - 1)
    }
    return count + shape.breaks + shape.levels * indentation.utf8CodeUnitCount
  }

  /// The text in a layout.
  func bytes(in layout: JSONLayout) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: byteCount(in: layout)) { target, count in
      source.withUnsafeBufferPointer { source in
        var text = TextBuilder(source: source, target: target)
        var level = 0
        var isAfterOpening = false
        func breakLine() {
          guard let indentation = layout.indentation else { return }
          text.add("\n")
          for _ in 0..<level { text.add(indentation) }
        }
        for token in tokens {
          if token.closes {
            level -= 1
            if !isAfterOpening { breakLine() }
          } else if isAfterOpening {
            breakLine()
          }
          switch token.kind {
          case UInt8(ascii: ",") where layout.indentation != nil:
            text.add(token)
            breakLine()
          case UInt8(ascii: ",") where layout.comma.utf8CodeUnitCount > 1: text.add(layout.comma)
          case UInt8(ascii: ":") where layout.colon.utf8CodeUnitCount > 1: text.add(layout.colon)
          default: text.add(token)
          }
          isAfterOpening = token.opens
          if isAfterOpening { level += 1 }
        }
        text.finish()
        count = text.count
      }
    }
  }

  /// Puts tokens together. Those that lie side by side in the source are copied at once.
  private struct TextBuilder {
    let source: UnsafeBufferPointer<UInt8>
    let target: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0
    private var pending = 0..<0

    init(source: UnsafeBufferPointer<UInt8>, target: UnsafeMutableBufferPointer<UInt8>) {
      self.source = source
      self.target = target
    }

    mutating func add(_ token: Token) {
      if Int(token.start) == pending.upperBound {
        pending = pending.lowerBound..<Int(token.end)
      } else {
        finish()
        pending = token.range
      }
    }

    mutating func add(_ text: StaticString) {
      finish()
      for index in 0..<text.utf8CodeUnitCount { target[count + index] = text.utf8Start[index] }
      count += text.utf8CodeUnitCount
    }

    mutating func finish() {
      guard !pending.isEmpty, let target = target.baseAddress, let source = source.baseAddress else { return }
      let (from, to) = (source + pending.lowerBound, target + count)
      // Most tokens are short: sixteen bytes at once, of which those behind the token are overwritten later.
      if pending.count <= 16, pending.lowerBound + 16 <= self.source.count, count + 16 <= self.target.count {
        let bytes = UnsafeRawPointer(from).loadUnaligned(as: SIMD16<UInt8>.self)
        UnsafeMutableRawPointer(to).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
      } else {
        to.update(from: from, count: pending.count)
      }
      count += pending.count
      pending = 0..<0
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
