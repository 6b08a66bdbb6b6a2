import Basics

/// Candidates laid out for a window: one to a row with its summary where that fits, else names in columns, read
/// downwards, and at worst as many as there is room for and how many more there are.
struct CandidateTable {
  let candidates: [CompletionCandidate]
  let columns: Int
  let rows: Int

  private static let gap = 2

  func lines() -> [String] {
    let names = candidates.map { SafeText.escaped($0.text) }
    let width = names.map(TerminalText.width(of:)).max() ?? 0
    if candidates.count <= rows, candidates.contains(where: { $0.summary != nil }) {
      return zip(names, candidates).map { name, candidate in
        guard let summary = candidate.summary, !summary.isEmpty else { return cut(name) }
        return cut(padded(name, to: width + Self.gap) + SafeText.escaped(summary))
      }
    }
    return columnLines(names, columnWidth: width + Self.gap)
  }

  private func columnLines(_ names: [String], columnWidth: Int) -> [String] {
    // The last column needs no gap after it.
    let columnCount = max(1, (columns + Self.gap - 1) / columnWidth)
    let needed = (names.count + columnCount - 1) / columnCount
    let isTooLong = needed > rows
    let rowCount = isTooLong ? max(1, rows - 1) : needed
    let shown = isTooLong ? min(names.count, rowCount * columnCount) : names.count
    var lines = (0..<rowCount).map { row in
      let cells = stride(from: row, to: shown, by: rowCount).map { names[$0] }
      let last = cells.last ?? ""
      return cut(cells.dropLast().map { padded($0, to: columnWidth) }.joined() + last)
    }
    if shown < names.count { lines.append(cut("… \(names.count - shown) more")) }
    return lines
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TerminalText.width(of: text)))
  }

  /// One column stays free, so that no terminal wraps.
  private func cut(_ text: String) -> String { TerminalText.cut(text, to: max(1, columns - 1)) }
}
