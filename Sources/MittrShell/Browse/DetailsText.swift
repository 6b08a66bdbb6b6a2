import Basics
import Interpreter
import OrderedJSON

/// One value in lines to look at: the fields of a record, or the value as JSON.
struct DetailsText {
  let look: RecordText
  /// The kind of the value, for colours.
  var kind: ItemKind?

  /// So many characters of a value are shown.
  static let mostCharacters = 1 << 20
  static let mostLines = 20_000
  /// Names and values find room beside each other in so many columns.
  private static let narrowest = 8

  /// - Parameter width: in columns.
  func lines(of value: JSONValue, asJSON: Bool, width: Int) -> [String] {
    let width = max(1, width)
    let json = JSONWriter.pretty.string(value)
    let isHuge = json.utf8.count > Self.mostCharacters
    if case .object(let record) = value, !record.isEmpty, !asJSON, !isHuge, width >= Self.narrowest {
      return fields(of: record, width)
    }
    var text = json
    if case .string(let string, _) = value, !asJSON { text = string }
    let shown = isHuge ? String(text.unicodeScalars.prefix(Self.mostCharacters)) : text
    let safe = look.options.masked(shown)
    let lines = asJSON || value.stringValue == nil ? SafeText.escapedJSON(safe) : SafeText.escapedLines(safe)
    return capped(broken(DisplayWidth.aligned(lines), width: width), isCut: isHuge)
  }

  private func broken(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard lines.count <= Self.mostLines else { break }
      guard !line.isEmpty else {
        lines.append("")
        continue
      }
      // A single column has no room for a wide character.
      lines += FieldList.broken(String(line), width: width, limit: Self.mostLines).map {
        DisplayWidth.fitted($0, width: width)
      }
    }
    return lines
  }

  private func capped(_ lines: [String], isCut: Bool = false) -> [String] {
    guard isCut || lines.count > Self.mostLines else { return lines }
    return lines.prefix(Self.mostLines) + ["", "… and more: save FILE writes it whole"]
  }

  private func fields(of record: JSONObject, _ width: Int) -> [String] {
    let record = JSONObject(record.map { ($0.key, Self.opened($0.value)) })
    let list = FieldList(
      text: { look.line($0.text) }, title: { look.title($0) }, textLimit: Self.mostLines)
    let pairs = record.map { ($0.key, $0.value) }
    return capped(
      list.lines(of: record, width: width).map { line in
        let margin = line.margin.map { piece in
          switch piece {
          case .name(let name): look.paint(name, "1")
          case .blanks(let count): String(repeating: " ", count: count)
          }
        }
        let (name, value) = pairs[line.field]
        return margin.joined() + look.painted(line.value, name, value, kind)
      })
  }

  /// A text that is JSON, such as a delivery's body, as what it says.
  private static func opened(_ value: JSONValue) -> JSONValue {
    guard case .string(let text, _) = value, let first = text.utf8.first,
      first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let parsed = try? JSONValue(parsing: text)
    else { return value }
    return parsed
  }
}
