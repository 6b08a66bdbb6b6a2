import Basics
import CLibedit

/// Printing, around the line being typed.
extension EditingSession {
  func print(_ text: String) {
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { bytes in
      if let start = bytes.baseAddress { editline_print(editor, start, bytes.count) }
    }
  }

  /// Prints lines where the line being typed begins, and draws that below them. A terminal that cannot move its cursor
  /// gets them below the line instead.
  func printAbove(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    leaveLine()
    print(lines.map { $0 + "\r\n" }.joined())
    redraw()
  }

  /// Draws prompt and line afresh and plain, from where the terminal's cursor stands.
  func redraw() {
    canvas = Canvas()
    editline_redraw(editor)
  }

  /// Clears the screen, and draws the line at its top.
  func clearScreen() -> KeyCommand.Outcome {
    print(canMoveCursor ? "\u{1B}[H\u{1B}[2J" : "\r\n")
    redraw()
    return .nothing
  }

  /// Prints what came in while no line is typed.
  func printNotices() {
    print(mailbox.takeNotices().flatMap(Self.printable).map { $0 + "\r\n" }.joined())
  }

  func printNoticesAbove() {
    printAbove(mailbox.takeNotices().flatMap(Self.printable))
  }

  /// After the window changed its size. A terminal may or may not have wrapped the line anew: as many rows are cleared
  /// as it takes up either way, for one row too many would erase what is not the editor's.
  func redrawInNewSize() {
    let rowBefore = layout.cursorRow
    measureWindow()
    let row = min(rowBefore, layout.cursorRow)
    leaveLine(rowsUp: row)
    el_resize(editor)
    redraw()
  }

  /// After the shell had the terminal: the cursor is on a line of its own.
  func redrawAfterResuming() {
    _ = editline_set_integer(editor, EL_PREP_TERM, 0)
    _ = editline_set_integer(editor, EL_PREP_TERM, 1)
    setPasteBracketing(true)
    measureWindow()
    el_resize(editor)
    print(canMoveCursor ? "\r\u{1B}[J" : "\r")
    redraw()
  }

  func measureWindow() {
    size = TerminalSize(fileDescriptor: keyboard.descriptor) ?? size
    // libedit does not believe in a window of one column either.
    if size.columns < 2 { size.columns = 80 }
  }

  /// Rows that the prompt and the line take up.
  var lineRows: Int { layout.lastRow + 1 }

  /// Moves below the line, so that the next output starts there.
  func moveBelowLine() {
    let layout = layout
    print(String(repeating: "\n", count: layout.lastRow - layout.cursorRow) + "\r\n")
  }

  /// Asks the terminal to mark pasted text as such.
  func setPasteBracketing(_ isOn: Bool) {
    if canMoveCursor { print(isOn ? "\u{1B}[?2004h" : "\u{1B}[?2004l") }
  }

  var layout: LineLayout {
    LineLayout(promptColumns: promptColumns, text: buffer.scalars, cursor: buffer.cursor, size: size)
  }

  func leaveLine(rowsUp: Int? = nil) {
    guard canMoveCursor else { return moveBelowLine() }
    let rows = rowsUp ?? layout.cursorRow
    print((rows > 0 ? "\u{1B}[\(rows)A" : "") + "\r\u{1B}[J")
  }

  static func printable(_ notice: String) -> [String] {
    SafeText.escapedNotice(notice).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}
