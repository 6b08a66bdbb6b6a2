import Basics
import Interpreter
import LineEditor

/// Draws results in the same place on the terminal, with what has changed inverse.
final class ConsoleLiveView: LiveView {
  private let console: Console
  private var before: [String] = []
  private var rows = 0
  /// The console's count of writings behind the last frame: another one means that something stands below the frame.
  private var mark = 0

  init(_ console: Console) { self.console = console }

  func show(_ frame: LiveFrame) throws(Interruption) {
    // No pager takes what is drawn over.
    try console.flush(before: .waiting)
    let size = console.configuration.size()
    let lines = LiveLines(frame, before: before, columns: size.columns, rows: max(1, size.rows - 1)).lines
    var text = rows > 0 && mark == console.locked({ $0.writings }) ? "\r\u{1B}[\(rows)A" : ""
    for line in lines { text += line + "\u{1B}[K\n" }
    text += "\u{1B}[J"
    try console.writeResult(Array(text.utf8))
    (before, rows, mark) = (frame.plain, lines.count, console.locked { $0.writings })
  }
}

/// The lines of a frame as they are drawn: cut to the window, what has changed marked.
struct LiveLines {
  private(set) var lines: [String] = []

  /// - Parameter before: the lines of the frame before; empty where there is none.
  init(_ frame: LiveFrame, before: [String], columns: Int, rows: Int) {
    let known = Set(before)
    // A row is found again by its first word, most often an id.
    let byWord = Dictionary(before.map { (Self.firstWord($0), $0) }) { first, _ in first }
    let words = Set(frame.plain.map { Self.firstWord($0) })
    let shown = frame.plain.count > rows ? rows - 1 : frame.plain.count
    for index in 0..<max(0, shown) {
      let plain = frame.plain[index]
      if before.isEmpty || known.contains(plain) {
        let isWhole = DisplayWidth.width(plain) < columns && index < frame.coloured.count
        lines.append(isWhole ? frame.coloured[index] : DisplayWidth.fitted(plain, width: columns - 1))
        continue
      }
      // A row that only moved is not what stood here before.
      let place = before.indices.contains(index) && !words.contains(Self.firstWord(before[index])) ? before[index] : ""
      let old = byWord[Self.firstWord(plain)] ?? place
      lines.append(Self.marked(DisplayWidth.fitted(plain, width: columns - 1), since: old))
    }
    let more = frame.plain.count - shown
    if more > 0 { lines.append(DisplayWidth.fitted("… \(more) more lines", width: columns - 1)) }
  }

  private static func firstWord(_ line: String) -> Substring { line.prefix { $0 != " " } }

  /// The line with the words inverse that are others than those at the same place before.
  private static func marked(_ line: String, since old: String) -> String {
    let (line, old) = (Array(line), Array(old))
    var start = 0
    while start < min(line.count, old.count), line[start] == old[start] { start += 1 }
    var (end, oldEnd) = (line.count, old.count)
    while end > start, oldEnd > start, line[end - 1] == old[oldEnd - 1] { (end, oldEnd) = (end - 1, oldEnd - 1) }
    while start > 0, line[start - 1] != " " { start -= 1 }
    while end < line.count, line[end] != " " { end += 1 }
    guard start < end else { return String(line) }
    return String(line[..<start]) + "\u{1B}[7m" + String(line[start..<end]) + "\u{1B}[0m" + String(line[end...])
  }
}
