import Basics

/// Candidates laid out for a window: one to a row with its summary where that fits, else names in columns, read
/// downwards, and at worst as many as there is room for and how many more there are.
struct CandidateTable {
  let candidates: [CompletionCandidate]
  let columns: Int
  let rows: Int

  private static let gap = 2

  /// - Parameter selected: The candidate that is shown in inverse. Of more candidates than fit, those around it are shown.
  func lines(selected: Int? = nil) -> [String] {
    guard rows > 0 else { return [] }
    let names = candidates.map { SafeText.escaped($0.text) }
    let width = names.map(TerminalText.width(of:)).max() ?? 0
    if candidates.count <= rows, candidates.contains(where: { $0.summary != nil }) {
      return zip(names, candidates).enumerated().map { index, shown in
        let (name, candidate) = shown
        guard let summary = candidate.summary, !summary.isEmpty else { return marked(cut(name), index == selected) }
        let line = cut(padded(name, to: width + Self.gap) + SafeText.escaped(summary))
        guard index == selected, line.hasPrefix(name) else { return marked(line, index == selected) }
        return marked(name, true) + line.dropFirst(name.count)
      }
    }
    return columnLines(names, columnWidth: width + Self.gap, selected)
  }

  private func columnLines(_ names: [String], columnWidth: Int, _ selected: Int?) -> [String] {
    // The last column needs no gap after it.
    let columnCount = max(1, (columns + Self.gap - 1) / columnWidth)
    let needed = (names.count + columnCount - 1) / columnCount
    let isTooLong = needed > rows
    let rowCount = isTooLong ? max(1, rows - 1) : needed
    let pageSize = rowCount * columnCount
    let first = isTooLong ? (selected ?? 0) / pageSize * pageSize : 0
    let page = first..<min(names.count, first + pageSize)
    var lines = (0..<rowCount).compactMap { row -> String? in
      let cells = Array(stride(from: first + row, to: page.upperBound, by: rowCount))
      guard let last = cells.last else { return nil }
      guard cells.count > 1 else { return marked(cut(names[last]), last == selected) }
      return cells.map { index in
        let gap = index == last ? "" : String(repeating: " ", count: columnWidth - TerminalText.width(of: names[index]))
        return marked(names[index], index == selected) + gap
      }.joined()
    }
    if page.count < names.count, lines.count < rows { lines.append(cut("… \(names.count - page.count) more")) }
    return lines
  }

  private func marked(_ text: String, _ isSelected: Bool) -> String {
    isSelected ? TextStyle.inverse.applied(to: text) : text
  }

  private func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - TerminalText.width(of: text)))
  }

  /// One column stays free, so that no terminal wraps.
  private func cut(_ text: String) -> String { TerminalText.cut(text, to: max(1, columns - 1)) }
}
