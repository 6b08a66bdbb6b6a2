import Basics

extension BodyHypothesis {
  private static let unwrapAdvice = "verify what was signed, the text inside, before anything packs it into another"

  /// Another text stands around what was signed.
  static let wrapped: [BodyHypothesis] = [
    BodyHypothesis(
      "JSON string", .bodyWrapped, phrase: "the text that the body is a JSON string of",
      advice: "do not write the raw body as JSON once more", passes: 4,
      when: { $0.json?.isString == true ? .plain : .none },
      undo: { body in
        guard let json = body.json, let token = json.tokens.first else { return [] }
        return one(json.meaning(token.range))
      }),
    BodyHypothesis(
      "field", .bodyWrapped, phrase: "a field of the body", advice: unwrapAdvice, passes: 8,
      when: { body in
        guard let json = body.json, !json.isString else { return .none }
        // Quotes in strings, a string that is most of the body, or base64 of JSON or gzip show a text in the text.
        return body.contains(anyOf: ["\"{", "\"[", "\"eyJ", "\"H4sI", "\"W3s", "\\\""]) ? .plain : .possible
      },
      undo: { body in
        guard let json = body.json else { return [] }
        let keys = Envelopes.joinedKeys(of: json).map { Alternative($0, "the keys of the body, read as a form") }
        let fields = Envelopes.members(of: json, strings: true, fewestBytes: 4)
        return keys + fields.map { Alternative($0.bytes, "the text in \($0.name) of the body") }
      }),
    BodyHypothesis(
      "member", .bodyWrapped, phrase: "a member of the body", advice: unwrapAdvice, passes: 4,
      when: { $0.json?.isString == false && $0.json?.shape.depth ?? 0 > 1 ? .possible : .none },
      undo: { body in
        guard let json = body.json else { return [] }
        let members = Envelopes.members(of: json, strings: false, fewestBytes: max(4, body.size / 4))
        return members.map { Alternative($0.bytes, "\($0.name) of the body") }
      }),
    BodyHypothesis(
      "base64", .bodyWrapped, phrase: "what the body is base64 of",
      advice: "decode the body from base64 before it is verified, as gateways mark with isBase64Encoded", passes: 10,
      when: { body in
        let isText = body.consists { byte in
          UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            || "+/-_=".utf8.contains(byte)
        }
        return body.size >= 4 && (isText || body.begins(with: "data:")) ? .plain : .none
      },
      undo: { one(BinaryText.base64($0.bytes)) }),
    BodyHypothesis(
      "hexadecimal", .bodyWrapped, phrase: "what the body is hexadecimal of",
      advice: "decode the body from hexadecimal", passes: 10,
      when: { body in
        let isText = body.consists { Hex.value(of: $0) != nil || "xX\\:,-'".utf8.contains($0) }
        return isText && body.size >= 4 ? .plain : .none
      },
      undo: { one(BinaryText.hexadecimal($0.bytes)) }),
    BodyHypothesis(
      "hex dump", .bodyWrapped, phrase: "what the body is a hex dump of",
      advice: "keep the body's bytes, not a dump of them",
      when: { $0.begins(with: "0000000", "00000000", "0000:", "0000 ") ? .plain : .none },
      undo: { one(BinaryText.hexDump($0.bytes)) }),
    BodyHypothesis(
      "byte list", .bodyWrapped, phrase: "the bytes that the body lists",
      advice: "write the bytes themselves, not a list of them", passes: 8,
      when: { body in
        guard
          body.begins(with: "[", "{\"0\"", "{\"type\":\"Buffer\"", "{\"type\": \"Buffer\"", "{\"data\"", "<Buffer", "{")
        else { return .none }
        if body.begins(with: "<Buffer") || body.contains("Buffer\"") { return .plain }
        let isList = body.consists { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || "[]{},:-\"".utf8.contains($0) }
        return isList ? .plain : .none
      },
      undo: { one(BinaryText.list($0.bytes)) }),
    BodyHypothesis(
      "gzip", .bodyWrapped, phrase: "what the body decompresses to",
      advice: "decompress the body, or let the server in front do so, before it is verified",
      when: { Compression($0.bytes) == nil ? .none : .plain },
      undo: { one($0.decompressed) }),
    BodyHypothesis(
      "deflate", .bodyWrapped, phrase: "what the body decompresses to",
      advice: "decompress the body, or let the server in front do so, before it is verified", passes: 12,
      when: { body in
        let hasControls = (0..<0x20 as Range<UInt8>).contains { !(0x09...0x0D ~= $0) && body.count(of: $0) > 0 }
        return !body.isUTF8 && hasControls && Compression(body.bytes) == nil ? .plain : .none
      },
      undo: { one(Inflate.decoded($0.bytes[...])) }),
    BodyHypothesis(
      "chunks", .bodyWrapped, phrase: "the body without the framing of its chunks",
      advice: "let the server take the body out of its chunks",
      when: { Hex.value(of: $0.first) != nil && $0.lineBreaks.lf + $0.lineBreaks.crlf > 0 ? .plain : .none },
      undo: { one(ChunkedBody.decoded($0.bytes[...], endsEarly: true)) }),
    BodyHypothesis(
      "form", .bodyWrapped, phrase: "a field of the form", advice: "send the raw body, not a form with it", passes: 3,
      when: { body in
        guard body.count(of: "=") > 0, body.json == nil, body.count(of: "\"") == 0, body.count(of: " ") == 0 else {
          return .none
        }
        return body.contains(anyOf: ["%7B", "%7b", "%5B", "%5b", "=eyJ", "%22"]) ? .plain : .possible
      },
      undo: { body in
        Envelopes.formParts(body.bytes).filter { $0.bytes.count >= max(2, body.size / 4) }
          .map { Alternative($0.bytes, "what \($0.name) holds") }
      }),
    BodyHypothesis(
      "form key", .bodyWrapped, phrase: "the body without the = behind it",
      advice: "send the raw body as application/json, not as a form",
      when: { $0.last == UInt8(ascii: "=") && $0.json == nil ? .plain : .none },
      undo: { one(Array($0.trimmed.dropLast())) }),
    BodyHypothesis(
      "multipart", .bodyWrapped, phrase: "a part of the body",
      advice: "send the raw body, not a multipart text with it",
      when: { $0.begins(with: "--") ? .plain : .none },
      undo: { body in
        Envelopes.multipartParts(body.bytes).map { Alternative($0.bytes, $0.name) }
      }),
    BodyHypothesis(
      "literal", .bodyWrapped, phrase: "the text that the body is a program's literal of",
      advice: "write the bytes themselves, not a program's way of showing them",
      when: { body in
        let opens = body.begins(
          with: "b'", "b\"", "'", "\"", "`", "u'", "u\"", "$'", "r'", "B\"", "bytearray(b", "Some(\"", "Ok(\"", "(b'")
        return opens && body.json == nil ? .plain : .none
      },
      undo: { body in
        let text = body.trimmed
        guard let open = text.firstIndex(where: { "'\"`".utf8.contains($0) }),
          let close = text.lastIndex(of: text[open]), open < close
        else { return [] }
        let quote = text[open]
        let inner = WrittenEscapes.joined(text[text.index(after: open)..<close], quote)[...]
        return [
          Alternative(WrittenEscapes.undone(inner, .bytes)), Alternative(WrittenEscapes.undone(inner, .characters)),
          Alternative(Array(inner), "the body without the quotes around it"),
          Alternative(WrittenEscapes.undoubled(inner, quote), "the text that the body is a quoted field of"),
          Alternative(WrittenEscapes.undone(inner, .slashes)),
        ]
      }),
    BodyHypothesis(
      "text around", .bodyWrapped, phrase: "what stands between the outermost brackets of the body",
      advice: "keep the body alone, without what a log or a chat writes around it",
      when: { body in
        guard body.json == nil, body.count(of: "{") + body.count(of: "[") > 0 else { return .none }
        return body.begins(with: "{", "[") && "}]".utf8.contains(body.last) ? .none : .plain
      },
      undo: { body in
        [("{", "}"), ("[", "]")].compactMap { open, close -> Alternative? in
          guard let start = body.bytes.firstIndex(where: { open.utf8.contains($0) }),
            let end = body.bytes.lastIndex(where: { close.utf8.contains($0) }), start < end
          else { return nil }
          return Alternative(.part(start..<end + 1))
        }
      }),
    BodyHypothesis(
      "line marks", .bodyWrapped, phrase: "the body without the mark that begins each of its lines",
      advice: "keep the body as it was received, not as a mail or a log quotes it",
      when: { $0.begins(with: "> ", ">", "| ", "< ", "# ", "// ") ? .plain : .none },
      undo: { body in
        one(
          ["> ", ">", "| ", "< ", "# ", "// "].lazy.compactMap {
            LineBreaks.withoutMarks(body.bytes, mark: Array($0.utf8))
          }.first)
      }),
  ]
}
