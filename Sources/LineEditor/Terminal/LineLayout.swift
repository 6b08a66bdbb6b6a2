import CLibedit

/// Where libedit has put the line on the screen. It keeps that to itself, and printing above the line needs it, so the
/// rules of its `re_refresh` are followed here: the same wrapping, the same stand-ins for what cannot be shown.
struct LineLayout {
  /// The rows below the prompt's first row, from 0.
  private(set) var cursorRow = 0
  private(set) var lastRow = 0

  private let size: TerminalSize
  private var row = 0
  private var column = 0

  init(promptColumns: Int, text: some Collection<Unicode.Scalar>, cursor: Int, size: TerminalSize) {
    self.size = size
    for _ in 0..<promptColumns { place(width: 1) }
    for (index, scalar) in text.enumerated() {
      if index == cursor { cursorRow = isBrokenBefore(scalar) ? row + 1 : row }
      place(scalar)
    }
    if cursor >= text.count { cursorRow = row }
    // What does not fit has scrolled off the top.
    cursorRow = min(cursorRow, size.rows - 1)
    lastRow = min(row, size.rows - 1)
  }

  private mutating func place(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\n":
      row += 1
      column = 0
    case "\t":
      repeat { place(width: 1) } while column % 8 != 0
    default:
      for width in Self.widths(of: scalar) { place(width: width) }
    }
  }

  private mutating func place(width: Int) {
    if column + width > size.columns { breakRow() }
    column += width
    if column >= size.columns { breakRow() }
  }

  private mutating func breakRow() {
    row += 1
    column = 0
  }

  private func isBrokenBefore(_ scalar: Unicode.Scalar) -> Bool {
    let width = TerminalText.width(of: scalar)
    return width > 1 && column + width > size.columns
  }

  /// One width for each cell libedit draws: `^A` for a control, `\U+E000` for what has no glyph.
  private static func widths(of scalar: Unicode.Scalar) -> [Int] {
    let character = wint_t(scalar.value)
    if scalar.value < 0x100, iswcntrl(character) != 0 { return [1, 1] }
    if iswprint(character) != 0 { return [TerminalText.width(of: scalar)] }
    return Array(repeating: 1, count: scalar.value > 0xFFFF ? 8 : 7)
  }
}
