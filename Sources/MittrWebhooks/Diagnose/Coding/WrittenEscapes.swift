import Basics

/// Undoes backslash escapes that were written out, as a log, a program's source or a shell shows a text.
enum WrittenEscapes {
  /// What a backslash and what follows it stand for.
  enum Style {
    /// The escapes of JSON and of programming languages, whose numbers are characters.
    case characters
    /// The same, whose numbers are bytes: Python's bytes, C and shells.
    case bytes
    /// The character itself: PHP's `addslashes`, shells, Markdown.
    case slashes
    /// Only `\"`.
    case quotes
    /// Only `\\`.
    case doubled
  }

  static func undone(_ text: ArraySlice<UInt8>, _ style: Style) -> [UInt8] {
    if style == .doubled { return undoubled(text, UInt8(ascii: "\\")) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      position += 1
      guard byte == UInt8(ascii: "\\"), position < text.endIndex else {
        result.append(byte)
        continue
      }
      let letter = text[position]
      switch style {
      case .quotes:
        if letter != UInt8(ascii: "\"") { result.append(byte) }
        result.append(letter)
        position += 1
      case .doubled, .slashes:
        result.append(letter == UInt8(ascii: "0") ? 0 : letter)
        position += 1
      case .characters, .bytes:
        var rest = text[position...]
        append(&rest, areBytes: style == .bytes, to: &result)
        position = rest.startIndex
      }
    }
    return result
  }

  /// The text with each pair of one byte made one, as in CSV, SQL and YAML.
  static func undoubled(_ text: ArraySlice<UInt8>, _ byte: UInt8) -> [UInt8] {
    var result: [UInt8] = []
    var isSecond = false
    for next in text {
      isSecond = next == byte && !isSecond && result.last == byte && !result.isEmpty
      if !isSecond { result.append(next) }
    }
    return result
  }

  /// The text of a literal whose pieces stand on lines of their own, with or without a `+` between them.
  static func joined(_ text: ArraySlice<UInt8>, _ quote: UInt8) -> [UInt8] {
    guard text.contains(0x0A) else { return Array(text) }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      if byte == quote {
        let gap = text[(position + 1)...].prefix { BodyFeatures.isBlank($0) || $0 == UInt8(ascii: "+") }
        if gap.contains(0x0A), gap.endIndex < text.endIndex, text[gap.endIndex] == quote {
          position = gap.endIndex + 1
          continue
        }
      }
      result.append(byte)
      position += 1
    }
    return result
  }

  /// Takes what stands behind a backslash; the character itself where that is no escape.
  private static func append(_ rest: inout ArraySlice<UInt8>, areBytes: Bool, to result: inout [UInt8]) {
    switch BackslashEscape.take(&rest) {
    case .number(let byte) where areBytes: result.append(byte)
    case .number(let byte): append(Unicode.Scalar(byte), to: &result)
    case .scalar(let scalar): append(scalar, to: &result)
    case .loneSurrogate: result += UTF8.encodedReplacementCharacter
    case .nothing: break
    case nil: if let letter = rest.popFirst() { result.append(letter) }
    }
  }

  private static func append(_ scalar: Unicode.Scalar, to result: inout [UInt8]) {
    if scalar.isASCII { return result.append(UInt8(scalar.value)) }
    result += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }
}

/// Undoes percent-encoding (RFC 3986) and quoted-printable (RFC 2045), which differ in their mark.
enum MarkedHexadecimal {
  /// The bytes with each `%XX` undone, and `+` as a space where that is asked for; nil when there is no such thing.
  static func percentDecoded(_ text: ArraySlice<UInt8>, plusIsSpace: Bool) -> [UInt8]? {
    decoded(text, mark: UInt8(ascii: "%"), plusIsSpace: plusIsSpace, breaksAreSoft: false)
  }

  static func quotedPrintableDecoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    decoded(text, mark: UInt8(ascii: "="), plusIsSpace: false, breaksAreSoft: true)
  }

  private static func decoded(
    _ text: ArraySlice<UInt8>, mark: UInt8, plusIsSpace: Bool, breaksAreSoft: Bool
  ) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var hasChanged = false
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "+"), plusIsSpace {
        result.append(0x20)
        hasChanged = true
      } else if byte == mark, position + 1 < text.endIndex, let high = Hex.value(of: text[position]),
        let low = Hex.value(of: text[position + 1])
      {
        result.append(high << 4 | low)
        position += 2
        hasChanged = true
      } else if byte == mark, breaksAreSoft, let end = endOfBreak(text, position) {
        position = end
        hasChanged = true
      } else {
        result.append(byte)
      }
    }
    return hasChanged ? result : nil
  }

  private static func endOfBreak(_ text: ArraySlice<UInt8>, _ position: Int) -> Int? {
    if text[position...].starts(with: [0x0D, 0x0A]) { return position + 2 }
    return text[position...].first == 0x0A ? position + 1 : nil
  }
}
