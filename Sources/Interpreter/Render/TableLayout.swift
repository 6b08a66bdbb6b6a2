import Basics
package import OrderedJSON

/// The columns of a table: which, how wide, and on which side their cells stand.
package struct TableLayout {
  package struct Column {
    package let name: String
    /// The name as it is shown.
    let title: String
    var width: Int
    let isNumeric: Bool
  }

  package private(set) var columns: [Column] = []
  /// Whether there are fields that found no room.
  private var hasMore = false

  private static let gap = 2
  /// A column is rather left out than made narrower than this.
  private static let readable = 12

  /// - Parameters:
  ///   - items: the first rows, which decide.
  ///   - isEarly: whether there may be longer values further down: then columns are wider where there is room.
  ///   - title: a name in one safe line.
  ///   - cell: a field's value in one safe line.
  package init(
    _ items: [JSONValue], kind: ItemKind?, width: Int, isEarly: Bool, title: (String) -> String,
    cell: (String, JSONValue) -> String
  ) {
    let records = items.compactMap { $0.objectValue }
    var names = (kind?.columns ?? []).filter { name in records.contains { $0[name] != nil } }
    // More columns than that find no room even if each is as narrow as can be.
    let limit = max(1, width / (1 + Self.gap) + 1)
    if names.isEmpty { (names, hasMore) = Self.keys(of: records, limit: limit) }
    columns = names.map { name in
      let values = records.compactMap { $0[name] }
      let widest = values.map { DisplayWidth.width(cell(name, $0)) }.max() ?? 0
      let title = title(name)
      return Column(
        name: name, title: title, width: max(widest, DisplayWidth.width(title)),
        isNumeric: !values.isEmpty && values.allSatisfy { $0.numberValue != nil || $0.isNull })
    }
    fit(width)
    if isEarly { spread(width) }
  }

  /// The keys in the order in which they first come, and whether there are more of them.
  private static func keys(of records: [JSONObject], limit: Int) -> (names: [String], hasMore: Bool) {
    var names: [String] = []
    var seen: Set<String> = []
    for record in records {
      for key in record.keys where seen.insert(key).inserted {
        guard names.count < limit else { return (names, true) }
        names.append(key)
      }
    }
    return (names, false)
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
    // In the narrowest windows not even the sign for more finds room.
    if columns.count == 1, limit <= Self.gap + 1 { hasMore = false }
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

  /// Gives what room there is to the columns of texts, the first ones first, half as much again as they have at most.
  private mutating func spread(_ limit: Int) {
    for index in columns.indices.dropLast() where columns[index].name != "id" && !columns[index].isNumeric {
      columns[index].width += max(0, min(columns[index].width / 2, limit - total))
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

  package func header() -> String {
    line(columns.map { $0.title }) + (hasMore ? "  …" : "")
  }

  /// - Parameter paint: colours a cell of a column, once it is known how much of it is shown.
  package func row(
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
      let cell = DisplayWidth.fitted(cells[index], width: column.width)
      let padding = String(repeating: " ", count: column.width - DisplayWidth.width(cell))
      if index > 0 { text += String(repeating: " ", count: Self.gap) }
      let painted = cell.isEmpty ? cell : paint(index, cell)
      text += column.isNumeric ? padding + painted : index == columns.count - 1 ? painted : painted + padding
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
