/// Headers in two columns, or in lines that take turns.
enum Columns {
  // MARK: In turn

  /// Whether each second line is a name with a colon behind it.
  static func alternates(_ text: ArraySlice<UInt8>) -> Bool {
    let lines = filled(text.prefix(64 << 10))
    guard lines.count >= 2 else { return false }
    let names = stride(from: 0, to: lines.count, by: 2).map { lines[$0] }
    let haveColons = names.allSatisfy { $0.last == UInt8(ascii: ":") }
    // Lists in YAML, below their names, are read as lines.
    let areLists = stride(from: 1, to: lines.count, by: 2).allSatisfy { lines[$0].starts("- ") }
    return !areLists && names.allSatisfy { isName($0, colon: haveColons) }
  }

  @Sendable static func alternating(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    let lines = filled(text)
    guard lines.count % 2 == 0 else { return nil }
    return stride(from: 0, to: lines.count, by: 2).map { index in
      let name = lines[index]
      return ((name.last == UInt8(ascii: ":") ? name.dropLast() : name).text, lines[index + 1].text)
    }
  }

  private static func isName(_ line: ArraySlice<UInt8>, colon: Bool) -> Bool {
    HeaderName.isToken(colon ? line.dropLast() : line)
  }

  private static func filled(_ text: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    text.lines.map(\.trimmed).filter { !$0.isEmpty }
  }

  // MARK: Beside each other

  static func hasColumns(_ text: ArraySlice<UInt8>) -> Bool {
    text.contains(0x09) || text.firstRange(ignoringCase: "  ") != nil
  }

  /// Names and values with a tab, or several blanks, between them. What is in one column alone is passed over.
  @Sendable static func columns(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    var fields: [HeaderField] = []
    for line in filled(text) {
      let gap = line.firstIndex(of: 0x09) ?? line.firstRange(ignoringCase: "  ")?.lowerBound
      guard let gap else { continue }
      let name = line[..<gap].trimmed
      let bare = name.last == UInt8(ascii: ":") ? name.dropLast() : name
      if HeaderName.isToken(bare), !isRule(bare) { fields.append((bare.text, line[gap...].trimmed.text)) }
    }
    return fields
  }

  /// A table in Markdown, or as databases print one.
  @Sendable static func table(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    var fields: [HeaderField] = []
    for line in filled(text) {
      var cells = line.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false).map(\.trimmed)
      if cells.first?.isEmpty == true { cells.removeFirst() }
      if cells.last?.isEmpty == true { cells.removeLast() }
      guard cells.count == 2 else { continue }
      let (name, value) = (withoutMarks(cells[0]), withoutMarks(cells[1]))
      if HeaderName.isToken(name), !isRule(name) { fields.append((name.text, value.text)) }
    }
    return fields
  }

  private static func isRule(_ name: ArraySlice<UInt8>) -> Bool { name.allSatisfy { "-+:=".utf8.contains($0) } }

  private static func withoutMarks(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isMark: (UInt8) -> Bool = { "`*\"'".utf8.contains($0) }
    guard let end = cell.lastIndex(where: { !isMark($0) }) else { return cell.suffix(0) }
    return cell[...end].drop(while: isMark)
  }

  /// `NAME=value`, `name => value` or `name = value`, a line each, or several in a line without blanks in them.
  @Sendable static func assignments(_ text: ArraySlice<UInt8>) throws(DeliverySourceError) -> [HeaderField]? {
    var fields: [HeaderField] = []
    for line in filled(text) {
      for piece in pieces(of: line) {
        guard let mark = piece.firstIndex(of: UInt8(ascii: "=")) else { continue }
        var value = piece[(mark + 1)...]
        if value.first == UInt8(ascii: ">") { value = value.dropFirst() }
        let name = withoutMarks(piece[..<mark].trimmed)
        if HeaderName.isToken(name) { fields.append((name.text, withoutMarks(comma(value.trimmed)).text)) }
      }
    }
    return fields
  }

  /// One assignment, or all of a line that has several.
  private static func pieces(of line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var line = line
    for word in ["export ", "set ", "declare -x "] where line.startsIgnoringCase(word) {
      line = line.dropFirst(word.utf8.count)
    }
    let words = line.split { $0.isBlank }
    let isList =
      words.count > 1 && words.filter { $0.dropFirst().contains(UInt8(ascii: "=")) && $0.first != 0x3D }.count > 1
    return isList ? words : [line]
  }

  private static func comma(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    value.last.map { ",;".utf8.contains($0) } == true ? value.dropLast() : value
  }
}
