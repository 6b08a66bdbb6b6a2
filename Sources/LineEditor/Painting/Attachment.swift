/// What is shown behind and below the line that libedit does not know of. It is erased before a key is handed on.
struct Attachment {
  /// A way to go on, behind the cursor at the line's end.
  let suggestion: Suggestion?
  /// The rows that stand below the line, as they are written.
  let rows: [String]
  /// The line that it is attached to.
  let line: PaintedLine

  /// Draws it, the cursor being where libedit left it, and returning there.
  var drawing: String {
    var text = suggestion?.rows.map { TextStyle.dim.applied(to: $0) }.joined(separator: "\r\n") ?? ""
    // A line feed makes a row at the window's bottom, where moving down would not.
    if suggestion == nil { text += String(repeating: "\n", count: rowsToEnd) }
    text += rows.map { "\r\n" + $0 }.joined()
    let descended = rowsToEnd + (suggestion.map { $0.rows.count - 1 } ?? 0) + rows.count
    return text + PaintedLine.vertically(from: descended, to: 0) + toColumn
  }

  /// Erases it in the same way.
  var erasure: String {
    guard suggestion == nil else { return "\u{1B}[J" }
    guard !rows.isEmpty else { return "" }
    let down = rowsToEnd + 1
    return PaintedLine.vertically(from: 0, to: down) + "\r\u{1B}[J" + PaintedLine.vertically(from: down, to: 0)
      + toColumn
  }

  private var rowsToEnd: Int { line.lastRow - line.layout.cursor.row }
  private var toColumn: String { "\r" + PaintedLine.forward(line.layout.cursor.column) }
}

/// A text that goes on where the line ends.
struct Suggestion {
  /// What is inserted when it is taken.
  let text: String
  /// What is shown of it, cut into the rows of the window.
  let rows: [String]

  /// - Parameters:
  ///   - column: Where it begins.
  ///   - maximumRows: So many rows may be filled, the first included.
  /// - Returns: `nil` when nothing of it can be shown.
  init?(_ text: String, column: Int, columns: Int, maximumRows: Int) {
    guard maximumRows > 0 else { return nil }
    var rows = [""]
    var column = column
    var isCut = false
    for scalar in text.unicodeScalars {
      let width = scalar.isDrawnAsItself ? TerminalText.width(of: scalar) : 0
      let isFull = column + width > columns
      guard width > 0, !isFull || rows.count < maximumRows else {
        isCut = true
        break
      }
      if isFull {
        rows.append("")
        column = 0
      }
      rows[rows.count - 1].unicodeScalars.append(scalar)
      column += width
    }
    if isCut {
      // The ellipsis needs a cell: that of the last character, unless the row has one left.
      if column >= columns, !rows[rows.count - 1].isEmpty { rows[rows.count - 1].removeLast() }
      if column < columns || !rows[rows.count - 1].isEmpty || rows.count > 1 { rows[rows.count - 1] += "…" }
    }
    guard rows.contains(where: { !$0.isEmpty }) else { return nil }
    (self.text, self.rows) = (text, rows)
  }

  /// Its beginning up to the end of a word.
  var firstWord: String {
    let scalars = text.unicodeScalars
    let start = scalars.firstIndex { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    guard let start else { return text }
    let end = scalars[start...].firstIndex { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
    return String(scalars[..<(end ?? scalars.endIndex)])
  }
}
