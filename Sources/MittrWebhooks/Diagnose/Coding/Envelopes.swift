import Basics

/// Formats of text that carry others.
enum Envelopes {
  /// A value or a key that was taken out of an envelope, and what it is called there.
  struct Part {
    let name: String
    let bytes: [UInt8]
  }

  /// Nobody sends more.
  private static let maximumParts = 64

  /// The values, and the keys, of a form (`application/x-www-form-urlencoded`).
  static func formParts(_ text: [UInt8]) -> [Part] {
    var parts: [Part] = []
    func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
      MarkedHexadecimal.percentDecoded(text, plusIsSpace: true) ?? Array(text)
    }
    let pairs = LineBreaks.trimmed(text).split(separator: UInt8(ascii: "&"), maxSplits: maximumParts)
    for pair in pairs {
      let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      let key = decoded(pair[..<end])
      let name = SafeText.escaped(String(decoding: key.prefix(64), as: UTF8.self), limit: 40)
      if end < pair.endIndex, end + 1 < pair.endIndex {
        parts.append(Part(name: "the form's field \(name)", bytes: decoded(pair[(end + 1)...])))
      }
      if BodyFeatures.looksWrapped(key) {
        parts.append(Part(name: "the form's key", bytes: key))
        // A body that was no form has its own = and &.
        if end + 1 < pair.endIndex { parts.append(Part(name: "the form's first pair", bytes: decoded(pair))) }
      }
    }
    if let key = pairs.first, pairs.count > 1, BodyFeatures.looksWrapped(decoded(key)) {
      var whole = decoded(LineBreaks.trimmed(text))
      parts.append(Part(name: "the whole form as one key", bytes: whole))
      if whole.last == UInt8(ascii: "=") {
        whole.removeLast()
        parts.append(Part(name: "the whole form as one key", bytes: whole))
      }
    }
    return parts
  }

  /// The parts of a multipart text (RFC 2046).
  static func multipartParts(_ text: [UInt8]) -> [Part] {
    guard text.starts(with: "--".utf8), let end = text.prefix(200).firstIndex(of: 0x0A) else { return [] }
    let first = text[..<end]
    let boundary = Array(first.last == 0x0D ? first.dropLast() : first)
    guard boundary.count > 2 else { return [] }
    var parts: [Part] = []
    var position = end + 1
    while parts.count < maximumParts, let head = endOfHead(text, from: position),
      let next = firstRange(of: boundary, in: text, from: head)
    {
      var stop = next
      if stop > head, text[stop - 1] == 0x0A { stop -= 1 }
      if stop > head, text[stop - 1] == 0x0D { stop -= 1 }
      parts.append(Part(name: "a part of the multipart text", bytes: Array(text[head..<stop])))
      position = next + boundary.count
      guard let line = text[position...].firstIndex(of: 0x0A) else { break }
      position = line + 1
    }
    return parts
  }

  private static func endOfHead(_ text: [UInt8], from start: Int) -> Int? {
    var line = start
    while let end = text[min(line, text.count)...].firstIndex(of: 0x0A), end - start < 16_384 {
      if end == line || end == line + 1 && text[line] == 0x0D { return end + 1 }
      line = end + 1
    }
    return nil
  }

  private static func firstRange(of sought: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    var position = start
    while let line = text[position...].firstIndex(of: sought[0]) {
      if text[line...].starts(with: sought) { return line }
      position = line + 1
    }
    return nil
  }

  /// What the members of a JSON text may be: its strings as what they mean, and objects and arrays as they stand there.
  /// - strings: whether strings are asked for; otherwise what stands in brackets.
  static func members(of json: JSONTokens, strings: Bool, fewestBytes: Int) -> [Part] {
    let values = json.values(fewestBytes: fewestBytes).filter { $0.isString == strings }
    let longest = values.enumerated().sorted {
      ($1.element.range.count, $0.offset) < ($0.element.range.count, $1.offset)
    }
    return longest.prefix(16).map { _, value in
      let name = SafeText.escaped(String(decoding: json.source[value.key].prefix(64), as: UTF8.self), limit: 40)
      return Part(
        name: name.isEmpty ? "an item of the array" : "the field \(name)",
        bytes: strings ? json.meaning(value.range) : Array(json.source[value.range]))
    }
  }

  /// A body that was no form and was read as one, which made keys of it: `{"{\"a\":1}":""}`.
  static func joinedKeys(of json: JSONTokens) -> [[UInt8]] {
    guard json.isObject, json.tokens.count > 3, BodyFeatures.looksWrapped(json.meaning(json.tokens[1].range)) else {
      return []
    }
    var (pairs, position) = ([(key: [UInt8], value: [UInt8])](), 1)
    while position + 2 < json.tokens.count, pairs.count < maximumParts {
      let (key, value) = (json.tokens[position], json.tokens[position + 2])
      guard key.kind == UInt8(ascii: "\""), value.kind == key.kind else { break }
      pairs.append((json.meaning(key.range), json.meaning(value.range)))
      position += 4
    }
    guard let first = pairs.first else { return [] }
    let joined = pairs.map { $0.value.isEmpty ? $0.key : $0.key + [UInt8(ascii: "=")] + $0.value }
    let whole = Array(joined.joined(separator: [UInt8(ascii: "&")]))
    return [first.key, whole, whole.map { $0 == 0x20 ? UInt8(ascii: "+") : $0 }]
  }
}
