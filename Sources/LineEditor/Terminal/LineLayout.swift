import CLibedit

/// Where libedit has put the line on the screen. It keeps that to itself, and printing above the line or painting it
/// needs it, so the rules of its `re_refresh` are followed here: the same wrapping, the same stand-ins for what cannot
/// be shown.
struct LineLayout {
  /// A cell, counted from the prompt's first row and from the window's left edge.
  struct Place: Equatable {
    var row: Int
    var column: Int
  }

  private(set) var cursor = Place(row: 0, column: 0)
  /// Where the next character would be drawn.
  private(set) var end = Place(row: 0, column: 0)
  /// Whether all of it fits into the window.
  let fits: Bool

  /// The rows below the prompt's first row, from 0. What does not fit has scrolled off the top.
  var cursorRow: Int { min(cursor.row, size.rows - 1) }
  var lastRow: Int { min(end.row, size.rows - 1) }

  private let size: TerminalSize

  /// - Parameter visit: gets each character's place in the text, where it begins on the screen, and how many columns it
  ///   takes there.
  init(
    promptColumns: Int, text: some Collection<Unicode.Scalar>, cursor: Int, size: TerminalSize,
    visit: (_ index: Int, _ scalar: Unicode.Scalar, Place, _ width: Int) -> Void = { _, _, _, _ in }
  ) {
    self.size = size
    var pen = Pen(columns: size.columns)
    for _ in 0..<promptColumns { pen.place(width: 1) }
    for (index, scalar) in text.enumerated() {
      if index == cursor { self.cursor = pen.start(of: scalar) }
      let (place, width) = pen.place(scalar)
      visit(index, scalar, place, width)
    }
    if cursor >= text.count { self.cursor = pen.place }
    end = pen.place
    fits = pen.place.row < size.rows
  }

  /// The cell that is drawn next.
  private struct Pen {
    let columns: Int
    var place = Place(row: 0, column: 0)

    /// Where a character begins if it is drawn next: a wide one does not break at the margin.
    func start(of scalar: Unicode.Scalar) -> Place {
      let width = TerminalText.width(of: scalar)
      return width > 1 && place.column + width > columns ? Place(row: place.row + 1, column: 0) : place
    }

    mutating func place(_ scalar: Unicode.Scalar) -> (Place, width: Int) {
      let start = start(of: scalar)
      switch scalar {
      case "\n":
        breakRow()
        return (start, 0)
      case "\t":
        repeat { place(width: 1) } while place.column % 8 != 0
        return (start, 0)
      default:
        var total = 0
        for width in Self.widths(of: scalar) {
          place(width: width)
          total += width
        }
        return (start, total)
      }
    }

    mutating func place(width: Int) {
      if place.column + width > columns { breakRow() }
      place.column += width
      if place.column >= columns { breakRow() }
    }

    private mutating func breakRow() { place = Place(row: place.row + 1, column: 0) }

    /// One width for each cell libedit draws: `^A` for a control, `\U+E000` for what has no glyph.
    private static func widths(of scalar: Unicode.Scalar) -> [Int] {
      if (0x20..<0x7F).contains(scalar.value) { return one }
      let character = wint_t(scalar.value)
      if scalar.value < 0x100, iswcntrl(character) != 0 { return [1, 1] }
      if iswprint(character) != 0 { return [TerminalText.width(of: scalar)] }
      return Array(repeating: 1, count: scalar.value > 0xFFFF ? 8 : 7)
    }

    private static let one = [1]
  }
}

extension Unicode.Scalar {
  /// Whether libedit draws it as itself, in cells of its own. Of what takes no room it does not know where it stands.
  var isDrawnAsItself: Bool {
    if (0x20..<0x7F).contains(value) { return true }
    return value >= 0xA0 && iswprint(wint_t(value)) != 0 && TerminalText.width(of: self) > 0
  }
}
