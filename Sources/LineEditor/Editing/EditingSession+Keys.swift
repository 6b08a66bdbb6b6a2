import Basics
import CLibedit

/// What libedit reads.
extension EditingSession {
  /// libedit's reader: delivers the next character, and meanwhile does what the rest of the program asks for.
  /// - Returns: 1, or 0 at the end of input.
  func readCharacter(into character: UnsafeMutablePointer<wchar_t>) -> Int32 {
    while let byte = nextByte() {
      guard let scalar = keyboard.character(completedBy: byte) else { continue }
      if isRefused(scalar) {
        el_beep(editor)
        continue
      }
      let key = delivered(scalar)
      canvas.isInSequence = Self.prefixKeys.contains(key)
      character.pointee = wchar_t(bitPattern: key.value)
      return 1
    }
    character.pointee = 0
    return 0
  }

  /// Keys that are the beginning of others: Escape, Ctrl-X, and those that quote the next one.
  private static let prefixKeys: Set<Unicode.Scalar> = ["\u{1B}", "\u{18}", "\u{16}", "\u{11}"]
  private static let lineEnds: [[UInt8]] = [[0x0D], [0x0A]]

  /// What libedit gets for a key.
  private func delivered(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if let action = takeAction(scalar) {
      self.action = action
      return Keyboard.actionKey
    }
    menu = nil
    // Vi's keys give Escape a meaning of its own, so that Alt-Enter must be told apart here.
    let isAltEnter =
      scalar == "\u{1B}" && editline_is_vi(editor) && keyboard.take(oneOf: Self.lineEnds) != nil
    return isAltEnter ? Keyboard.newlineKey : scalar
  }

  /// Neither does a line grow without end, or hold what a terminal must not be given, nor is one searched whose search would take minutes. (A search shows its
  /// pattern behind the line, hence twice the length.)
  private func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\u{12}", "\u{13}": buffer.count > 2 * Self.maximumSearchedLength
    // A key.
    case "\0"..<" ", "\u{7F}": false
    default: SafeText.isUnsafe(scalar) || buffer.count >= Self.maximumLineLength
    }
  }

  /// Reads a bracketed paste to its end, or to the end of input.
  func readPaste() -> String {
    var paste = PastedText()
    while !paste.isComplete, let byte = nextByte() { paste.append(byte) }
    return paste.text
  }

  /// - Returns: `nil` at the end of input, and when the editor is closed.
  private func nextByte() -> UInt8? {
    while true {
      let signals = editline_take_signals()
      if signals & Int32(editline_process_resumed) != 0 {
        redrawAfterResuming()
      } else if signals & Int32(editline_window_changed) != 0 {
        redrawInNewSize()
      }
      printNoticesAbove()
      if mailbox.isClosed { return nil }
      paint()
      let input = keyboard.next(or: mailbox.pipe)
      eraseAttachment()
      switch input {
      case .byte(let byte):
        canvas.noteKey()
        return byte
      case .woken: continue
      case .end: return nil
      }
    }
  }
}
