import OrderedJSON

/// The columns of a table: which, how wide, and on which side their cells stand.
struct TableLayout {
  struct Column {
    let name: String
    var width: Int
    let isNumeric: Bool
  }

  private(set) var columns: [Column] = []
  /// Whether there are fields that found no room.
  private var hasMore = false

  private static let gap = 2
  /// A column is rather left out than made narrower than this.
  private static let readable = 12

  /// - Parameter items: the first rows, which decide.
  init(_ items: [JSONValue], kind: ItemKind?, width: Int, cell: (String, JSONValue) -> String) {
    let records = items.compactMap { $0.objectValue }
    let known = (kind?.columns ?? []).filter { name in records.contains { $0[name] != nil } }
    var names = known
    if names.isEmpty {
      var seen: Set<String> = []
      for record in records { names += record.keys.filter { seen.insert($0).inserted } }
    }
    columns = names.map { name in
      let values = records.compactMap { $0[name] }
      let widest = values.map { TerminalText.width(cell(name, $0)) }.max() ?? 0
      return Column(
        name: name, width: max(widest, TerminalText.width(TerminalText.escaped(name))),
        isNumeric: !values.isEmpty && values.allSatisfy { $0.numberValue != nil || $0.isNull })
    }
    fit(width)
  }

  /// Leaves out the last columns until the others can be read, then narrows the widest. An `id` is of no use when it is
  /// cut, so it gives way only when nothing else is left.
  private mutating func fit(_ limit: Int) {
    while columns.count > 1,
      total(of: columns.map { $0.name == "id" ? $0.width : min($0.width, Self.readable) }) > limit
    {
      columns.removeLast()
      hasMore = true
    }
    while total > limit {
      guard let index = widest else {
        columns[0].width = min(columns[0].width, max(1, columns[0].width - (total - limit)))
        return
      }
      let next = columns.indices.filter { $0 != index }.map { columns[$0].width }.max() ?? 0
      // Down to the next widest at once, and by the excess at most.
      columns[index].width = max(1, columns[index].width - (total - limit), min(next, columns[index].width - 1))
    }
  }

  private var total: Int { total(of: columns.map { $0.width }) }

  private func total(of widths: [Int]) -> Int {
    widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) + (hasMore ? Self.gap + 1 : 0)
  }

  /// The widest column that may still be narrowed.
  private var widest: Int? {
    columns.indices.filter { columns[$0].name != "id" && columns[$0].width > 1 }
      .max { columns[$0].width < columns[$1].width }
  }

  func header() -> String {
    line(columns.map { TerminalText.escaped($0.name) }) + (hasMore ? "  …" : "")
  }

  /// - Parameter paint: colours a cell of a column, once it is known how much of it is shown.
  func row(
    _ record: JSONObject, cell: (String, JSONValue) -> String,
    paint: (_ text: String, _ name: String, JSONValue) -> String
  ) -> String {
    let values = columns.map { record[$0.name] }
    let cells = zip(columns, values).map { column, value in value.map { cell(column.name, $0) } ?? "" }
    return line(cells) { index, text in values[index].map { paint(text, columns[index].name, $0) } ?? text }
  }

  private func line(_ cells: [String], paint: (_ column: Int, _ text: String) -> String = { $1 }) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      let cell = TerminalText.fitted(cells[index], width: column.width)
      let padding = String(repeating: " ", count: column.width - TerminalText.width(cell))
      if index > 0 { text += String(repeating: " ", count: Self.gap) }
      let painted = cell.isEmpty ? cell : paint(index, cell)
      text += column.isNumeric ? padding + painted : index == columns.count - 1 ? painted : painted + padding
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
