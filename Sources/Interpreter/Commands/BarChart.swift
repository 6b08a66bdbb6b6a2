import Basics
import OrderedJSON

/// Bars of numbers with labels in front, as lines of text.
struct BarChart {
  private let call: Call
  private let width: Int
  /// Whether the lines go to a terminal, and to nothing before it.
  private let isForTerminal: Bool
  private var bars: [(label: String, number: JSONNumber?)] = []

  init(_ call: Call, width: Int) {
    self.call = call
    self.width = width
    isForTerminal = call.showsOnTerminal
  }

  mutating func add(
    _ label: JSONValue, _ value: JSONValue, of item: JSONValue, _ place: Int, at span: SourceSpan?
  ) throws(Interruption) {
    let text = label.isNull ? "" : label.text
    let shown = isForTerminal ? call.session.rendering.line(text) : SafeText.escaped(text)
    switch value {
    case .null: bars.append((shown, nil))
    case .number(let number): bars.append((shown, number))
    default:
      throw .failure(
        Failure(
          .typeMismatch, "'chart' draws numbers, got \(value.kindWithArticle)\(value.shown(of: item, place))",
          at: span, help: "chart .label .value says which fields to draw"))
    }
  }

  func lines() -> [String] {
    let labels = bars.map { DisplayWidth.fitted($0.label, width: max(1, width / 3)) }
    let numbers = bars.map { bar in DisplayWidth.fitted(bar.number?.text ?? "", width: max(1, width / 3)) }
    let labelWidth = labels.map { DisplayWidth.width($0) }.max() ?? 0
    let numberWidth = numbers.map { DisplayWidth.width($0) }.max() ?? 0
    let space = max(1, width - (labelWidth > 0 ? labelWidth + 2 : 0) - numberWidth - 2)
    // Only how long bars are is computed with doubles.
    let sizes = bars.map { bar in
      max(-Double.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, bar.number?.double ?? 0))
    }
    let largest = sizes.map { $0.magnitude }.max() ?? 0
    let shares = sizes.map { largest > 0 ? $0 / largest : 0 }
    let (top, bottom) = (max(0, shares.max() ?? 0), max(0, -(shares.min() ?? 0)))
    // Bars of numbers below zero go to the left.
    let left = bottom > 0 ? max(1, Int((Double(space) * bottom / (top + bottom)).rounded())) : 0
    let right = top > 0 ? max(1, space - left) : 0
    return bars.indices.map { index in
      let share = shares[index]
      let before = share < 0 ? leftBar(-share / bottom, left) : String(repeating: " ", count: left)
      let after = share > 0 ? rightBar(share / top, right) : String(repeating: " ", count: right)
      let label = labelWidth > 0 ? padded(labels[index], labelWidth) + "  " : ""
      var line = label + before + after + "  " + numbers[index]
      while line.hasSuffix(" ") { line.removeLast() }
      return line
    }
  }

  private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - DisplayWidth.width(text)))
  }

  private func leftBar(_ share: Double, _ width: Int) -> String {
    let length = max(1, min(width, Int((share * Double(width)).rounded())))
    return String(repeating: " ", count: width - length) + String(repeating: isForTerminal ? "█" : "#", count: length)
  }

  private func rightBar(_ share: Double, _ width: Int) -> String {
    guard isForTerminal else {
      let length = max(1, min(width, Int((share * Double(width)).rounded())))
      return String(repeating: "#", count: length) + String(repeating: " ", count: width - length)
    }
    let eighths = max(1, min(8 * width, Int((share * Double(8 * width)).rounded())))
    let part = eighths % 8 == 0 ? "" : ["▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8 - 1]
    return padded(String(repeating: "█", count: eighths / 8) + part, width)
  }
}

extension Call {
  /// Whether what the command yields is shown on a terminal as it is.
  var showsOnTerminal: Bool { session.rendering.isTerminal && !feedsCommand }

  /// The columns that a drawing may take.
  var drawingWidth: Int { showsOnTerminal ? max(20, session.rendering.width) : 80 }
}
