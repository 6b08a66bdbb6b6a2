import Basics
import OrderedJSON

/// A table for people, fitted to the width: the columns of the kind, or the keys that the records have. The widths come
/// from the first rows; a record by itself is an aligned list of its fields.
final class TableFormat: ResultFormat {
  private let options: RenderingOptions
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
  /// No window shows more characters of a row's cell; the rest of a huge value need not be escaped first.
  private static let cellLimit = 2000

  init(_ options: RenderingOptions) { self.options = options }

  var isTerminalSafe: Bool { true }

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    switch value {
    case .object(let record) where !record.isEmpty:
      self.kind = kind
      colorKind = shownKind(first: value)
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
    if !hasItems, options.isTerminal { line(paint("no items", "2"), to: &bytes) }
  }

  func pause(to bytes: inout [UInt8]) {
    if !held.isEmpty { layOut(isEarly: true, to: &bytes) }
  }

  /// A value's text in the colour of what it means.
  private func painted(_ text: String, _ name: String, _ value: JSONValue) -> String {
    guard options.isColoured, let color = colorKind?.colors[name]?[value.text] else { return text }
    return switch color {
    case .good: paint(text, "32")
    case .bad: paint(text, "31")
    case .waiting: paint(text, "33")
    }
  }

  /// - Parameter isEarly: whether more rows may follow.
  private func layOut(isEarly: Bool = false, to bytes: inout [UInt8]) {
    colorKind = shownKind(first: held.first)
    let layout = TableLayout(
      held, kind: colorKind, width: options.width, isEarly: isEarly && held.count < Self.telling, title: title,
      cell: cell)
    if !layout.columns.isEmpty { line(paint(layout.header(), "1"), to: &bytes) }
    self.layout = layout
    for item in held { row(item, layout, to: &bytes) }
    held = []
  }

  /// What is told of the items, or else the kind whose columns the first record has, all of them.
  private func shownKind(first: JSONValue?) -> ItemKind? {
    var inferred: ItemKind? {
      guard case .object(let record)? = first else { return nil }
      return options.kinds.first { $0.columns.allSatisfy { record[$0] != nil } }
    }
    guard let kind, kind.name.isEmpty else { return kind ?? inferred }
    return inferred?.adding(kind.columns) ?? kind.withoutColumns
  }

  private func row(_ item: JSONValue, _ layout: TableLayout, to bytes: inout [UInt8]) {
    guard case .object(let record) = item, !layout.columns.isEmpty else {
      return line(DisplayWidth.fitted(cell(item), width: options.width), to: &bytes)
    }
    line(layout.row(record, cell: cell, paint: painted), to: &bytes)
  }

  private func fields(of record: JSONObject, to bytes: inout [UInt8]) {
    let list = FieldList(text: { [options] in options.line($0.text) }, title: title)
    let pairs = record.map { ($0.key, $0.value) }
    for line in list.lines(of: record, width: options.width) {
      let margin = line.margin.map { piece in
        switch piece {
        case .name(let name): paint(name, "1")
        case .blanks(let count): String(repeating: " ", count: count)
        }
      }
      let (name, value) = pairs[line.field]
      self.line(margin.joined() + painted(line.value, name, value), to: &bytes)
    }
  }

  private func line(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: text.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  private func paint(_ text: String, _ code: String) -> String {
    options.isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// A field in one safe line; in a table, a time is said as how long ago it was.
  private func cell(_ name: String, _ value: JSONValue) -> String {
    if name.hasSuffix("At"), case .string(let text, _) = value, let now = options.now,
      let seconds = TimeReference.seconds(iso8601: text)
    {
      return Self.age(now - seconds)
    }
    return cell(value)
  }

  /// `now`, `5m ago`, `in 2h`.
  private static func age(_ seconds: Double) -> String {
    let distance = seconds.magnitude
    let text: String =
      switch distance {
      case ..<1: "now"
      case ..<60: "\(Int(distance))s"
      case ..<3600: "\(Int(distance / 60))m"
      case ..<172_800: "\(Int(distance / 3600))h"
      default: "\(Int(min(distance, 1e12) / 86400))d"
      }
    return distance < 1 ? text : seconds < 0 ? "in \(text)" : "\(text) ago"
  }

  /// A value in one safe line, as far as a row may show it.
  private func cell(_ value: JSONValue) -> String { title(value.text) }

  /// A key in one safe line, as far as a row may show it.
  private func title(_ text: String) -> String {
    options.line(String(text.unicodeScalars.prefix(Self.cellLimit)))
  }
}
