/// The text of a configuration file, changed without touching any line that has nothing to do with the change: comments,
/// order and spacing stay as the person wrote them.
///
/// It knows lines, and not all of TOML: whoever changes a text so reads the result, and gives it up if it does not say what
/// it should.
struct ConfigurationText {
  private(set) var text: String

  init(_ text: String) { self.text = text }

  /// Adds a table behind everything else.
  mutating func addProfile(_ name: String, _ settings: [(key: String, value: String)]) {
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    if !text.isEmpty { text += "\n" }
    text += "[profiles.\(Self.key(name))]\n"
    for (key, value) in settings { text += "\(key) = \(Self.quoted(value))\n" }
  }

  /// Names the usual profile; nil names none.
  mutating func setUsual(_ name: String?) {
    var lines = self.lines
    let top = lines.prefix { Self.header($0) == nil }
    let place = top.firstIndex { Self.isUsual($0) }
    switch (place, name) {
    case (let place?, let name?): lines[place] = "profile = \(Self.quoted(name))" + Self.comment(of: lines[place])
    case (let place?, nil): lines.remove(at: place)
    case (nil, let name?):
      let isApart = lines.first?.allSatisfy(\.isWhitespace) ?? true
      lines.insert(contentsOf: ["profile = \(Self.quoted(name))"] + (isApart ? [] : [""]), at: 0)
    case (nil, nil): break
    }
    text = lines.joined(separator: "\n")
  }

  /// Takes a profile's table out. What stands directly above the next table, such as a comment, stays with that.
  mutating func removeProfile(_ name: String) {
    var lines = self.lines
    guard let start = lines.firstIndex(where: { Self.header($0) == ["profiles", name] }) else { return }
    let next = lines[(start + 1)...].firstIndex { Self.header($0) != nil } ?? lines.count
    var end = next
    while end > start + 1, Self.saysNothing(lines[end - 1]) { end -= 1 }
    lines.removeSubrange(start..<end)
    // No gap is left where the table was.
    while start < lines.count - 1, lines[start].allSatisfy(\.isWhitespace),
      start == 0 || lines[start - 1].allSatisfy(\.isWhitespace)
    {
      lines.remove(at: start)
    }
    text = lines.joined(separator: "\n")
  }

  private var lines: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  // MARK: Lines

  /// The keys of a table's header, such as `[profiles.staging]`; nil for any other line.
  private static func header(_ line: String) -> [String]? {
    var rest = line[...].drop { $0 == " " || $0 == "\t" }
    guard rest.popFirst() == "[", rest.first != "[" else { return rest.first == "[" ? [] : nil }
    var keys: [String] = []
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" }
      guard let key = takeKey(&rest) else { return nil }
      keys.append(key)
      rest = rest.drop { $0 == " " || $0 == "\t" }
      switch rest.popFirst() {
      case ".": continue
      case "]": return keys
      default: return nil
      }
    }
  }

  private static func takeKey(_ rest: inout Substring) -> String? {
    guard let quote = rest.first, quote == "\"" || quote == "'" else {
      let key = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
      rest = rest[key.endIndex...]
      return key.isEmpty ? nil : String(key)
    }
    rest.removeFirst()
    var key = ""
    while let character = rest.popFirst() {
      if character == quote { return key }
      if character == "\\", quote == "\"" {
        // Only what `quoted` writes is read back; of any other escape the caller's check tells.
        guard let escaped = rest.popFirst() else { return nil }
        key.append(escaped)
      } else {
        key.append(character)
      }
    }
    return nil
  }

  private static func isUsual(_ line: String) -> Bool {
    var rest = line[...].drop { $0 == " " || $0 == "\t" }
    guard takeKey(&rest) == "profile" else { return false }
    return rest.drop { $0 == " " || $0 == "\t" }.first == "="
  }

  /// The comment behind a setting of text, with the space before it.
  private static func comment(of line: String) -> String {
    var quote: Character?
    var isEscaped = false
    for index in line.indices {
      let character = line[index]
      if isEscaped {
        isEscaped = false
      } else if let open = quote {
        if character == "\\", open == "\"" { isEscaped = true }
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#" {
        let space = line[..<index].reversed().prefix { $0 == " " || $0 == "\t" }.count
        return String(line[line.index(index, offsetBy: -space)...])
      }
    }
    return line.hasSuffix("\r") ? "\r" : ""
  }

  private static func saysNothing(_ line: String) -> Bool {
    let text = line.drop { $0.isWhitespace }
    return text.isEmpty || text.first == "#"
  }

  // MARK: Writing

  private static func key(_ name: String) -> String {
    let isBare = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    return isBare && !name.isEmpty ? name : quoted(name)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
