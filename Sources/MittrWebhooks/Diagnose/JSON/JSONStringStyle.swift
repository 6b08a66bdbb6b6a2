import Basics

/// How a program spells the characters of JSON strings that may be spelled in more than one way.
final class JSONStringStyle: Sendable {
  /// How a character is spelled.
  enum Form: UInt8, Sendable {
    /// As it came.
    case kept
    case plain
    /// A backslash and one character: `\n`, `\"`, `\/`.
    case short
    /// `\u` and digits in lowercase, two times for characters beyond 16 bits.
    case lowercase
    case uppercase
  }

  /// The form of the characters of each class.
  let forms: [Form]
  /// What is spelled otherwise than need be, to follow "the same JSON"; nil where nothing is.
  let phrase: String?
  /// Whether text that begins with a byte may come out in another spelling.
  private let changes: [Bool]

  private init(forms: [Form], phrase: String?) {
    self.forms = forms
    self.phrase = phrase
    changes = (0..<256).map { byte in
      if byte == UInt8(ascii: "\\") { return true }
      // All that UTF-8 writes in several bytes is looked at where any of it changes.
      let classes = byte < 0x80 ? byte...byte : JSONCharacterClass.firstBeyondASCII...JSONCharacterClass.last
      return forms[classes].contains { $0.rawValue > Form.plain.rawValue }
        || byte == UInt8(ascii: "/") && forms[JSONCharacterClass.slashBehindLess] == .short
    }
  }

  /// A writer's style: all that need not be escaped is plain but for what is said.
  /// - Parameters:
  ///   - phrase: what differs from the plainest spelling, to follow "the same JSON".
  ///   - ascii: the characters of ASCII that are spelled with `\u`, in the case of `digits`.
  ///   - beyond: the classes beyond ASCII that are, in the case of `beyondDigits`, else of `digits`.
  convenience init(
    _ phrase: String?, slash: Form = .plain, ascii: String = "", _ digits: Form = .lowercase,
    beyond: [ClosedRange<Int>] = [], _ beyondDigits: Form? = nil, controls: Form = .lowercase
  ) {
    var forms = [Form](repeating: .plain, count: JSONCharacterClass.count)
    for control in 0..<0x20 { forms[control] = "\u{8}\t\n\u{C}\r".utf8.contains(UInt8(control)) ? .short : controls }
    for byte in "\"\\".utf8 { forms[Int(byte)] = .short }
    forms[JSONCharacterClass.loneSurrogate] = controls
    for byte in ascii.utf8 { forms[Int(byte)] = digits }
    if slash != .plain {
      forms[Int(UInt8(ascii: "/"))] = slash
      forms[JSONCharacterClass.slashBehindLess] = slash
    }
    for range in beyond { for place in range { forms[place] = beyondDigits ?? digits } }
    self.init(forms: forms, phrase: phrase)
  }

  /// Only some characters spelled otherwise and all else left alone, as a search and replace does it.
  convenience init(only characters: String, beyond: [ClosedRange<Int>] = [], _ form: Form, phrase: String) {
    var forms = [Form](repeating: .kept, count: JSONCharacterClass.count)
    for byte in characters.utf8 { forms[Int(byte)] = form }
    if characters.contains("/") { forms[JSONCharacterClass.slashBehindLess] = form }
    for range in beyond { for place in range { forms[place] = form } }
    self.init(forms: forms, phrase: phrase)
  }

  /// With another form for the slash in `</`.
  func escapingSlashBehindLess() -> JSONStringStyle {
    var forms = forms
    forms[JSONCharacterClass.slashBehindLess] = .short
    return JSONStringStyle(forms: forms, phrase: phrase)
  }
}

extension JSONStringStyle: Hashable {
  static func == (left: JSONStringStyle, right: JSONStringStyle) -> Bool { left === right }
  func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// The classes of characters that no writer tells apart: each of ASCII is one of its own.
enum JSONCharacterClass {
  /// The slash of `</`.
  static let slashBehindLess = 128
  static let firstBeyondASCII = 129
  /// U+0080 to U+009F.
  static let controls = 129
  static let noBreakSpace = 130
  static let separators = 131
  /// U+2000 to U+20FF but for the two separators.
  static let punctuation = 132
  static let others = 133
  /// Beyond 16 bits.
  static let astral = 134
  static let last = astral
  /// Half of a surrogate pair, which can only be escaped.
  static let loneSurrogate = 135
  static let count = 136

  static func of(_ character: JSONStringCharacters.Character, behind previous: Unicode.Scalar?) -> Int {
    character.loneSurrogate == nil ? of(character.scalar, behind: previous) : loneSurrogate
  }

  static func of(_ scalar: Unicode.Scalar, behind previous: Unicode.Scalar?) -> Int {
    switch scalar.value {
    case 0x2F: previous == "<" ? slashBehindLess : 0x2F
    case ..<0x80: Int(scalar.value)
    case ..<0xA0: controls
    case 0xA0: noBreakSpace
    case 0x2028, 0x2029: separators
    case 0x2000...0x20FF: punctuation
    case 0x10000...: astral
    default: others
    }
  }

  /// Whether a string with this byte may be spelled in more than one way.
  static let hasSpellings: [Bool] = (0..<256).map { $0 >= 0x7F || "\\/<>&'+=`".utf8.contains(UInt8($0)) }
}

extension JSONStringStyle {
  /// Appends a string's text between its quotes in this style.
  func write(_ text: Slice<UnsafeBufferPointer<UInt8>>, to target: inout [UInt8]) {
    var characters = JSONStringCharacters(text)
    var previous: Unicode.Scalar?
    while !characters.isAtEnd {
      let skipped = characters.skip { !changes[Int($0)] }
      target += text[skipped]
      if let last = skipped.last { previous = Unicode.Scalar(text[last]) }
      guard let character = characters.next() else { return }
      switch forms[JSONCharacterClass.of(character, behind: previous)] {
      case .kept: target += text[character.range]
      case .plain where !character.isEscaped: target += text[character.range]
      case .plain: target += UTF8.encode(character.scalar) ?? UTF8.encodedReplacementCharacter
      case .short:
        target.append(UInt8(ascii: "\\"))
        target.append(Self.letter(of: character.scalar))
      case .lowercase: Self.write(character, Hex.lowercaseDigits, to: &target)
      case .uppercase: Self.write(character, Hex.uppercaseDigits, to: &target)
      }
      previous = character.scalar
    }
  }

  private static func letter(of scalar: Unicode.Scalar) -> UInt8 {
    switch scalar {
    case "\u{8}": UInt8(ascii: "b")
    case "\t": UInt8(ascii: "t")
    case "\n": UInt8(ascii: "n")
    case "\u{C}": UInt8(ascii: "f")
    case "\r": UInt8(ascii: "r")
    default: UInt8(truncatingIfNeeded: scalar.value)
    }
  }

  private static func write(
    _ character: JSONStringCharacters.Character, _ digits: [UInt8], to target: inout [UInt8]
  ) {
    func write(_ unit: UInt16) {
      target += #"\u"#.utf8
      for shift in [12, 8, 4, 0] { target.append(digits[Int(unit >> shift & 0xF)]) }
    }
    if let unit = character.loneSurrogate { return write(unit) }
    for unit in UTF16.encode(character.scalar) ?? UTF16.encodedReplacementCharacter { write(unit) }
  }
}
