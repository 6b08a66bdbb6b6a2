import Basics
import OrderedJSON

/// One record a block: a line for each field, an empty line between two records. Other values stand on lines of their own.
final class ExpandedFormat: ResultFormat {
  private let options: RenderingOptions
  private let look: RecordText
  private var told: ItemKind?
  /// The kind whose values have colours; nil before the first item.
  private var kind: ItemKind??
  private var count = 0

  init(_ options: RenderingOptions) {
    self.options = options
    look = RecordText(options)
  }

  var isTerminalSafe: Bool { true }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    begin(kind, to: &bytes)
    guard case .array(let items) = value, !items.isEmpty else { return item(value, to: &bytes) }
    for item in items { self.item(item, to: &bytes) }
  }

  func begin(_ kind: ItemKind?, to bytes: inout [UInt8]) { told = kind }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    count += 1
    guard case .object(let record) = item, !record.isEmpty else {
      return bytes.append(line: options.line(item.text))
    }
    let kind = kind ?? look.kind(told, first: item)
    self.kind = kind
    if count > 1 { bytes.append(line: "") }
    fields(of: record, kind, to: &bytes)
  }

  func end(to bytes: inout [UInt8]) {
    if count == 0, options.isTerminal { bytes.append(line: look.paint("no items", "2")) }
  }

  private func fields(of record: JSONObject, _ kind: ItemKind?, to bytes: inout [UInt8]) {
    let list = FieldList(text: { [options] in options.line($0.text) }, title: look.title)
    let pairs = record.map { ($0.key, $0.value) }
    for line in list.lines(of: record, width: options.width) {
      let margin = line.margin.map { piece in
        switch piece {
        case .name(let name): look.paint(name, "1")
        case .blanks(let count): String(repeating: " ", count: count)
        }
      }
      let (name, value) = pairs[line.field]
      bytes.append(line: margin.joined() + look.painted(line.value, name, value, kind))
    }
  }
}

extension [UInt8] {
  mutating func append(line: String) {
    append(contentsOf: line.utf8)
    append(.lineFeed)
  }
}
