import Basics
import OrderedJSON

/// A table for people, fitted to the width: the columns of the kind, or the keys that the records have. The widths come
/// from the first rows; a record by itself is an aligned list of its fields.
final class TableFormat: ResultFormat {
  private let options: RenderingOptions
  private let look: RecordText
  private var kind: ItemKind?
  private var held: [JSONValue] = []
  private var layout: TableLayout?
  /// The kind whose values have colours.
  private var colorKind: ItemKind?
  private var hasItems = false
  /// So many rows are looked at before the columns are laid out.
  private static let sample = 200
  /// So many rows tell what the others are like.
  private static let telling = 10

  init(_ options: RenderingOptions) {
    self.options = options
    look = RecordText(options)
  }

  var isTerminalSafe: Bool { true }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    switch value {
    case .object(let record) where !record.isEmpty:
      self.kind = kind
      colorKind = look.kind(kind, first: value)
      fields(of: record, to: &bytes)
    case .array(let items) where items.contains(where: { $0.objectValue != nil }):
      begin(kind, to: &bytes)
      for item in items { self.item(item, to: &bytes) }
      end(to: &bytes)
    case .array(let items) where !items.isEmpty:
      let text = options.line(value.text)
      guard DisplayWidth.width(text) > options.width else { return line(text, to: &bytes) }
      // As a stream of them would be.
      for item in items { line(options.line(item.text), to: &bytes) }
    default: line(options.line(value.text), to: &bytes)
    }
  }

  func begin(_ kind: ItemKind?, to bytes: inout [UInt8]) { self.kind = kind }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    hasItems = true
    guard let layout else {
      held.append(item)
      if held.count >= Self.sample { layOut(to: &bytes) }
      return
    }
    row(item, layout, to: &bytes)
  }

  func end(to bytes: inout [UInt8]) {
    if !held.isEmpty { layOut(to: &bytes) }
    if !hasItems, options.isTerminal { line(look.paint("no items", "2"), to: &bytes) }
  }

  func pause(to bytes: inout [UInt8]) {
    if !held.isEmpty { layOut(isEarly: true, to: &bytes) }
  }

  /// - Parameter isEarly: whether more rows may follow.
  private func layOut(isEarly: Bool = false, to bytes: inout [UInt8]) {
    colorKind = look.kind(kind, first: held.first)
    let layout = TableLayout(
      held, kind: colorKind, width: options.width, isEarly: isEarly && held.count < Self.telling,
      title: look.title, cell: look.cell)
    if !layout.columns.isEmpty { line(look.paint(layout.header(), "1"), to: &bytes) }
    self.layout = layout
    for item in held { row(item, layout, to: &bytes) }
    held = []
  }

  private func row(_ item: JSONValue, _ layout: TableLayout, to bytes: inout [UInt8]) {
    guard case .object(let record) = item, !layout.columns.isEmpty else {
      return line(DisplayWidth.fitted(look.cell(item), width: options.width), to: &bytes)
    }
    line(layout.row(record, cell: look.cell) { look.painted($0, $1, $2, colorKind) }, to: &bytes)
  }

  private func fields(of record: JSONObject, to bytes: inout [UInt8]) {
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
      self.line(margin.joined() + look.painted(line.value, name, value, colorKind), to: &bytes)
    }
  }

  private func line(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }
}
