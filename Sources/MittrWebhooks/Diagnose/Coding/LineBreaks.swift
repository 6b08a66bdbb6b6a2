/// Undoes what is done to the line breaks of a text, and takes out breaks that were put in.
enum LineBreaks {
  enum LineEnding {
    case lf
    case crlf
  }

  /// The text with every line ending in one way. CR alone ends a line where there is no LF at all.
  static func ending(_ body: [UInt8], in ending: LineEnding, isCarriageReturnAlone: Bool = false) -> [UInt8] {
    let mark: UInt8 = isCarriageReturnAlone ? 0x0D : 0x0A
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * body.count)
    for byte in body {
      guard byte == mark else {
        bytes.append(byte)
        continue
      }
      if mark == 0x0A, bytes.last == 0x0D { bytes.removeLast() }
      if ending == .crlf { bytes.append(0x0D) }
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Where the breaks to be taken out stand.
  enum Place {
    case anywhere
    /// Only within the strings of JSON, which cannot have any.
    case inStrings
  }

  /// The text with its breaks replaced; with the white space that follows them where that is asked for.
  static func replaced(_ body: [UInt8], at place: Place, by text: String, withIndentation: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(body.count)
    var (strings, isSkipping) = (JSONStringTracker(), false)
    let text = Array(text.utf8)
    var position = 0
    while position < body.count {
      let byte = body[position]
      position += 1
      if isSkipping, byte == 0x20 || byte == 0x09 { continue }
      isSkipping = false
      if byte == 0x0A || byte == 0x0D, place == .anywhere || strings.isInside {
        if byte == 0x0D, position < body.count, body[position] == 0x0A { position += 1 }
        result += text
        isSkipping = withIndentation
        continue
      }
      strings.pass(byte)
      result.append(byte)
    }
    return result
  }

  /// The text without a mark that begins every line, such as `> `; nil when a line lacks it.
  static func withoutMarks(_ body: [UInt8], mark: [UInt8]) -> [UInt8]? {
    var lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
    for index in lines.indices {
      if lines[index].starts(with: mark) {
        lines[index] = lines[index].dropFirst(mark.count)
      } else if lines[index].elementsEqual(mark.dropLast()) {
        lines[index] = []
      } else if index < lines.count - 1 || !lines[index].isEmpty {
        return nil
      }
    }
    return Array(lines.joined(separator: [0x0A]))
  }

  /// The text without white space and NULs around it.
  static func trimmed(_ body: [UInt8]) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || 0x09...0x0D ~= $0 || $0 == 0 }
    guard let start = body.firstIndex(where: { !isBlank($0) }), let end = body.lastIndex(where: { !isBlank($0) }) else {
      return []
    }
    return body[start...end]
  }
}

extension LineBreaks {
  /// JSON with the line breaks and tabs within its strings written as escapes.
  static func escapedInStrings(_ body: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(body.count + 64)
    var strings = JSONStringTracker()
    for byte in body {
      switch byte {
      case 0x0A where strings.isInside: result += #"\n"#.utf8
      case 0x0D where strings.isInside: result += #"\r"#.utf8
      case 0x09 where strings.isInside: result += #"\t"#.utf8
      default: result.append(byte)
      }
      strings.pass(byte)
    }
    return result
  }
}

/// Follows where the strings of JSON begin and end, byte by byte.
private struct JSONStringTracker {
  private(set) var isInside = false
  private var isEscaped = false

  mutating func pass(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
    } else if byte == UInt8(ascii: "\\") {
      isEscaped = isInside
    } else if byte == UInt8(ascii: "\"") {
      isInside.toggle()
    }
  }
}
