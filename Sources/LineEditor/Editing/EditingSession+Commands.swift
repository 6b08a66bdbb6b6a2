import CLibedit

/// The commands that keys are bound to; see `KeyCommand`.
extension EditingSession {
  /// Shows `^C` at the line's end and leaves the line as Enter would, whatever number of rows it takes up.
  func interruptLine() -> KeyCommand.Outcome {
    wasInterrupted = true
    buffer.moveCursor(to: buffer.count)
    buffer.insert("^C")
    el_wpush(editor, "\n".wideCharacters)
    return .redraw
  }

  /// What follows the pause is done where input is awaited, as it is when the process is stopped from outside.
  func suspendJob() -> KeyCommand.Outcome {
    setPasteBracketing(false)
    moveBelowLine()
    _ = editline_set_integer(editor, EL_PREP_TERM, 0)
    editline_suspend()
    return .nothing
  }

  /// Hands the line to the user's own text editor. Nothing runs: what was saved becomes the line, which Enter runs.
  func editLine() -> KeyCommand.Outcome {
    guard let edit = configuration.editElsewhere else { return .beep }
    setPasteBracketing(false)
    moveBelowLine()
    _ = editline_set_integer(editor, EL_PREP_TERM, 0)
    switch edit(String(scalars: buffer.scalars)) {
    case .changed(let text):
      buffer.replaceAll(with: String(scalars: PastedText.editable(text).unicodeScalars.prefix(Self.maximumLineLength)))
    case .unchanged: break
    case .failed(let reason): print(Self.printable(reason).map { $0 + "\r\n" }.joined())
    }
    redrawAfterResuming()
    return .nothing
  }

  func insertNewline() -> KeyCommand.Outcome {
    buffer.insert("\n")
    return .redraw
  }

  func insertPaste() -> KeyCommand.Outcome {
    let paste = readPaste()
    let isVi = editline_is_vi(editor)
    // In vi's keys the Escape that begins a paste has led to the command mode, and the cursor one step back.
    if isVi, buffer.cursor < buffer.count { buffer.moveCursor(to: buffer.cursor + 1) }
    let room = max(0, Self.maximumLineLength - buffer.count)
    buffer.insert(String(scalars: paste.unicodeScalars.prefix(room)))
    if isVi { el_wpush(editor, (buffer.cursor < buffer.count ? "i" : "a").wideCharacters) }
    return .redraw
  }

  /// Up: to the line above within what is edited, and from its first line to the history.
  func recallOlder() -> KeyCommand.Outcome {
    moveVertically(by: -1) ?? recall { $0.older() }
  }

  /// Down: to the line below, and from the last line to newer entries.
  func recallNewer() -> KeyCommand.Outcome {
    moveVertically(by: 1) ?? recall { $0.newer() }
  }

  /// Moves to the line above or below, where there is one. A walk through the history goes on until the line or the
  /// cursor is moved otherwise.
  private func moveVertically(by step: Int) -> KeyCommand.Outcome? {
    let line = buffer.scalars
    let cursor = min(buffer.cursor, line.count)
    let isWalking = walk.map { cursor == line.count && $0.shown == String(scalars: line) && $0.hasMoved } ?? false
    guard !isWalking, line.contains("\n") else { return nil }
    let start = line[..<cursor].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let aimed = verticalMove.flatMap { $0.cursor == cursor ? $0.column : nil } ?? cursor - start
    let target: Int
    if step < 0 {
      guard start > 0 else { return nil }
      target = line[..<(start - 1)].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    } else {
      guard let next = line[cursor...].firstIndex(of: "\n") else { return nil }
      target = next + 1
    }
    let end = line[target...].firstIndex(of: "\n") ?? line.count
    let place = min(target + aimed, end)
    buffer.moveCursor(to: place)
    verticalMove = (place, aimed)
    return .redraw
  }

  private func recall(_ step: (inout HistoryWalk) -> String?) -> KeyCommand.Outcome {
    let scalars = buffer.scalars
    let line = String(scalars: scalars)
    var walk =
      if let walk, walk.shown == line {
        walk
      } else {
        HistoryWalk(
          entries: history.entries, line: line, beforeCursor: String(scalars: scalars.prefix(buffer.cursor)))
      }
    let entry = step(&walk)
    self.walk = walk
    guard let entry else { return .beep }
    buffer.replaceAll(with: entry)
    return .redraw
  }

  /// For vi's insert mode, where libedit's own command leaves an empty line to its left.
  func moveToEnd() -> KeyCommand.Outcome {
    buffer.moveCursor(to: buffer.count)
    return .redraw
  }

  /// Searches from the insert mode: letters would end libedit's search in the command mode, as commands.
  func searchHistory() -> KeyCommand.Outcome {
    el_wpush(editor, "i\u{12}".wideCharacters)
    return .nothing
  }

  /// Goes on as far as all candidates agree; lists them where they part.
  func completeWord() -> KeyCommand.Outcome {
    let line = buffer.scalars
    let edit = LineCompletion(
      enteredLines: enteredLines, line: line, cursor: buffer.cursor, complete: configuration.complete)
    switch edit {
    case .nothing: return .beep
    case .replace(let range, let text):
      buffer.replace(range, with: text)
      return .redraw
    case .stepOverSpace(let range, let text):
      buffer.replace(range, with: text)
      buffer.moveCursor(to: buffer.cursor + 1)
      return .redraw
    case .choose(let range, let text, let candidates):
      let isFurther = String(scalars: line[range]) != text
      let cursor = buffer.cursor
      if isFurther { buffer.replace(range, with: text) }
      if isPainted {
        buffer.moveCursor(to: range.lowerBound + text.unicodeScalars.count)
        menu = CandidateMenu(
          candidates, start: range.lowerBound, word: text, typed: line, typedCursor: cursor)
        return .redraw
      }
      guard !isFurther else { return .redraw }
      let rows = max(1, size.rows - lineRows - 1)
      printAbove(CandidateTable(candidates: candidates, columns: size.columns, rows: rows).lines())
      return .nothing
    }
  }
}
