import Basics

extension JSONTokens {
  /// How much longer a text's strings get in other styles, so that the length of a text is known before it is written.
  struct SpellingSizes {
    /// How much longer characters of one kind get, in bytes.
    private struct Growth {
      var plain = 0
      var escaped = 0

      func bytes(_ spelling: JSONStringStyle.Spelling) -> Int {
        switch spelling {
        case .kept: 0
        case .plain: plain
        case .escaped: escaped
        }
      }

      mutating func add(_ scalar: Unicode.Scalar, spelledIn count: Int) {
        plain += UTF8.width(scalar) - count
        escaped += JSONStringStyle.escapeSize(of: scalar) - count
      }
    }

    private var slashes = Growth()
    private var markup = Growth()
    private var nonASCII = Growth()
    /// The two line separators of Unicode, which go with the markup or with the rest of what is not ASCII.
    private var separators = Growth()
    /// What must be escaped.
    private var controls = Growth()
    private var others = Growth()

    init(of tokens: JSONTokens) {
      tokens.source.withUnsafeBufferPointer { source in
        for token in tokens.tokens where token.hasSpellings {
          var characters = JSONStringCharacters(source[token.range].dropFirst().dropLast())
          while !characters.isAtEnd {
            _ = characters.skip { !JSONStringStyle.hasSpellings($0) }
            guard let character = characters.next() else { break }
            // Half of a surrogate pair takes six bytes in every style.
            guard character.escape?.loneSurrogate == nil else { continue }
            add(character.scalar, spelledIn: character.range.count)
          }
        }
      }
    }

    private mutating func add(_ scalar: Unicode.Scalar, spelledIn count: Int) {
      switch scalar {
      case "/": slashes.add(scalar, spelledIn: count)
      case "<", ">", "&": markup.add(scalar, spelledIn: count)
      case "\u{2028}", "\u{2029}": separators.add(scalar, spelledIn: count)
      case "\u{80}"...: nonASCII.add(scalar, spelledIn: count)
      case "\"", "\\", "\u{0}"..."\u{1F}": controls.add(scalar, spelledIn: count)
      default: others.add(scalar, spelledIn: count)
      }
    }

    /// How many bytes longer all strings together are in a style; negative when they are shorter.
    func growth(in style: JSONStringStyle) -> Int {
      slashes.bytes(style.spelling(of: "/")) + markup.bytes(style.spelling(of: "<"))
        + separators.bytes(style.spelling(of: "\u{2028}")) + nonASCII.bytes(style.spelling(of: "\u{80}"))
        + controls.bytes(style.spelling(of: "\"")) + others.bytes(style.spelling(of: "a"))
    }
  }
}
