import CLibedit

/// What a key means to what is shown beside the line, instead of what it is bound to.
enum KeyAction {
  case takeSuggestion
  case takeSuggestedWord
  case selectNext
  case selectPrevious
  case acceptSelection
  case restoreTyped
}

extension EditingSession {
  private static let rightOrEnd: [[UInt8]] =
    ["[C", "OC", "[F", "OF", "[4~", "[8~"].map { Array($0.utf8) }
  private static let wordRight: [[UInt8]] = ["f", "F", "[1;5C", "[1;3C"].map { Array($0.utf8) }
  private static let next: [[UInt8]] = ["[B", "OB"].map { Array($0.utf8) }
  private static let previous: [[UInt8]] = ["[Z", "[A", "OA"].map { Array($0.utf8) }

  /// With Emacs's keys Escape alone does nothing, so that its sequence may be waited for.
  private var patience: Int32 { editline_is_vi(editor) ? 0 : 25 }

  /// What the key means to the menu or to the suggestion; its bytes are taken.
  func takeAction(_ key: Unicode.Scalar) -> KeyAction? {
    guard !canvas.isInSequence else { return nil }
    if menu != nil { return takeMenuAction(key) }
    guard attachmentAtKey?.suggestion != nil else { return nil }
    switch key {
    case "\u{6}", "\u{5}": return .takeSuggestion
    case "\u{1B}":
      guard let found = keyboard.take(oneOf: Self.rightOrEnd + Self.wordRight, within: patience) else { return nil }
      return found < Self.rightOrEnd.count ? .takeSuggestion : .takeSuggestedWord
    default: return nil
    }
  }

  private func takeMenuAction(_ key: Unicode.Scalar) -> KeyAction? {
    switch key {
    case "\t": return .selectNext
    case "\r" where menu?.selected != nil, "\n" where menu?.selected != nil: return .acceptSelection
    case "\u{1B}":
      if let found = keyboard.take(oneOf: Self.next + Self.previous, within: patience) {
        return found < Self.next.count ? .selectNext : .selectPrevious
      }
      return keyboard.hasInput ? nil : .restoreTyped
    default: return nil
    }
  }

  /// What a person asked for with a key that was delivered as `Keyboard.actionKey`.
  func obeyAction() -> KeyCommand.Outcome {
    guard let action else { return .beep }
    self.action = nil
    switch action {
    case .takeSuggestion: insertSuggestion { $0.text }
    case .takeSuggestedWord: insertSuggestion { $0.firstWord }
    case .selectNext: select(by: 1)
    case .selectPrevious: select(by: -1)
    case .acceptSelection: acceptSelection()
    case .restoreTyped: restoreTyped()
    }
    return .redraw
  }

  private func insertSuggestion(_ part: (Suggestion) -> String) {
    guard let suggestion = attachmentAtKey?.suggestion else { return }
    let room = max(0, Self.maximumLineLength - buffer.count)
    buffer.moveCursor(to: buffer.count)
    buffer.insert(String(scalars: part(suggestion).unicodeScalars.prefix(room)))
  }

  private func select(by step: Int) {
    guard var menu else { return }
    menu.select(by: step)
    show(menu, menu.selectedText)
    self.menu = menu
  }

  private func acceptSelection() {
    guard let menu else { return }
    self.menu = nil
    guard let candidate = menu.selectedCandidate, candidate.appendsSpace else { return }
    let line = buffer.scalars
    if buffer.cursor < line.count, line[buffer.cursor] == " " {
      buffer.moveCursor(to: buffer.cursor + 1)
    } else {
      buffer.insert(" ")
    }
  }

  private func restoreTyped() {
    guard let menu else { return }
    self.menu = nil
    buffer.replaceAll(with: String(scalars: menu.typed))
    buffer.moveCursor(to: menu.typedCursor)
  }

  private func show(_ menu: CandidateMenu, _ text: String) {
    buffer.replace(menu.start..<buffer.cursor, with: text)
  }
}
