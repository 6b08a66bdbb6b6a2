/// Maps whose values are printed without quotes, so that only the language's own order tells where they end.
enum PrintedMaps {
  // MARK: PHP

  static func isPHP(_ text: ArraySlice<UInt8>) -> Bool { text.firstRange(ignoringCase: "] => ") != nil }

  /// What `print_r` prints: `[Name] => value`, a line each, with arrays further in.
  @Sendable static func php(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    var fields: [HeaderField] = []
    var outer: String?
    for line in text.lines.map(\.trimmed) {
      if line == [UInt8(ascii: ")")] { outer = nil }
      guard line.first == UInt8(ascii: "["), let mark = line.firstRange(ignoringCase: "] =>") else { continue }
      let name = line[(line.startIndex + 1)..<mark.lowerBound].text
      let value = line[mark.upperBound...].trimmed.text
      if value == "Array" {
        outer = name
      } else if name.utf8.allSatisfy(\.isDigit) {
        // A list of values, or of lines as `headers_list` gives them.
        if let outer {
          fields.append((outer, value))
        } else {
          fields += (try? HeaderLines(Array(value.utf8)[...]).fields) ?? []
        }
      } else {
        fields.append((name, value))
      }
    }
    return fields.filter { HeaderName.isToken($0.name.utf8) }
  }

  // MARK: Go

  static func isGo(_ text: ArraySlice<UInt8>) -> Bool {
    guard let range = text.prefix(4096).firstRange(ignoringCase: "map[") else { return false }
    return text[range.upperBound...].first != UInt8(ascii: "s") || text.firstRange(ignoringCase: "map[string]") == nil
  }

  /// What `%v` makes of a `http.Header`, `map[Name:[value …]]`, or of a map of texts, `map[Name:value …]`.
  @Sendable static func go(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    guard let start = text.firstRange(ignoringCase: "map[") else { return nil }
    var fields: [HeaderField] = []
    var rest = text[start.upperBound...].drop { $0.isBlank }
    var close = rest.startIndex
    while let colon = rest.firstIndex(of: UInt8(ascii: ":")), HeaderName.isToken(rest[..<colon]) {
      let name = rest[..<colon].text
      rest = rest[(colon + 1)...]
      let isList = rest.first == UInt8(ascii: "[")
      if isList { rest = rest.dropFirst() }
      // Looked for once: a map of texts has one for all.
      if close <= rest.startIndex {
        guard let next = rest.firstIndex(of: UInt8(ascii: "]")) else { break }
        close = next
      }
      let end = close
      if isList {
        fields += values(rest[..<end]).map { (name, $0.text) }
        rest = rest[(end + 1)...].drop { $0.isBlank }
        close = rest.startIndex
      } else {
        let value = upToNextName(rest[..<end])
        fields.append((name, value.trimmed.text))
        rest = rest[value.endIndex...].drop { $0.isBlank }
      }
    }
    return fields
  }

  /// A header of several equal values is a list of them; any other list is one text.
  private static func values(_ list: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    let words = list.split(separator: 0x20)
    return words.count > 1 && words.allSatisfy { $0.starts("v1=") || $0.allSatisfy(\.isDigit) } ? words : [list]
  }

  /// What stands before a blank with a name and a colon behind it.
  private static func upToNextName(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var start = text.startIndex
    while let blank = text[start...].firstIndex(of: 0x20) {
      let word = text[(blank + 1)...].prefix { $0 != 0x20 && $0 != UInt8(ascii: ":") }
      if word.endIndex < text.endIndex, text[word.endIndex] == UInt8(ascii: ":"), HeaderName.isToken(word) {
        return text[..<blank]
      }
      start = max(blank + 1, word.endIndex)
    }
    return text
  }

  // MARK: Java

  static func isJava(_ text: ArraySlice<UInt8>) -> Bool {
    guard let inner = inner(of: text) else { return false }
    let name = inner.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ":") }
    return HeaderName.isToken(name) && name.count < inner.count && inner[name.endIndex] == UInt8(ascii: "=")
  }

  /// What stands between the first brackets, `{{…}}` being one, and the last one of their kind.
  private static func inner(of text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let open = text.prefix(4096).firstIndex(where: { "{[".utf8.contains($0) }) else { return nil }
    let (bracket, end) = (text[open], text[open] == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    guard let close = text.lastIndex(of: end), open < close else { return nil }
    var inner = text[(open + 1)..<close].trimmed
    while inner.first == bracket, inner.last == end { inner = inner.dropFirst().dropLast().trimmed }
    return inner
  }

  /// What a `Map` prints: `{name=value, name=[value, value]}`, with or without a type's name before it.
  @Sendable static func java(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    guard let inner = inner(of: text) else { return nil }
    var fields: [HeaderField] = []
    for piece in inner.split(separator: UInt8(ascii: ",")) {
      let piece = piece.trimmed
      let name = piece.prefix { $0 != UInt8(ascii: "=") }
      // Without a name it is the rest of a value with a comma, or the next one of a list.
      if name.count < piece.count, HeaderName.isToken(name), !piece.starts("v1=") {
        fields.append((name.text, bare(piece.dropFirst(name.count + 1))))
      } else if let last = fields.last {
        if piece.starts("v1=") {
          fields.append((last.name, bare(piece)))
        } else {
          fields[fields.count - 1].value += ", " + bare(piece)
        }
      }
    }
    return fields
  }

  private static func bare(_ value: ArraySlice<UInt8>) -> String {
    var value = value
    if value.first == UInt8(ascii: "[") { value = value.dropFirst() }
    if value.last == UInt8(ascii: "]") { value = value.dropLast() }
    return value.text
  }
}
