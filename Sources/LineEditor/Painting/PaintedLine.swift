/// The cells of the line being typed, each with its style, in the rows where libedit has drawn them plain.
struct PaintedLine {
  struct Cell: Equatable {
    /// `nil` for what libedit draws in a way of its own, which is stepped over.
    let scalar: Unicode.Scalar?
    let column: Int
    let width: Int
    let style: TextStyle?
  }

  /// Longer lines are not painted: their cost would be felt with each key.
  static let maximumLength = 10_000

  let rows: [[Cell]]
  let layout: LineLayout

  /// - Parameters:
  ///   - styles: One for each character of the text.
  /// - Returns: `nil` when the line cannot be painted, since where its cells are is not known: it does not fit into the
  ///   window, or has characters that take no room.
  init?(promptColumns: Int, text: [Unicode.Scalar], styles: [TextStyle?], cursor: Int, size: TerminalSize) {
    guard text.count <= Self.maximumLength else { return nil }
    var rows: [[Cell]] = []
    var isKnown = true
    layout = LineLayout(promptColumns: promptColumns, text: text, cursor: cursor, size: size) {
      index, scalar, place, width in
      let isItself = scalar.isDrawnAsItself
      if width == 0, scalar != "\n", scalar != "\t" { isKnown = false }
      while rows.count <= place.row { rows.append([]) }
      rows[place.row].append(
        Cell(
          scalar: isItself ? scalar : nil, column: place.column, width: width, style: isItself ? styles[index] : nil))
    }
    guard isKnown, layout.fits else { return nil }
    self.rows = rows
  }

  /// What has to be written over the plain cells, the cursor being where libedit left it, and returning there.
  /// - Parameters:
  ///   - old: What was painted before; `nil` when all cells are plain.
  ///   - touched: The rows that libedit may have drawn anew since, whatever stands in them.
  func update(from old: PaintedLine?, touched: ClosedRange<Int>) -> String {
    var text = ""
    var row = layout.cursor.row
    for (index, cells) in rows.enumerated() {
      let before = old.map { index < $0.rows.count ? $0.rows[index] : [] } ?? []
      guard before != cells || touched.contains(index) else { continue }
      guard let range = Self.changed(cells, before) else { continue }
      text += Self.vertically(from: row, to: index) + "\r" + Self.forward(cells[range.lowerBound].column)
      text += Self.written(cells[range])
      row = index
    }
    guard !text.isEmpty else { return "" }
    return text + Self.vertically(from: row, to: layout.cursor.row) + "\r" + Self.forward(layout.cursor.column)
  }

  /// Which cells of a row to write. libedit moves characters within a row together with their colours.
  private static func changed(_ cells: [Cell], _ before: [Cell]) -> Range<Int>? {
    if cells != before, before.contains(where: { $0.style != nil }) { return cells.isEmpty ? nil : 0..<cells.count }
    guard let first = cells.firstIndex(where: { $0.style != nil }),
      let last = cells.lastIndex(where: { $0.style != nil })
    else { return nil }
    return first..<last + 1
  }

  private static func written(_ cells: ArraySlice<Cell>) -> String {
    var text = ""
    var run = ""
    var style: TextStyle?
    var column = cells.first?.column ?? 0
    func end() {
      text += style?.applied(to: run) ?? run
      run = ""
    }
    for cell in cells {
      let isSkipped = cell.scalar == nil || cell.column > column
      if isSkipped || cell.style != style {
        end()
        style = cell.style
      }
      if cell.column > column { text += forward(cell.column - column) }
      if let scalar = cell.scalar {
        run.unicodeScalars.append(scalar)
        column = cell.column + cell.width
      } else {
        column = max(column, cell.column)
      }
    }
    end()
    return text
  }

  /// The last row that has cells of the line, or the cursor.
  var lastRow: Int { max(layout.cursor.row, rows.count - 1) }
  var hasStyles: Bool { rows.contains { $0.contains { $0.style != nil } } }

  static func forward(_ columns: Int) -> String { columns > 0 ? "\u{1B}[\(columns)C" : "" }

  static func vertically(from row: Int, to other: Int) -> String {
    row > other ? "\u{1B}[\(row - other)A" : row < other ? "\u{1B}[\(other - row)B" : ""
  }
}

extension LinePainting {
  /// The style of each character of a line.
  /// - Parameter start: Where the line begins in the text, in UTF-8 bytes.
  func styles(of line: [Unicode.Scalar], from start: Int) -> [TextStyle?] {
    var offsets = [start]
    offsets.reserveCapacity(line.count + 1)
    for scalar in line { offsets.append(offsets[offsets.count - 1] + UTF8.width(scalar)) }
    var styles = [TextStyle?](repeating: nil, count: line.count)
    for span in spans where span.range.upperBound > start {
      var index = Self.firstIndex(in: offsets, notBefore: span.range.lowerBound)
      while index < line.count, offsets[index + 1] <= span.range.upperBound {
        styles[index] = span.style.parameters.isEmpty ? nil : span.style
        index += 1
      }
    }
    return styles
  }

  private static func firstIndex(in offsets: [Int], notBefore offset: Int) -> Int {
    var (low, high) = (0, offsets.count)
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
