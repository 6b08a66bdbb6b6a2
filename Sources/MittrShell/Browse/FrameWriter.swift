/// Turns frames into what a terminal is to be sent: of each only the rows that differ from the one before, all at once.
struct FrameWriter {
  private var shown: BrowserFrame?

  /// The screen has lost what it showed: the next frame is written as a whole.
  mutating func forget() { shown = nil }

  /// - Returns: what brings the screen from the frame before to this one; nothing when they are equal.
  mutating func bytes(of frame: BrowserFrame) -> [UInt8] {
    guard frame != shown else { return [] }
    // A terminal that knows this mode shows the frame once it is whole; another one passes it over.
    var text = "\u{1B}[?2026h\u{1B}[?25l"
    if shown?.lines.count != frame.lines.count {
      shown = nil
      text += "\u{1B}[2J"
    }
    for (row, line) in frame.lines.enumerated() where shown?.lines[row] != line {
      text += "\u{1B}[\(row + 1);1H\u{1B}[K" + Self.text(of: line)
    }
    if let cursor = frame.cursor { text += "\u{1B}[\(frame.lines.count);\(cursor + 1)H\u{1B}[?25h" }
    shown = frame
    return Array((text + "\u{1B}[?2026l").utf8)
  }

  private static func text(of line: ScreenLine) -> String {
    switch line.style {
    case .plain: line.text
    case .bold: "\u{1B}[1m\(line.text)\u{1B}[0m"
    case .reverse: "\u{1B}[7m\(line.text)\u{1B}[0m"
    }
  }
}
