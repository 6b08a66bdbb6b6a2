import Basics
import CLibedit

/// Colours over the plain cells that libedit draws, and what is shown beside them. The screen without its colours stays
/// what libedit believes it to be, so that its next change is right.
extension EditingSession {
  /// Paints the line, unless more keys wait: what they do would be painted over at once.
  func paint() {
    guard isPainted, let paint = configuration.paint, !keyboard.hasInput else { return }
    let line = buffer.scalars
    guard line.count <= PaintedLine.maximumLength else { return paintNothing() }
    let cursor = buffer.cursor
    let text = enteredLines + String(scalars: line)
    let start = enteredLines.utf8.count
    let offset = line[..<min(cursor, line.count)].reduce(start) { $0 + UTF8.width($1) }
    let painting = isSearch(line) ? LinePainting() : paint(text, offset) ?? LinePainting()
    guard
      let painted = PaintedLine(
        promptColumns: promptColumns, text: line, styles: painting.styles(of: line, from: start), cursor: cursor,
        size: size)
    else { return paintNothing() }
    var drawing = painted.update(from: canvas.painted, touched: canvas.touchedRows(painted))
    canvas.note(painted)
    attachment = canvas.isInSequence || isSearch(line) ? nil : attachment(to: painted, painting, text, line, cursor)
    drawing += attachment?.drawing ?? ""
    if !drawing.isEmpty { print("\u{1B}[?25l" + drawing + "\u{1B}[?25h") }
  }

  /// Makes a line plain that can be painted no more.
  private func paintNothing() {
    guard canvas.painted?.hasStyles == true else {
      canvas = Canvas()
      return
    }
    leaveLine()
    redraw()
  }

  /// Erases what stands beside the line. What it was is kept until the key that ended it is understood.
  func eraseAttachment() {
    attachmentAtKey = attachment
    guard let attachment else { return }
    self.attachment = nil
    print(attachment.erasure)
  }

  /// Whether the line holds what libedit's incremental search writes behind it.
  private func isSearch(_ line: [Unicode.Scalar]) -> Bool {
    guard let start = line.lastIndex(of: "\n") else { return false }
    let head = String(scalars: line[(start + 1)...].prefix(4))
    return ["bck:", "bck?", "fwd:", "fwd?"].contains(head)
  }

  private func attachment(
    to painted: PaintedLine, _ painting: LinePainting, _ text: String, _ line: [Unicode.Scalar], _ cursor: Int
  ) -> Attachment? {
    let room = size.rows - 1 - painted.lastRow
    var rows: [String] = []
    if let menu {
      rows = CandidateTable(candidates: menu.candidates, columns: size.columns, rows: room)
        .lines(selected: menu.selected)
      return rows.isEmpty || room < 1 ? nil : Attachment(suggestion: nil, rows: rows, line: painted)
    }
    let hint = room > 1 ? painting.hint : nil
    var suggestion: Suggestion?
    if cursor == line.count, !line.isEmpty, line.last != "\n" {
      suggestion = (suggestedEntry(text) ?? painting.continuation).flatMap {
        Suggestion(
          $0, column: painted.layout.end.column, columns: size.columns,
          maximumRows: min(Self.maximumSuggestedRows, room - (hint == nil ? 0 : 1)))
      }
    }
    if let hint {
      rows = [TextStyle.dim.applied(to: TerminalText.cut(SafeText.escaped(hint, limit: 1000), to: size.columns - 1))]
    }
    guard suggestion != nil || !rows.isEmpty else { return nil }
    return Attachment(suggestion: suggestion, rows: rows, line: painted)
  }

  private static let maximumSuggestedRows = 3
  /// So many fitting entries are asked about whether they may be shown.
  private static let mostAsked = 20

  /// How the newest fitting entry of the history goes on. One that is not kept in the file holds a secret.
  private func suggestedEntry(_ text: String) -> String? {
    var asked = 0
    for entry in history.entries.reversed() {
      guard entry.utf8.count <= Self.maximumSearchedLength, entry.utf8.starts(with: text.utf8),
        entry.utf8.count > text.utf8.count
      else { continue }
      asked += 1
      guard asked <= Self.mostAsked else { return nil }
      if configuration.retention(entry) == .file {
        return String(decoding: entry.utf8.dropFirst(text.utf8.count), as: UTF8.self)
      }
    }
    return nil
  }
}
