import Basics

/// Turns source text into tokens. It never fails: whatever is wrong is the parser's to report.
struct Lexer {
  private let bytes: [UInt8]
  private let limit: Int
  private var position: Int
  private var tokens: [Token] = []
  private var isSpaced = true

  /// - Parameter range: the part of `bytes` to read; offsets in tokens count from the start of `bytes`.
  static func tokens(_ bytes: [UInt8], in range: Range<Int>) -> [Token] {
    var lexer = Lexer(bytes: bytes, limit: range.upperBound, position: range.lowerBound)
    lexer.run()
    return lexer.tokens
  }

  private init(bytes: [UInt8], limit: Int, position: Int) {
    self.bytes = bytes
    self.limit = limit
    self.position = position
    tokens.reserveCapacity((limit - position) / 4)
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    position + offset < limit ? bytes[position + offset] : 0
  }

  private mutating func run() {
    // A #! line makes a script executable.
    if position == 0, byte() == UInt8(ascii: "#"), byte(1) == UInt8(ascii: "!") { skipLine() }
    while position < limit { next() }
    add(.end, from: position)
  }

  private mutating func next() {
    let start = position
    switch byte() {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      position += 1
      isSpaced = true
    case UInt8(ascii: "#") where isSpaced || isSeparated:
      skipLine()
      isSpaced = true
    case UInt8(ascii: "\\") where continuesLine():
      isSpaced = true
    case UInt8(ascii: "\n"):
      position += 1
      add(.newline, from: start)
      isSpaced = true
    case UInt8(ascii: "\""):
      let isClosed = Self.skipString(bytes, &position, limit, depth: 0)
      add(isClosed ? .string : .unterminatedString, from: start)
    case UInt8(ascii: "'"):
      position += 1
      while position < limit, byte() != UInt8(ascii: "'") { position += 1 }
      let isClosed = position < limit
      if isClosed { position += 1 }
      add(isClosed ? .rawString : .unterminatedString, from: start)
    case UInt8(ascii: "-") where byte(1) == UInt8(ascii: "-") && isLetter(byte(2)) && (isSpaced || isSeparated):
      position += 2
      while isWordByte(byte()) || byte() == UInt8(ascii: "-") { position += 1 }
      add(.flag, from: start)
    case let first where isDigit(first):
      number()
    case let first where isWordByte(first):
      word()
    default:
      symbol()
    }
  }

  /// Whether the last token ends what stood before, so that a comment or a flag may begin.
  private var isSeparated: Bool {
    switch tokens.last?.kind {
    case .semicolon, .pipe, .leftParenthesis, .rightParenthesis, .leftBracket, .rightBracket, .leftBrace, .rightBrace,
      .comma, .newline:
      true
    default: false
    }
  }

  private mutating func skipLine() {
    while position < limit, byte() != UInt8(ascii: "\n") { position += 1 }
  }

  /// A backslash at the end of a line (white space may follow) joins the next line.
  private mutating func continuesLine() -> Bool {
    var ahead = position + 1
    while ahead < limit, bytes[ahead] == 0x20 || bytes[ahead] == 0x09 || bytes[ahead] == 0x0D { ahead += 1 }
    guard ahead < limit, bytes[ahead] == UInt8(ascii: "\n") else { return false }
    position = ahead + 1
    return true
  }

  /// A number as JSON writes it; letters right behind it make it a word (`2h`). After a dot it is an index: digits only.
  private mutating func number() {
    let start = position
    let isIndex = !isSpaced && tokens.last?.kind == .dot
    skipDigits()
    if !isIndex {
      if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
        position += 1
        skipDigits()
      }
      if byte() | 0x20 == UInt8(ascii: "e") {
        let signed = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-")
        if isDigit(byte(signed ? 2 : 1)) {
          position += signed ? 2 : 1
          skipDigits()
        }
      }
    }
    if isWordByte(byte()) {
      word(from: start)
    } else {
      add(.number, from: start)
    }
  }

  private mutating func skipDigits() {
    while isDigit(byte()) { position += 1 }
  }

  /// Letters, digits, `_`, anything beyond ASCII, and hyphens between letters — except in a variable's or a key's name,
  /// where a hyphen is a minus.
  private mutating func word(from start: Int? = nil) {
    let start = start ?? position
    let isName = !isSpaced && (tokens.last?.kind == .dollar || tokens.last?.kind == .dot)
    while true {
      while isWordByte(byte()) { position += 1 }
      guard !isName, byte() == UInt8(ascii: "-"), isLetter(byte(1)) else { break }
      position += 1
    }
    add(.word, from: start)
  }

  private mutating func symbol() {
    let start = position
    let kind = Self.single(bytes[start])
    // No operator begins with one of the others.
    if kind == .other || kind == .assign || kind == .question {
      for length in 1...2 where start + 3 - length <= limit {
        guard let meaning = TokenMeaning(bytes, start..<start + 3 - length) else { continue }
        position += 3 - length
        return add(.sign, from: start, meaning)
      }
    }
    position += 1
    add(kind, from: start)
  }

  private static func single(_ byte: UInt8) -> Token.Kind {
    switch byte {
    case UInt8(ascii: ";"): .semicolon
    case UInt8(ascii: "|"): .pipe
    case UInt8(ascii: "("): .leftParenthesis
    case UInt8(ascii: ")"): .rightParenthesis
    case UInt8(ascii: "["): .leftBracket
    case UInt8(ascii: "]"): .rightBracket
    case UInt8(ascii: "{"): .leftBrace
    case UInt8(ascii: "}"): .rightBrace
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "$"): .dollar
    case UInt8(ascii: "."): .dot
    case UInt8(ascii: "?"): .question
    case UInt8(ascii: "@"): .at
    case UInt8(ascii: "="): .assign
    default: .other
    }
  }

  private mutating func add(_ kind: Token.Kind, from start: Int, _ meaning: TokenMeaning? = nil) {
    let meaning = kind == .word ? TokenMeaning(bytes, start..<position) : meaning
    tokens.append(
      Token(
        kind: kind, isSpaced: isSpaced, meaning: meaning, start: UInt32(start), length: UInt32(position - start)))
    isSpaced = false
  }

  /// Moves behind the closing quote of the string that starts at `position`, over the interpolations in it; answers
  /// false when there is none.
  static func skipString(_ bytes: [UInt8], _ position: inout Int, _ limit: Int, depth: Int) -> Bool {
    position += 1
    while position < limit {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return true
      case UInt8(ascii: "\\"):
        position += 1
        if position < limit, bytes[position] == UInt8(ascii: "(") {
          guard skipInterpolation(bytes, &position, limit, depth: depth + 1) else { return false }
        } else {
          position = min(position + 1, limit)
        }
      default: position += 1
      }
    }
    return false
  }

  /// Where the parenthesis of the interpolation stands that is open at the end of a string that is not closed.
  static func openInterpolation(_ bytes: [UInt8], in string: Token) -> Int? {
    guard bytes[Int(string.start)] == UInt8(ascii: "\"") else { return nil }
    var position = Int(string.start) + 1
    while position + 1 < string.end {
      guard bytes[position] == UInt8(ascii: "\\") else {
        position += 1
        continue
      }
      guard bytes[position + 1] == UInt8(ascii: "(") else {
        position += 2
        continue
      }
      position += 1
      let start = position
      guard skipInterpolation(bytes, &position, string.end, depth: 1) else { return start }
    }
    return nil
  }

  /// Whether a text ends within a comment.
  static func endsInComment(_ bytes: [UInt8]) -> Bool {
    var start = 0
    for _ in 0...maximumInterpolationDepth {
      let tokens = tokens(bytes, in: start..<bytes.count).dropLast()
      guard let last = tokens.last else { return bytes[start...].contains(UInt8(ascii: "#")) }
      guard last.kind == .unterminatedString, let inner = openInterpolation(bytes, in: last) else {
        return bytes[last.end...].contains(UInt8(ascii: "#"))
      }
      start = inner
    }
    return false
  }

  /// The deepest nesting of interpolations in strings in interpolations.
  static let maximumInterpolationDepth = 16

  /// Moves behind the parenthesis that closes the one at `position`.
  static func skipInterpolation(
    _ bytes: [UInt8], _ position: inout Int, _ limit: Int, depth: Int
  ) -> Bool {
    guard depth <= maximumInterpolationDepth else {
      position = limit
      return false
    }
    var open = 0
    while position < limit {
      switch bytes[position] {
      case UInt8(ascii: "("):
        open += 1
        position += 1
      case UInt8(ascii: ")"):
        open -= 1
        position += 1
        if open == 0 { return true }
      case UInt8(ascii: "\""):
        guard skipString(bytes, &position, limit, depth: depth) else { return false }
      case UInt8(ascii: "'"):
        repeat { position += 1 } while position < limit && bytes[position] != UInt8(ascii: "'")
        position = min(position + 1, limit)
      default: position += 1
      }
    }
    return false
  }
}
