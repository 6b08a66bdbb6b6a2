import Basics
package import OrderedJSON

/// The columns of a table: which, how wide, and on which side their cells stand.
///
/// Nothing that matters is cut: an id, a number, a note and a column that was asked for are shown whole. Texts give way as
/// far as they can still be read, then the last columns are left out.
package struct TableLayout {
  package struct Column {
    package let name: String
    /// The name as it is shown.
    let title: String
    var width: Int
    /// How narrow it may become.
    var least: Int
    let isNumeric: Bool
    /// Whether it is not left out.
    let isNeeded: Bool
    /// Whether its cells are not cut.
    let isWhole: Bool
  }

  package private(set) var columns: [Column] = []
  /// Fields that stand below their records, since there is no room for them as columns.
  private(set) var notes: [String] = []
  /// Whether all that matters finds room.
  private(set) var fits = true
  /// How many fields are not shown, and whether there may be more.
  private var hidden = 0
  private var hidesMore = false
  private let limit: Int

  private static let gap = 2
  /// A text that is cut is still so wide.
  private static let readable = 12
  /// So many fields are told apart.
  private static let mostFields = 1000
  /// A note stands in a column only where so many others, the id included, have room beside it.
  private static let besideNotes = 3

  /// - Parameters:
  ///   - items: the first rows, which decide.
  ///   - isEarly: whether there may be longer values further down: then columns are wider where there is room.
  ///   - title: a name in one safe line.
  ///   - cell: a field's value in one safe line.
  package init(
    _ items: [JSONValue], kind: ItemKind?, width: Int, isEarly: Bool, title: (String) -> String,
    cell: (String, JSONValue) -> String
  ) {
    limit = width
    let records = items.compactMap { $0.objectValue }
    let fields = Self.fields(of: records)
    let isSelected = kind?.isSelected ?? false
    var names = (kind?.columns ?? []).filter { name in records.contains { $0[name] != nil } }
    // More columns than that find no room even if each is as narrow as can be.
    if names.isEmpty { names = Array(fields.prefix(max(1, width / (1 + Self.gap) + 1))) }
    func column(_ name: String, isNeeded: Bool, isWhole: Bool) -> Column {
      let values = records.compactMap { $0[name] }
      var widest = values.map { DisplayWidth.width(cell(name, $0)) }.max() ?? 0
      if isEarly { widest = max(widest, kind?.words[name]?.map { $0.utf8.count }.max() ?? 0) }
      let title = title(name)
      let width = max(widest, DisplayWidth.width(title))
      let isNumeric = !values.isEmpty && values.allSatisfy { $0.numberValue != nil || $0.isNull }
      return Column(
        name: name, title: title, width: width, least: isWhole || isNumeric ? width : min(width, Self.readable),
        isNumeric: isNumeric, isNeeded: isNeeded, isWhole: isWhole || isNumeric)
    }
    let candidates = names.map { name in
      column(name, isNeeded: isSelected || name == "id", isWhole: isSelected || name == "id" || name.hasSuffix("Id"))
    }
    choose(among: candidates)
    let told = (kind?.notes ?? []).filter { note in
      func has(_ record: JSONObject) -> Bool { record[note.name].map { !$0.isNull } ?? false }
      return note.isOfAll ? !records.isEmpty && records.allSatisfy(has) : records.contains(where: has)
    }
    for note in told { place(column(note.name, isNeeded: true, isWhole: true), among: candidates) }
    hidden = max(0, fields.count - columns.count - notes.count)
    // Others may come with rows further down, as the error does of the first item that fails.
    let known = Set(told.map { $0.name })
    notes += (kind?.notes ?? []).filter { !$0.isOfAll && !known.contains($0.name) }.map { $0.name }
    hidesMore = fields.count >= Self.mostFields
    narrow()
    if isEarly { spread() }
  }

  /// The fields in the order in which they first come.
  private static func fields(of records: [JSONObject]) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for record in records {
      for key in record.keys where seen.insert(key).inserted {
        names.append(key)
        if names.count >= mostFields { return names }
      }
    }
    return names
  }

  // MARK: Room

  /// Takes what is needed, and of the others, the first ones first, what finds room.
  private mutating func choose(among candidates: [Column]) {
    var room = limit + Self.gap
    for column in candidates where column.isNeeded { room -= column.least + Self.gap }
    guard room >= 0 else { return cram(candidates) }
    columns = candidates.filter { column in
      if column.isNeeded { return true }
      guard column.least + Self.gap <= room else { return false }
      room -= column.least + Self.gap
      return true
    }
    // One column alone tells too little, and nothing where there is no room for it either.
    if columns.count < min(2, candidates.count) { cram(candidates) }
  }

  /// For who must have a table all the same: everything may be cut, an `id` last.
  private mutating func cram(_ candidates: [Column]) {
    fits = false
    columns = candidates
    for index in columns.indices where columns[index].name != "id" {
      columns[index].least = min(columns[index].width, Self.readable)
    }
    while columns.count > 1, total(columns.map { $0.least }) > limit { columns.removeLast() }
    for index in columns.indices where columns[index].name != "id" || columns.count == 1 { columns[index].least = 1 }
  }

  /// Gives a note a column behind the others, if enough of them have room beside it.
  private mutating func place(_ note: Column, among candidates: [Column]) {
    var wider = self
    wider.choose(among: columns.filter { $0.isNeeded } + [note] + candidates.filter { !$0.isNeeded })
    guard fits, wider.fits, wider.columns.count > min(columns.count, Self.besideNotes) else {
      notes.append(note.name)
      return
    }
    // What is needed stands first there; the order of the table is that of the candidates.
    let names = Set(wider.columns.map { $0.name })
    columns =
      candidates.filter { names.contains($0.name) }
      + wider.columns.filter { column in !candidates.contains { $0.name == column.name } }
  }

  /// Narrows the widest until all fit.
  private mutating func narrow() {
    while total > limit {
      guard let index = widest else {
        if !columns.isEmpty { columns[0].width = min(columns[0].width, max(1, columns[0].width - (total - limit))) }
        return
      }
      let column = columns[index]
      let next = columns.indices.filter { $0 != index }.map { columns[$0].width }.max() ?? 0
      // Down to the next widest at once, and by the excess at most.
      columns[index].width = max(column.least, column.width - (total - limit), min(next, column.width - 1))
    }
  }

  /// Gives what room there is to the columns of texts, the first ones first, half as much again as they have at most,
  /// and the rest to the last one.
  private mutating func spread() {
    for index in columns.indices.dropLast() where !columns[index].isNumeric && columns[index].name != "id" {
      columns[index].width += max(0, min(columns[index].width / 2, limit - total))
    }
    // Behind the last one nothing stands.
    if let last = columns.indices.last, !columns[last].isNumeric { columns[last].width += max(0, limit - total) }
  }

  private var total: Int { total(columns.map { $0.width }) }

  private func total(_ widths: [Int]) -> Int { widths.reduce(0, +) + Self.gap * max(0, widths.count - 1) }

  /// The widest column that may still be narrowed.
  private var widest: Int? {
    columns.indices.filter { columns[$0].width > columns[$0].least }.max { columns[$0].width < columns[$1].width }
  }

  // MARK: Lines

  /// The names of the columns, and in one line how many more there are.
  package func header() -> String {
    let titles = line(columns.map { $0.title })
    let room = limit - DisplayWidth.width(titles) - Self.gap
    guard let sign = [" \(count) more", "\(count)", ""].first(where: { hidden > 0 && $0.utf8.count < room }) else {
      return titles
    }
    return titles + "  …" + sign
  }

  /// The same in as many lines as it takes to say how to see them.
  func headerLines() -> [String] {
    guard hidden > 0 else { return [header()] }
    let titles = line(columns.map { $0.title })
    let help = "… \(count) more \(count == "1" ? "field" : "fields"): set-output expanded"
    let width = DisplayWidth.width(help)
    if DisplayWidth.width(titles) + Self.gap + width <= limit { return ["\(titles)  \(help)"] }
    return width <= limit ? [help, titles] : [header()]
  }

  private var count: String { "\(hidden)" + (hidesMore ? "+" : "") }

  /// - Parameter paint: colours a cell of a column, once it is known how much of it is shown.
  package func row(
    _ record: JSONObject, cell: (String, JSONValue) -> String,
    paint: (_ text: String, _ name: String, JSONValue) -> String
  ) -> String {
    let values = columns.map { record[$0.name] }
    let cells = zip(columns, values).map { column, value in value.map { cell(column.name, $0) } ?? "" }
    return line(cells) { index, text in values[index].map { paint(text, columns[index].name, $0) } ?? text }
  }

  /// What stands below a record: its notes, and what must be whole and is wider than what decided on the widths.
  func notes(of record: JSONObject, cell: (String, JSONValue) -> String) -> [(name: String, value: JSONValue)] {
    let outgrown = columns.filter { column in
      column.isWhole && record[column.name].map { DisplayWidth.width(cell(column.name, $0)) > column.width } ?? false
    }
    return (outgrown.map { $0.name } + notes).compactMap { name in
      record[name].flatMap { $0.isNull ? nil : (name, $0) }
    }
  }

  private func line(_ cells: [String], paint: (_ column: Int, _ text: String) -> String = { $1 }) -> String {
    var text = ""
    for (index, column) in columns.enumerated() {
      let cell = Self.fitted(cells[index], column.width)
      let padding = String(repeating: " ", count: column.width - DisplayWidth.width(cell))
      if index > 0 { text += String(repeating: " ", count: Self.gap) }
      let painted = cell.isEmpty ? cell : paint(index, cell)
      text += column.isNumeric ? padding + painted : index == columns.count - 1 ? painted : painted + padding
    }
    while text.hasSuffix(" ") { text.removeLast() }
    return text
  }

  /// A URL is told by its end.
  static func fitted(_ cell: String, _ width: Int) -> String {
    cell.hasPrefix("https://") || cell.hasPrefix("http://")
      ? DisplayWidth.fittedEnd(cell, width: width) : DisplayWidth.fitted(cell, width: width)
  }
}
