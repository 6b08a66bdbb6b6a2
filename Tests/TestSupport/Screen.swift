/// What a terminal shows: a model of a VT100 with as much of xterm as line editing uses.
package struct Screen {
  package let columns: Int
  package let rows: Int
  package private(set) var cursor = (row: 0, column: 0)
  /// What has scrolled off the top, oldest first.
  package private(set) var scrolledLines: [String] = []
  /// Escape sequences and control characters that the model does not know; a test can demand that there were none.
  package private(set) var unknown: [String] = []
  package private(set) var isPasteBracketed = false
  /// Whether the other screen is shown, as full-screen programs do.
  package private(set) var isAlternate = false
  package private(set) var isCursorHidden = false
  /// What was copied last (OSC 52), in Base64.
  package private(set) var clipboard: String?

  /// The parameters of the last Select Graphic Rendition, such as `31`; empty when it was reset.
  package private(set) var rendition = ""
  /// Which texts were shown in a rendition other than the usual one, each with its parameters, in the order they came.
  package private(set) var renderedTexts: [(rendition: String, text: String)] = []

  /// The first screen while the other one is shown.
  private var saved: (cells: [[String]], cursor: (row: Int, column: Int))?
  /// A wide character is followed by an empty cell.
  private var cells: [[String]]
  /// The rendition that each cell was written in.
  private var styles: [[String]]
  private var isWrapPending = false
  private var isInserting = false
  private var sequence: String?
  private var undecoded: [UInt8] = []

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
    cells = Array(repeating: Self.blankRow(columns), count: rows)
    styles = Array(repeating: Self.plainRow(columns), count: rows)
  }

  /// What stands in a cell; empty behind a wide character.
  package func cell(row: Int, column: Int) -> String { cells[row][column] }

  /// The parameters of the rendition in which a cell was written, such as `31`; empty for the usual one.
  package func style(row: Int, column: Int) -> String { styles[row][column] }

  /// The rows as text, without the blanks at their ends, down to the last that shows something.
  package var lines: [String] {
    var lines = cells.map { row in
      String(row.joined().reversed().drop { $0 == " " }.reversed())
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  package var allLines: [String] { scrolledLines + lines }

  /// The row of the cursor.
  package var currentLine: String { cursor.row < lines.count ? lines[cursor.row] : "" }

  /// The text before the cursor in its row.
  package var beforeCursor: String { cells[cursor.row].prefix(cursor.column).joined() }

  /// The same in a window of another size, of which each row begins where it began.
  package func resized(columns: Int, rows: Int) -> Screen {
    var other = Screen(columns: columns, rows: rows)
    var first = self
    if isAlternate {
      first.setAlternate(false)
      // The cursor stays on its line, wherever that comes to stand in rows of another length.
      let above = first.lines + Array(repeating: "", count: max(0, first.cursor.row - first.lines.count))
      for line in above.prefix(first.cursor.row) { other.feed((line + "\r\n").utf8) }
      other.feed(first.beforeCursor.utf8)
      other.feed("\u{1B}[?1049h".utf8)
    }
    other.feed(lines.joined(separator: "\r\n").utf8)
    (other.isPasteBracketed, other.isCursorHidden) = (isPasteBracketed, isCursorHidden)
    other.clipboard = clipboard
    return other
  }

  package mutating func feed(_ bytes: some Sequence<UInt8>) {
    undecoded += bytes
    var rest = undecoded[...]
    while let lead = rest.first {
      let length = lead < 0x80 ? 1 : max(1, (~lead).leadingZeroBitCount)
      guard rest.count >= length else { break }
      for scalar in String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars { receive(scalar) }
      rest = rest.dropFirst(length)
    }
    undecoded = Array(rest)
  }

  private static func blankRow(_ columns: Int) -> [String] { Array(repeating: " ", count: columns) }
  private static func plainRow(_ columns: Int) -> [String] { Array(repeating: "", count: columns) }

  private mutating func receive(_ scalar: Unicode.Scalar) {
    if let begun = sequence {
      let whole = begun + String(scalar)
      let isOpen =
        whole.hasPrefix("]")
        ? scalar != "\u{7}" : whole == "[" || (whole.hasPrefix("[") && !("@"..."~").contains(scalar))
      sequence = isOpen ? whole : nil
      if !isOpen { obey(whole) }
      return
    }
    switch scalar {
    case "\u{1B}": sequence = ""
    case "\r": moveTo(column: 0)
    case "\n": lineFeed()
    case "\u{8}": moveTo(column: cursor.column - 1)
    case "\t": moveTo(column: min(columns - 1, (cursor.column / 8 + 1) * 8))
    case "\u{7}": break
    case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}": unknown.append("\(scalar.value)")
    default: show(scalar)
    }
  }

  private mutating func moveTo(row: Int? = nil, column: Int) {
    cursor = (min(max(0, row ?? cursor.row), rows - 1), min(max(0, column), columns - 1))
    isWrapPending = false
  }

  private mutating func lineFeed() {
    isWrapPending = false
    if cursor.row + 1 < rows {
      cursor.row += 1
    } else {
      scrolledLines.append(lines.first ?? "")
      cells.removeFirst()
      cells.append(Self.blankRow(columns))
      styles.removeFirst()
      styles.append(Self.plainRow(columns))
    }
  }

  private mutating func show(_ scalar: Unicode.Scalar) {
    let width = CharacterWidth.of(scalar)
    guard width > 0 else { return combine(scalar) }
    if isWrapPending || cursor.column + width > columns {
      cursor.column = 0
      lineFeed()
    }
    if isInserting {
      for _ in 0..<width { cells[cursor.row].insert(" ", at: cursor.column) }
      cells[cursor.row].removeLast(width)
      for _ in 0..<width { styles[cursor.row].insert("", at: cursor.column) }
      styles[cursor.row].removeLast(width)
    }
    cells[cursor.row][cursor.column] = String(scalar)
    for column in cursor.column..<cursor.column + width { styles[cursor.row][column] = rendition }
    if !rendition.isEmpty, !renderedTexts.isEmpty { renderedTexts[renderedTexts.count - 1].text += String(scalar) }
    if width == 2 { cells[cursor.row][cursor.column + 1] = "" }
    let next = cursor.column + width
    isWrapPending = next >= columns
    cursor.column = min(next, columns - 1)
  }

  /// A mark belongs to the character before the cursor.
  private mutating func combine(_ mark: Unicode.Scalar) {
    var column = isWrapPending ? cursor.column : cursor.column - 1
    while column > 0, cells[cursor.row][column].isEmpty { column -= 1 }
    guard column >= 0 else { return unknown.append("a mark without a base: \(mark.value)") }
    cells[cursor.row][column] += String(mark)
    if cells[cursor.row][column].unicodeScalars.count > 8 { unknown.append("a flood of marks") }
  }

  private mutating func obey(_ sequence: String) {
    guard !sequence.hasPrefix("]52;c;") else {
      clipboard = String(sequence.dropFirst(6).dropLast())
      return
    }
    guard sequence.hasPrefix("["), let final = sequence.last else { return unknown.append(sequence) }
    let parameters = sequence.dropFirst().dropLast()
    let number = Int(parameters) ?? 1
    let row = cursor.row
    let column = cursor.column
    switch final {
    case "A": moveTo(row: row - number, column: column)
    case "B": moveTo(row: row + number, column: column)
    case "C": moveTo(column: column + number)
    case "D": moveTo(column: column - number)
    case "G": moveTo(column: number - 1)
    case "H":
      let place = parameters.split(separator: ";").map { Int($0) ?? 1 }
      moveTo(row: (place.first ?? 1) - 1, column: (place.count > 1 ? place[1] : 1) - 1)
    case "J":
      if parameters == "2" {
        cells = Array(repeating: Self.blankRow(columns), count: rows)
        styles = Array(repeating: Self.plainRow(columns), count: rows)
      } else {
        erase(row, from: column)
        for below in row + 1..<max(row + 1, rows) { erase(below, from: 0) }
      }
    case "K": erase(row, from: column)
    case "P":
      cells[row].removeSubrange(column..<min(columns, column + number))
      cells[row] += Self.blankRow(columns - cells[row].count)
      styles[row].removeSubrange(column..<min(columns, column + number))
      styles[row] += Self.plainRow(columns - styles[row].count)
    case "@":
      cells[row].insert(contentsOf: Self.blankRow(number), at: column)
      cells[row].removeLast(cells[row].count - columns)
      styles[row].insert(contentsOf: Self.plainRow(number), at: column)
      styles[row].removeLast(styles[row].count - columns)
    case "m":
      rendition = parameters == "0" ? "" : String(parameters)
      if !rendition.isEmpty { renderedTexts.append((rendition, "")) }
    case "h" where parameters == "4": isInserting = true
    case "l" where parameters == "4": isInserting = false
    case "h" where parameters == "?2004": isPasteBracketed = true
    case "l" where parameters == "?2004": isPasteBracketed = false
    case "h" where parameters == "?25": isCursorHidden = false
    case "l" where parameters == "?25": isCursorHidden = true
    case "h" where parameters == "?1049": setAlternate(true)
    case "l" where parameters == "?1049": setAlternate(false)
    // A frame is shown once it is whole.
    case "h" where parameters == "?2026", "l" where parameters == "?2026": break
    default: unknown.append(sequence)
    }
  }

  private mutating func setAlternate(_ isOn: Bool) {
    guard isOn != isAlternate else { return }
    isAlternate = isOn
    isWrapPending = false
    if isOn {
      saved = (cells, cursor)
      cells = Array(repeating: Self.blankRow(columns), count: rows)
      styles = Array(repeating: Self.plainRow(columns), count: rows)
    } else if let saved {
      (cells, cursor) = saved
    }
  }

  private mutating func erase(_ row: Int, from column: Int) {
    isWrapPending = false
    for index in column..<columns { (cells[row][index], styles[row][index]) = (" ", "") }
  }
}
