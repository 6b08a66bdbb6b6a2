import Basics
package import OrderedJSON

/// A record by itself: a line for each field, the names beside the values. A value that finds no room on its line goes on
/// below it: a nested record or list as its own fields, further in; a text broken into lines, of which only so many are
/// shown.
package struct FieldList {
  package struct Line: Equatable {
    /// The name and the blanks around it; blanks alone where a value goes on.
    package var margin: [Piece]
    package var value: String
    /// The field at the top that the line belongs to.
    package var field: Int

    package enum Piece: Equatable {
      case name(String)
      case blanks(Int)
    }
  }

  /// A value in one safe line.
  let text: (JSONValue) -> String
  /// A name in one safe line.
  let title: (String) -> String
  /// So many lines of one text are shown; `get` shows it whole.
  let textLimit: Int

  /// A nested value is broken up only where it has so many columns.
  private static let readable = 16
  /// Fewer columns are too few for names and values beside each other.
  private static let narrowest = 8

  package init(text: @escaping (JSONValue) -> String, title: @escaping (String) -> String, textLimit: Int = 10) {
    self.text = text
    self.title = title
    self.textLimit = textLimit
  }

  package func lines(of record: JSONObject, width: Int) -> [Line] {
    let fields = record.map { ($0.key, $0.value) }
    return width < Self.narrowest ? stacked(fields, width: width) : lines(of: fields, width: width)
  }

  /// Where names and values have no room beside each other they stand below each other.
  private func stacked(_ fields: [(name: String, value: JSONValue)], width: Int) -> [Line] {
    fields.enumerated().flatMap { index, field in
      let name = DisplayWidth.fitted(title(field.name), width: max(1, width))
      let value = Self.broken(text(field.value), width: max(2, width), limit: textLimit)
      return [Line(margin: [.name(name)], value: "", field: index)]
        + value.map { Line(margin: [], value: $0, field: index) }
    }
  }

  private func lines(of fields: [(name: String, value: JSONValue)], width: Int) -> [Line] {
    let names = fields.map { title($0.name) }
    let widest = min(names.map { DisplayWidth.width($0) }.max() ?? 0, max(1, width / 2))
    let rest = max(1, width - widest - 2)
    var lines: [Line] = []
    for (index, field) in fields.enumerated() {
      let name = DisplayWidth.fitted(names[index], width: widest)
      let gap = widest - DisplayWidth.width(name) + 2
      for (number, line) in self.lines(of: field.value, width: rest).enumerated() {
        let margin: [Line.Piece] = number == 0 ? [.name(name), .blanks(gap)] : [.blanks(widest + 2)]
        lines.append(Line(margin: margin + line.margin, value: line.value, field: index))
      }
    }
    return lines
  }

  private func lines(of value: JSONValue, width: Int) -> [Line] {
    let text = text(value)
    guard DisplayWidth.width(text) > width else { return [Line(margin: [], value: text, field: 0)] }
    if width >= Self.readable {
      switch value {
      case .object(let record): return lines(of: record.map { ($0.key, $0.value) }, width: width)
      case .array(let items):
        return lines(of: items.enumerated().map { ("[\($0)]", $1) }, width: width)
      default: break
      }
    }
    return Self.broken(text, width: width, limit: textLimit).map { Line(margin: [], value: $0, field: 0) }
  }

  /// The text in lines of that width; the last one ends with an ellipsis when there is more.
  package static func broken(_ text: String, width: Int, limit: Int) -> [String] {
    var lines: [String] = []
    var rest = text.unicodeScalars[...]
    while !rest.isEmpty {
      guard lines.count < limit else {
        lines[lines.count - 1] = DisplayWidth.prefix(lines[lines.count - 1], width: width - 1) + "…"
        break
      }
      // A character wider than the window stands alone.
      var used = DisplayWidth.width(rest[rest.startIndex])
      let end =
        rest.dropFirst().firstIndex { scalar in
          used += DisplayWidth.width(scalar)
          return used > width
        } ?? rest.endIndex
      // Between words, unless that leaves half of the line free; the blank is the line's end then.
      let line = rest[..<end]
      if end < rest.endIndex, let blank = line.lastIndex(of: " "),
        DisplayWidth.width(String(line[..<blank])) >= width / 2
      {
        lines.append(String(line[..<blank]))
        rest = rest[line.index(after: blank)...]
      } else {
        lines.append(String(line))
        rest = rest[end...]
      }
    }
    return lines
  }
}
