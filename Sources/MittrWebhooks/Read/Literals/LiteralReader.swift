import Basics
import OrderedJSON

/// Reads what programming languages print of their dictionaries, lists and strings, as one value: Node's objects, Python's
/// `repr`, PHP's `var_dump` and `var_export`, Ruby's and Perl's hashes, Go's `%#v`, the debug texts of Swift and Rust, and
/// calls such as `fetch(url, {…})`.
///
/// All of these are brackets, quoted strings and bare words with few marks between them, so that one lenient reader does
/// for all. Each byte is looked at once; too deep or too many values end it.
struct LiteralReader {
  private var rest: ArraySlice<UInt8>
  private var valueCount = 0
  private var depth = 0

  private static let maximumDepth = 64
  private static let maximumValues = 200_000

  /// Whether a bracket stands near the beginning.
  static func looksRight(_ text: ArraySlice<UInt8>) -> Bool { text.prefix(512).contains { "{[(".utf8.contains($0) } }

  /// The values in a text: one by itself, several as a list, those with a label as an object; nil when it is broken or has
  /// no brackets.
  static func value(of text: ArraySlice<UInt8>) -> JSONValue? {
    var reader = LiteralReader(rest: text)
    guard let items = reader.items(until: nil) else { return nil }
    let groups = items.filter { $0.value.objectValue != nil || $0.value.arrayValue != nil || $0.key != nil }
    if groups.count == 1, groups[0].value.stringValue == nil { return groups[0].value }
    return groups.isEmpty ? nil : collection(groups)
  }

  private init(rest: ArraySlice<UInt8>) { self.rest = rest }

  private typealias Item = (key: String?, value: JSONValue)

  private static func collection(_ items: [Item]) -> JSONValue {
    guard items.contains(where: { $0.key != nil }) else { return .array(items.map(\.value)) }
    return .object(JSONObject(items.enumerated().map { ($1.key ?? "\($0)", $1.value) }))
  }

  // MARK: Items

  /// What stands before a closing bracket, or before the end; nil when it is broken.
  private mutating func items(until close: UInt8?) -> [Item]? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else { return nil }
    var items: [Item] = []
    while true {
      skipBlanks()
      guard let byte = rest.first else { return close == nil ? items : nil }
      if byte == close {
        rest.removeFirst()
        return items
      }
      if ",;".utf8.contains(byte) || "}])>+|&".utf8.contains(byte) && close == nil {
        rest.removeFirst()
        continue
      }
      let before = rest.count
      guard let item = item(isTop: close == nil) else { return nil }
      // What is no value here is passed over.
      if rest.count == before { rest.removeFirst() } else { items.append(item) }
    }
  }

  private mutating func item(isTop: Bool) -> Item? {
    valueCount += 1
    guard valueCount <= Self.maximumValues, let first = sequence(isKey: true, isTop: isTop) else { return nil }
    skipBlanks()
    guard takeSeparator() else { return (nil, first) }
    guard let value = sequence(isKey: false, isTop: isTop) else { return nil }
    return (Self.key(first), value)
  }

  /// `:`, `=>`, `=` or `->`.
  private mutating func takeSeparator() -> Bool {
    for separator in ["=>", "->", "=", ":"] where rest.starts(with: separator.utf8) {
      rest = rest.dropFirst(separator.utf8.count)
      return true
    }
    return false
  }

  private static func key(_ value: JSONValue) -> String {
    if case .array(let items) = value, items.count == 1 { return key(items[0]) }
    return value.stringValue ?? value.description
  }

  // MARK: Values

  /// One value with what may stand before it: the name of a type, a size, another bracket. Of all that the last counts.
  private mutating func sequence(isKey: Bool, isTop: Bool) -> JSONValue? {
    var words: [UInt8] = []
    var group: JSONValue?
    var isFirst = true
    while true {
      if isFirst { skipBlanks() } else { skipSpaces() }
      guard let byte = rest.first else { break }
      isFirst = false
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): return strings(prefix: words)
      case UInt8(ascii: "{"):
        rest.removeFirst()
        return items(until: UInt8(ascii: "}")).map(Self.collection)
      case UInt8(ascii: "["), UInt8(ascii: "("):
        rest.removeFirst()
        guard let items = items(until: byte == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: ")")) else {
          return nil
        }
        group = Self.collection(items)
        words = []
        let next = rest.drop { $0 == 0x20 }.first
        guard let next, next.isLetter || "{[(\"'".utf8.contains(next) else { return group }
      case UInt8(ascii: "<"): return angle()
      case UInt8(ascii: ":")
      where isKey && words.isEmpty && rest.dropFirst().first.map { $0.isLetter || $0 == 0x22 } == true:
        // Ruby's symbols.
        rest.removeFirst()
      default:
        guard let word = word(isKey: isKey, isTop: isTop) else {
          return words.isEmpty ? group ?? .null : Self.bare(words)
        }
        if !words.isEmpty { words.append(0x20) }
        words += word
      }
    }
    return words.isEmpty ? group ?? .null : Self.bare(words)
  }

  /// A run of what is neither blank nor a mark; nil when there is none.
  private mutating func word(isKey: Bool, isTop: Bool) -> ArraySlice<UInt8>? {
    let isAssignment = rest.starts("=>") || rest.starts("->")
    let word =
      isAssignment
      ? rest.prefix(0)
      : rest.prefix { byte in
        !(byte.isBlank || ",;{}[]()\"'`".utf8.contains(byte) || isKey && ":=".utf8.contains(byte))
      }
    guard !word.isEmpty else { return nil }
    rest = rest.dropFirst(word.count)
    return word
  }

  private static func bare(_ words: [UInt8]) -> JSONValue {
    let text = words[...].text
    switch text {
    case "true", "True": return .bool(true)
    case "false", "False": return .bool(false)
    case "null", "None", "nil", "NULL", "undefined": return .null
    default: return JSONNumber(text).map { .number($0) } ?? .string(text)
    }
  }

  /// One string, or several that are added up.
  private mutating func strings(prefix: [UInt8]) -> JSONValue? {
    let isRaw = prefix.count <= 2 && prefix.contains { $0 | 0x20 == UInt8(ascii: "r") }
    var bytes: [UInt8] = []
    repeat {
      guard let piece = string(isRaw: isRaw) else { return nil }
      bytes += piece
      let behind = rest.drop { $0.isBlank }
      if behind.first == UInt8(ascii: "+"),
        behind.dropFirst().drop(while: { $0.isBlank }).first.map(Self.isQuote) == true
      {
        rest = behind.dropFirst().drop { $0.isBlank }
      }
    } while rest.first.map(Self.isQuote) == true
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return ["type": "Buffer", "data": .array(bytes.map { .number(JSONNumber(Int($0))) })]
    }
    return .string(text)
  }

  private static func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }

  private mutating func string(isRaw: Bool) -> [UInt8]? {
    guard let quote = rest.popFirst() else { return nil }
    var result: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == quote { return result }
      if byte == UInt8(ascii: "\\"), !isRaw, !rest.isEmpty {
        EscapedText.takeEscape(&rest, &result)
      } else {
        result.append(byte)
      }
    }
    return nil
  }

  /// What stands in `<…>`: the bytes of Node's `<Buffer 7b 22>`, the call in `<CIMultiDictProxy(…)>`, or something without
  /// a value.
  private mutating func angle() -> JSONValue? {
    let inner = rest.dropFirst()
    if inner.starts("Buffer ") {
      let digits = inner.dropFirst("Buffer ".utf8.count).prefix { $0 != UInt8(ascii: ">") }
      rest = rest[digits.endIndex...].dropFirst()
      let bytes = digits.split(separator: 0x20).prefix { $0.count == 2 }.flatMap {
        Hex.decoded(Array($0)) ?? []
      }
      return ["type": "Buffer", "data": .array(bytes.map { .number(JSONNumber(Int($0))) })]
    }
    let name = inner.prefix { $0.isLetter || $0.isDigit || "._".utf8.contains($0) }
    if !name.isEmpty, inner.dropFirst(name.count).first == UInt8(ascii: "(") {
      rest = inner.dropFirst(name.count)
      let value = sequence(isKey: true, isTop: false)
      if rest.first == UInt8(ascii: ">") { rest.removeFirst() }
      return value
    }
    let skipped = rest.prefix { $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "\n") }
    rest = rest.dropFirst(skipped.count)
    if rest.first == UInt8(ascii: ">") { rest.removeFirst() }
    return .null
  }

  private mutating func skipBlanks() { rest = rest.drop { $0.isBlank } }
  private mutating func skipSpaces() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }
}
