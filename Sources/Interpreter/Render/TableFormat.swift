import Basics
import OrderedJSON

/// A table for people, fitted to the width: the columns of the kind, or the keys that the records have. The widths come
/// from the first rows; what does not fit a table becomes one record a block. A record by itself is a list of its fields.
final class TableFormat: ResultFormat {
  private let options: RenderingOptions
  private let look: RecordText
  private let blocks: ExpandedFormat
  private var kind: ItemKind?
  private var held: [JSONValue] = []
  private var state = State.undecided
  private var hasItems = false
  /// So many rows are looked at before the columns are laid out.
  private static let sample = 200
  /// So many rows tell what the others are like.
  private static let telling = 10

  private enum State {
    case undecided
    /// - Parameter kind: that whose values have colours.
    case table(TableLayout, kind: ItemKind?)
    case blocks
  }

  init(_ options: RenderingOptions) {
    self.options = options
    look = RecordText(options)
    blocks = ExpandedFormat(options)
  }

  var isTerminalSafe: Bool { true }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    guard case .array(let items) = value, items.contains(where: { $0.objectValue != nil }) else {
      return blocks.value(value, kind: kind, to: &bytes)
    }
    begin(kind, to: &bytes)
    for item in items { self.item(item, to: &bytes) }
    end(to: &bytes)
  }

  func begin(_ kind: ItemKind?, to bytes: inout [UInt8]) {
    self.kind = kind
    blocks.begin(kind, to: &bytes)
  }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    hasItems = true
    switch state {
    case .undecided:
      held.append(item)
      if held.count >= Self.sample { layOut(mayGrow: true, to: &bytes) }
    case .table(let layout, let kind): row(item, layout, kind, to: &bytes)
    case .blocks: blocks.item(item, to: &bytes)
    }
  }

  func end(to bytes: inout [UInt8]) {
    if !held.isEmpty { layOut(mayGrow: false, to: &bytes) }
    if !hasItems, options.isTerminal { bytes.append(line: look.paint("no items", "2")) }
  }

  func pause(to bytes: inout [UInt8]) {
    if !held.isEmpty { layOut(mayGrow: held.count < Self.telling, to: &bytes) }
  }

  /// - Parameter mayGrow: whether longer values may follow.
  private func layOut(mayGrow: Bool, to bytes: inout [UInt8]) {
    let kind = look.kind(kind, first: held.first)
    let layout = TableLayout(
      held, kind: kind, width: options.width, isEarly: mayGrow, title: look.title, cell: look.cell)
    if layout.fits {
      state = .table(layout, kind: kind)
      if !layout.columns.isEmpty {
        for line in layout.headerLines() { bytes.append(line: look.paint(line, "1")) }
      }
    } else {
      state = .blocks
    }
    let rows = held
    held = []
    for item in rows { self.item(item, to: &bytes) }
  }

  private func row(_ item: JSONValue, _ layout: TableLayout, _ kind: ItemKind?, to bytes: inout [UInt8]) {
    guard case .object(let record) = item, !layout.columns.isEmpty else {
      return bytes.append(line: DisplayWidth.fitted(look.cell(item), width: options.width))
    }
    bytes.append(line: layout.row(record, cell: look.cell) { look.painted($0, $1, $2, kind) })
    for (name, value) in layout.notes(of: record, cell: look.cell) { note(name, value, to: &bytes) }
  }

  /// A field below its record, all of it.
  private func note(_ name: String, _ value: JSONValue, to bytes: inout [UInt8]) {
    let margin = "  \(look.title(name))  "
    let indent = DisplayWidth.width(margin)
    let text = look.whole(name, value)
    guard indent + Self.noteWidth <= options.width else {
      for line in FieldList.broken(text, width: max(2, options.width), limit: .max) { bytes.append(line: line) }
      return
    }
    for (number, line) in FieldList.broken(text, width: options.width - indent, limit: .max).enumerated() {
      bytes.append(line: (number == 0 ? look.paint(margin, "2") : String(repeating: " ", count: indent)) + line)
    }
  }

  /// So much room a note has beside its name at least.
  private static let noteWidth = 10
}
