extension BodyHypothesis {
  /// Escapes were written out.
  static let escaped: [BodyHypothesis] = [
    BodyHypothesis(
      "backslashes", .bodyEscaped, phrase: "the body without the backslashes that a log or a program put into it",
      advice: "keep the body's exact bytes, not what a log or a console shows of them", passes: 6,
      when: { body in
        guard body.count(of: "\\") > 0, !body.isBinary else { return .none }
        // In JSON a backslash is at home, but for one before another.
        guard body.json != nil else { return .plain }
        return body.contains("\\\\") ? .possible : .none
      },
      undo: { body in
        let ways: [[WrittenEscapes.Style]] = [
          [.characters], [.quotes], [.slashes], [.bytes], [.doubled], [.characters, .characters],
          [.slashes, .characters],
        ]
        return each(ways) { styles in styles.reduce(body.bytes) { WrittenEscapes.undone($0[...], $1) } }
      }),
    BodyHypothesis(
      "character references", .bodyEscaped, phrase: "the body with HTML entities undone",
      advice: "take the body before it is escaped for a web page", passes: 16,
      when: { body in
        guard body.count(of: "&") > 0, body.count(of: ";") > 0 else { return .none }
        return body.contains(anyOf: ["&quot;", "&#", "&amp;", "&lt;", "&gt;", "&apos;", "&nbsp;"]) ? .plain : .possible
      },
      undo: { body in
        let all = CharacterReferences.undone(body.bytes)
        let texts = [
          all, CharacterReferences.undone(body.bytes, onlyMarkup: true), all.flatMap { CharacterReferences.undone($0) },
        ]
        return texts.compactMap { $0 }.map { Alternative($0) }
      }),
    BodyHypothesis(
      "percent-encoding", .bodyEscaped, phrase: "the body without percent-encoding",
      advice: "do not send or keep the body as part of a URL or a form", passes: 4,
      when: { body in
        guard body.count(of: "%") > 0 else { return .none }
        return body.contains(anyOf: ["%7B", "%7b", "%22", "%5B", "%5b", "%20", "%3A", "%3a", "%25"])
          ? .plain : .possible
      },
      undo: { body in
        let once = [false, true].compactMap { MarkedHexadecimal.percentDecoded(body.bytes[...], plusIsSpace: $0) }
        let twice = once.compactMap { MarkedHexadecimal.percentDecoded($0[...], plusIsSpace: false) }
        return (once + twice).map { Alternative($0) }
      }),
    BodyHypothesis(
      "quoted-printable", .bodyEscaped, phrase: "the body without quoted-printable encoding",
      advice: "attach the body as a file: mail encodes text", passes: 4,
      when: { body in
        guard body.count(of: "=") > 0 else { return .none }
        return body.contains(anyOf: ["=\n", "=\r\n", "=3D", "=C3", "=22", "=E2", "=20"]) ? .plain : .none
      },
      undo: { body in one(MarkedHexadecimal.quotedPrintableDecoded(body.bytes[...])) }),
    BodyHypothesis(
      "doubled", .bodyEscaped, phrase: "the body without its doubled characters",
      advice: "pass the body as it is, not through a text that a program reads as its own", passes: 4,
      when: { body in
        guard body.json == nil || body.contains(anyOf: ["''", "%%", "$$"]) else { return .none }
        return body.contains(anyOf: ["''", "\"\"", "%%", "$$", "{{"]) ? .possible : .none
      },
      undo: { body in
        let single = "'\"%$".utf8.filter { body.contains([$0, $0]) }.map {
          Alternative(WrittenEscapes.undoubled(body.bytes[...], $0))
        }
        guard body.contains("{{") else { return single }
        let open = WrittenEscapes.undoubled(body.bytes[...], UInt8(ascii: "{"))
        return single + [Alternative(WrittenEscapes.undoubled(open[...], UInt8(ascii: "}")))]
      }),
    BodyHypothesis(
      "escapes read", .bodyEscaped, phrase: "the body with the line breaks and tabs in its strings written as escapes",
      advice: "pass the body on as it is: something has read its escapes", passes: 4,
      when: { body in
        let breaks = body.lineBreaks.lf + body.lineBreaks.crlf + body.count(of: 0x09 as UInt8)
        return breaks > 0 && body.json == nil && "{[".utf8.contains(body.first) ? .possible : .none
      },
      undo: { body in
        let bytes = LineBreaks.escapedInStrings(body.bytes)
        return one(bytes)
      }),
  ]

  private static let editorAdvice = "keep the body's exact bytes: editors, chats and web pages change them"

  /// What editors, chats and web pages do.
  static let normalized: [BodyHypothesis] = [
    BodyHypothesis(
      "spaces", .bodyNormalized, phrase: "the body with plain spaces for non-breaking and typographic ones",
      advice: editorAdvice, passes: 10,
      when: {
        $0.contains(anyOf: ["\u{A0}", "\u{202F}", "\u{2007}", "\u{2009}", "\u{2003}", "\u{3000}"]) ? .plain : .none
      },
      undo: { body in
        let plain = Typography.replaced(body.bytes, Typography.spaces)
        return one(plain)
          + one(
            Typography.replaced(body.bytes, ["\u{A0}": " "]),
            "the body with plain spaces for its non-breaking ones (U+00A0)")
      }),
    BodyHypothesis(
      "invisible characters", .bodyNormalized,
      phrase: "the body without zero-width characters, soft hyphens and marks of direction",
      advice: editorAdvice, passes: 10,
      when: { body in
        body.contains(anyOf: ["\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{AD}", "\u{200E}"])
          || body.contains("\u{FEFF}") && !(body.hasByteOrderMark) ? .plain : .none
      },
      undo: { body in
        one(Typography.replaced(body.bytes, Typography.invisible))
          + one(
            Typography.replaced(body.bytes, ["\u{200B}": ""]), "the body without its zero-width spaces (U+200B)")
      }),
    BodyHypothesis(
      "typographic quotes", .bodyNormalized,
      phrase: "the body with plain characters for typographic ones",
      advice: editorAdvice, passes: 12,
      when: { body in
        guard
          body.contains(anyOf: [
            "\u{201C}", "\u{201D}", "\u{201E}", "\u{AB}", "\u{2018}", "\u{2019}", "\u{2013}", "\u{2014}", "\u{2026}",
            "\u{2033}",
          ])
        else { return .none }
        return body.json == nil ? .plain : .possible
      },
      undo: { body in
        Typography.sets.map { set in
          Alternative(
            .later { Typography.replaced(body.bytes, set.replacements) },
            "the body with plain \(set.names) for typographic ones")
        }
      }),
    BodyHypothesis(
      "line breaks", .bodyNormalized, phrase: "the body without the line breaks that were put into it",
      advice: "keep the body's exact bytes: terminals, mails and chats break long lines", passes: 4,
      when: { body in
        guard body.lineBreaks.lf + body.lineBreaks.crlf + body.lineBreaks.cr > 0 else { return .none }
        return body.json == nil && "{[".utf8.contains(body.first) ? .plain : .possible
      },
      undo: { body in
        let ways: [(LineBreaks.Place, String, Bool)] = [
          (.inStrings, "", false), (.anywhere, "", false), (.inStrings, " ", false), (.anywhere, " ", false),
          (.anywhere, "", true), (.inStrings, "", true), (.inStrings, " ", true), (.anywhere, " ", true),
        ]
        return each(ways.filter { body.json == nil || $0.0 == .anywhere }) { place, text, withIndentation in
          LineBreaks.replaced(body.bytes, at: place, by: text, withIndentation: withIndentation)
        }
      }),
    BodyHypothesis(
      "NFD", .bodyNormalized, phrase: "the body with its accents composed (NFC)",
      advice: "do not keep the body where texts are normalised", passes: 50,
      when: {
        // What a letter in these two is followed by is a combining accent.
        if $0.isUTF8, $0.count(of: 0xCC as UInt8) + $0.count(of: 0xCD as UInt8) > 0 { return .plain }
        return $0.count(of: 0xE3 as UInt8) + $0.count(of: 0xE1 as UInt8) > 0 ? .possible : .none
      },
      undo: { one(Normalization.composed($0.bytes)) }),
    BodyHypothesis(
      "NFD escapes", .bodyNormalized, phrase: "the body with its accents composed (NFC) and not escaped",
      advice: "do not keep the body where texts are normalised", passes: 50,
      when: { $0.json != nil && $0.contains("\\u03") ? .plain : .none },
      undo: { one(unescaped($0).flatMap(Normalization.composed)) }),
    BodyHypothesis(
      "NFC", .bodyNormalized, phrase: "the body with its accents apart from their letters (NFD)",
      advice: "do not keep the body where texts are normalised", passes: 50,
      when: { $0.hasBeyondASCII && $0.isUTF8 ? .possible : .none },
      undo: { one(Normalization.decomposed($0.bytes)) }),
    BodyHypothesis(
      "white space around", .bodyNormalized, phrase: "the body without the white space around it", advice: editorAdvice,
      when: { body in
        guard let first = body.bytes.first, let last = body.bytes.last else { return .none }
        let isAround =
          BodyFeatures.isBlank(first) || BodyFeatures.isBlank(last) && last != 0x0A && last != 0x0D || last == 0
        // JSON may rather have been written anew.
        return !isAround ? .none : body.json == nil ? .plain : .possible
      },
      undo: { body in
        let text = body.trimmed
        return [Alternative(.part(text.startIndex..<text.endIndex))]
      }),
    BodyHypothesis(
      "indentation", .bodyNormalized, phrase: "the body without the white space that all of its lines begin with",
      advice: editorAdvice,
      when: { body in
        guard body.bytes.first == 0x20 || body.bytes.first == 0x09, body.lineBreaks.lf + body.lineBreaks.crlf > 0 else {
          return .none
        }
        return body.json == nil ? .plain : .possible
      },
      undo: { body in
        let mark = Array(body.bytes.prefix { $0 == 0x20 || $0 == 0x09 })
        return one(LineBreaks.withoutMarks(body.bytes, mark: mark))
      }),
    BodyHypothesis(
      "links", .bodyNormalized, phrase: "the body without the links that a chat made of its addresses",
      advice: editorAdvice,
      when: { $0.contains(anyOf: ["<mailto:", "<http", "<tel:"]) ? .possible : .none },
      undo: { one(Typography.withoutLinks($0.bytes)) }),
  ]

  /// JSON with no needless escapes in it; nil when it has none, or is no JSON.
  private static func unescaped(_ body: BodyFeatures) -> [UInt8]? {
    guard let json = body.json else { return nil }
    return json.respelled(in: .plain)?.bytes(withGapsOf: json)
  }

  private static let encodingAdvice = "verify the raw bytes, before the body is decoded to text"

  /// - marks: what the bytes that letters beyond ASCII begin with are in that encoding, one of which must be there; nil
  ///   where `looksMisread` shows it.
  private static func misread(_ encoding: SingleByteEncoding, marks: [String]? = nil) -> BodyHypothesis {
    BodyHypothesis(
      "misread \(encoding.name)", .bodyEncoding,
      phrase: "the body as it was before its UTF-8 was read in an encoding such as \(encoding.name)",
      advice: encodingAdvice, passes: 4,
      lengths: { body in
        let characters = body.size - body.continuationCount
        return characters...characters
      },
      when: { body in
        guard body.hasBeyondASCII, body.isUTF8 else { return .none }
        guard let marks else { return body.looksMisread ? .plain : .possible }
        return body.contains(anyOf: marks) ? .plain : .none
      },
      undo: { one(Mojibake.misread($0.bytes, as: encoding)) })
  }

  /// - isUsual: whether bytes that are no UTF-8 are likely in that encoding.
  private static func miswritten(_ encoding: SingleByteEncoding, isUsual: Bool = false) -> BodyHypothesis {
    BodyHypothesis(
      "written in \(encoding.name)", .bodyEncoding,
      phrase: "the body in UTF-8 rather than in an encoding such as \(encoding.name)",
      advice: encodingAdvice, passes: 4,
      lengths: { body in
        guard isUsual else { return 0...Int.max / 2 }
        let wide = body.size - body.asciiCount
        return body.size + wide...body.size + 2 * wide
      },
      when: { body in
        guard body.hasBeyondASCII, Compression(body.bytes) == nil, isUsual || !body.isUTF8 else { return .none }
        return isUsual && !body.isUTF8 && !body.isBinary ? .plain : .possible
      },
      undo: { one(encoding.decoded($0.bytes)) })
  }

  private static func utf16(isBigEndian: Bool) -> BodyHypothesis {
    BodyHypothesis(
      "UTF-16\(isBigEndian ? "BE" : "LE")", .bodyEncoding, phrase: "the body in UTF-8 rather than in UTF-16",
      advice: "save the body as bytes, or as UTF-8: some shells write UTF-16", passes: 6,
      when: { body in
        let mark: [UInt8] = isBigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE]
        return body.bytes.starts(with: mark) || body.count(of: 0 as UInt8) > body.size / 8 ? .plain : .none
      },
      undo: { one(Mojibake.fromUTF16($0.bytes, isBigEndian: isBigEndian)) })
  }

  private static let consoleMarks = ["\u{251C}", "\u{2500}", "\u{253C}", "\u{393}\u{C7}", "\u{D4}\u{C7}"]

  /// Text was decoded in one encoding and written in another.
  static let encodings: [BodyHypothesis] =
    [
      misread(.latin1), misread(.windows1252), miswritten(.latin1, isUsual: true),
      miswritten(.windows1252, isUsual: true),
      utf16(isBigEndian: false), utf16(isBigEndian: true),
      BodyHypothesis(
        "CESU-8", .bodyEncoding, phrase: "the body in UTF-8 rather than with surrogates as three bytes each",
        advice: encodingAdvice,
        when: { !$0.isUTF8 && $0.count(of: 0xED as UInt8) > 0 ? .plain : .none },
        undo: { one(Mojibake.fromCESU8($0.bytes)) }),
      misread(.codePage437, marks: consoleMarks), misread(.codePage850, marks: consoleMarks),
      misread(.macRoman, marks: ["\u{221A}", "\u{2248}", "\u{201A}\u{C4}"]),
      miswritten(.codePage850), miswritten(.codePage437), miswritten(.macRoman),
    ]
    + [SingleByteEncoding.latin1, .windows1252].map { encoding in
      BodyHypothesis(
        "misread twice \(encoding.name)", .bodyEncoding,
        phrase: "the body as it was before its UTF-8 was read twice in an encoding such as \(encoding.name)",
        advice: encodingAdvice,
        passes: 6,
        when: { $0.hasBeyondASCII && $0.isUTF8 ? .possible : .none },
        undo: { one(Mojibake.misread($0.bytes, as: encoding, times: 2)) })
    }
    + [
      BodyHypothesis(
        "misread escapes", .bodyEncoding,
        phrase: "the body as it was before its UTF-8 was read as another encoding, and not escaped",
        advice: encodingAdvice, passes: 10,
        when: { body in
          let isMisread = body.contains(anyOf: [#"\u00c3\u"#, #"\u00C3\u"#, #"\u00f0\u"#, #"\u00F0\u"#, #"\u00e2\u"#])
          return isMisread && body.json != nil ? .plain : .none
        },
        undo: { body in
          guard let text = unescaped(body) else { return [] }
          return each([SingleByteEncoding.latin1, .windows1252]) { Mojibake.misread(text, as: $0) }
        })
    ]
}
