/// JSON as a tree, and the texts that well-known programs make of it: written for these tests, so that the doctor is not
/// held against itself.
indirect enum Document: Sendable {
  /// A number, `true`, `false` or `null`, as it is written.
  case atom(String)
  case string(String)
  case array([Document])
  case object([(String, Document)])

  /// How a program writes JSON.
  struct Writer: Sendable, CustomStringConvertible {
    let description: String
    var comma = ","
    var colon = ":"
    var indentation: String?
    var escapesSlashes = false
    var escapesNonASCII = false
    var escapesMarkup = false
    var isUppercase = false
    var isSorted = false
    var end = ""

    static let stringify = Writer(description: "JSON.stringify(x)")
    static let stringifyTwo = Writer(description: "JSON.stringify(x, null, 2)", colon: ": ", indentation: "  ")
    static let stringifyTab = Writer(description: "JSON.stringify(x, null, '\\t')", colon: ": ", indentation: "\t")
    static let dumps = Writer(description: "json.dumps(x)", comma: ", ", colon: ": ", escapesNonASCII: true)
    static let php = Writer(description: "json_encode($x)", escapesSlashes: true, escapesNonASCII: true)
    static let phpPretty = Writer(
      description: "json_encode($x, JSON_PRETTY_PRINT)", colon: ": ", indentation: "    ", escapesSlashes: true,
      escapesNonASCII: true)

    /// What most programs write.
    static let common = [stringify, stringifyTab, dumps, php, phpPretty]

    static let all: [Writer] = [
      stringify, stringifyTwo, stringifyTab, dumps, php, phpPretty,
      Writer(description: "JSON.stringify(x, null, 4)", colon: ": ", indentation: "    "),
      Writer(description: "json.dumps(x, ensure_ascii=False)", comma: ", ", colon: ": "),
      Writer(
        description: "json.dumps(x, sort_keys=True)", comma: ", ", colon: ": ", escapesNonASCII: true, isSorted: true),
      Writer(description: "json.dumps(x, indent=4)", colon: ": ", indentation: "    ", escapesNonASCII: true),
      Writer(
        description: "json.dumps(x, indent=2, sort_keys=True)", colon: ": ", indentation: "  ", escapesNonASCII: true,
        isSorted: true),
      Writer(description: "json_encode($x, JSON_UNESCAPED_UNICODE)", escapesSlashes: true),
      Writer(description: "json_encode($x, JSON_UNESCAPED_SLASHES)", escapesNonASCII: true),
      Writer(description: "json.Marshal(x) of a map", escapesMarkup: true, isSorted: true),
      Writer(description: "json.NewEncoder(w).Encode(x) of a struct", escapesMarkup: true, end: "\n"),
      Writer(
        description: "json.MarshalIndent(x, \"\", \"  \")", colon: ": ", indentation: "  ", escapesMarkup: true,
        isSorted: true),
      Writer(description: "JSONEncoder, .sortedKeys", escapesSlashes: true, isSorted: true),
      Writer(
        description: "JSONEncoder, .prettyPrinted", colon: " : ", indentation: "  ", escapesSlashes: true),
      Writer(description: "uppercase escapes", escapesNonASCII: true, escapesMarkup: true, isUppercase: true),
    ]
  }

  func bytes(_ writer: Writer) -> [UInt8] { Array((text(writer, "\n") + writer.end).utf8) }

  private func text(_ writer: Writer, _ newline: String) -> String {
    let inner = newline + (writer.indentation ?? "")
    func list(_ open: String, _ items: [String], _ close: String) -> String {
      guard !items.isEmpty else { return open + close }
      guard writer.indentation != nil else { return open + items.joined(separator: writer.comma) + close }
      return open + inner + items.joined(separator: "," + inner) + newline + close
    }
    switch self {
    case .atom(let text): return text
    case .string(let string): return Self.quoted(string, writer)
    case .array(let items): return list("[", items.map { $0.text(writer, inner) }, "]")
    case .object(var pairs):
      if writer.isSorted { pairs.sort { $0.0.unicodeScalars.lexicographicallyPrecedes($1.0.unicodeScalars) } }
      return list(
        "{", pairs.map { Self.quoted($0, writer) + writer.colon + $1.text(writer, inner) }, "}")
    }
  }

  private static func quoted(_ string: String, _ writer: Writer) -> String {
    var text = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      case "\r": text += "\\r"
      case "/" where writer.escapesSlashes: text += "\\/"
      case "<", ">", "&", "\u{2028}", "\u{2029}":
        text +=
          writer.escapesMarkup || scalar.value > 127 && writer.escapesNonASCII
          ? escape(scalar, writer) : String(scalar)
      case _ where scalar.value < 0x20 || scalar.value > 127 && writer.escapesNonASCII: text += escape(scalar, writer)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text + "\""
  }

  private static func escape(_ scalar: Unicode.Scalar, _ writer: Writer) -> String {
    String(scalar).utf16.map { unit in
      let digits = String(unit, radix: 16, uppercase: writer.isUppercase)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}

extension Document: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .atom(String(value)) }
  init(booleanLiteral value: Bool) { self = .atom(String(value)) }
  init(arrayLiteral elements: Document...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, Document)...) { self = .object(elements) }
}
