/// What is known of the cells that the line stands in.
struct Canvas {
  /// The colours that the cells had when the line was last painted; `nil` when all are plain.
  var painted: PaintedLine?
  /// Whether the last key began a sequence of several, in the midst of which keys have other meanings.
  var isInSequence = false
  /// How many keys have come since.
  private var keys = 0

  mutating func noteKey() { keys += 1 }

  /// The rows that libedit may have drawn since: those the cursor was in, where it writes the characters that it passes.
  /// Where the cursor was between several keys is not known.
  func touchedRows(_ line: PaintedLine) -> ClosedRange<Int> {
    guard let painted, keys <= 1 else { return 0...max(0, line.lastRow) }
    let rows = [painted.layout.cursor.row, line.layout.cursor.row]
    return min(rows[0], rows[1])...max(rows[0], rows[1])
  }

  mutating func note(_ line: PaintedLine) {
    painted = line
    keys = 0
  }
}
