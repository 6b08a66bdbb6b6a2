import OrderedJSON

/// A valid JSON text cut into its tokens, to be written again as other programs would.
struct JSONTokens: Sendable {
  /// One token. White space lies between them.
  struct Token: Sendable {
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
  struct Shape: Sendable {
    var depth = 0
    var commas = 0
    var colons = 0
    /// How many line breaks a pretty text has, and how many levels of indentation follow them in all.
    var breaks = 0
    var levels = 0
    /// How many arrays have something in them, and how many brackets have nothing.
    var arrays = 0
    var empties = 0
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
    let hasOtherSpelling = JSONCharacterClass.hasSpellings
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
          if kind == UInt8(ascii: "[") { shape.arrays += 1 }
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
          if isEmpty {
            shape.empties += 1
            if kind == UInt8(ascii: "]") { shape.arrays -= 1 }
          }
          shape.breaks += isEmpty ? -1 : 1
          shape.levels += isEmpty ? -level : level - 1
          level -= 1
        case UInt8(ascii: ":"): shape.colons += 1
        case UInt8(ascii: "\""):
          while position < bytes.count, bytes[position] != kind {
            let byte = bytes[position]
            if hasOtherSpelling[Int(byte)] { hasSpellings = true }
            position += byte == UInt8(ascii: "\\") ? 2 : 1
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
}
