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
  private static let narrowest = 6

  /// - Parameter items: the first rows, which decide.
  init(_ items: [JSONValue], kind: ItemKind?, width: Int) {
    let records = items.compactMap { $0.objectValue }
    let known = (kind?.columns ?? []).filter { name in records.contains { $0[name] != nil } }
    var names = known
    if names.isEmpty {
      var seen: Set<String> = []
      for record in records { names += record.keys.filter { seen.insert($0).inserted } }
    }
    columns = names.map { name in
      let values = records.compactMap { $0[name] }
      let widest = values.map { TerminalText.width(TableFormat.cell($0)) }.max() ?? 0
      return Column(
        name: name, width: max(widest, TerminalText.width(TerminalText.escaped(name))),
        isNumeric: !values.isEmpty && values.allSatisfy { $0.numberValue != nil || $0.isNull })
    }
    fit(width)
  }

  /// Narrows the widest columns first, then leaves out the last ones.
  private mutating func fit(_ limit: Int) {
    while total > limit, let index = widest, columns[index].width > Self.narrowest {
      let next = columns.indices.filter { $0 != index }.map { columns[$0].width }.max() ?? 0
      let excess = total - limit
      // Down to the next widest at once, and by the excess at most.
      let target = max(Self.narrowest, columns[index].width - excess, min(next, columns[index].width - 1))
      columns[index].width = target
    }
    while total > limit, columns.count > 1 {
      columns.removeLast()
      hasMore = true
    }
  }

  private var total: Int {
    columns.reduce(0) { $0 + $1.width } + Self.gap * max(0, columns.count - 1) + (hasMore ? Self.gap + 1 : 0)
  }

  private var widest: Int? { columns.indices.max { columns[$0].width < columns[$1].width } }

  func header() -> String {
    line(columns.map { TerminalText.escaped($0.name) }) + (hasMore ? "  …" : "")
  }

  func row(_ record: JSONObject) -> String {
    line(columns.map { record[$0.name].map(TableFormat.cell) ?? "" })
  }

  private func line(_ cells: [String]) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      let cell = TerminalText.fitted(cells[index], width: column.width)
      let padding = String(repeating: " ", count: column.width - TerminalText.width(cell))
      if index > 0 { text += String(repeating: " ", count: Self.gap) }
      text += column.isNumeric ? padding + cell : index == columns.count - 1 ? cell : cell + padding
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }
}
