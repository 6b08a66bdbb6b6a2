import OrderedJSON

enum SparklineCommand {
  private static let key = Parameter.optionalKey("key", "what to take of each item; without it, the items")

  static let command = Command(
    "sparkline", topic: .numbers, "draws numbers as one line of small bars; holds all of them",
    discussion: """
      The lowest bar is the smallest number, the highest the largest. More numbers than the line has columns are averaged. \
      Null is a gap. In a pipe or a file the line is ASCII, from _ to #, and at most 80 columns long.
      """,
    input: .required, result: .value, parameters: [key],
    searchWords: ["spark", "trend", "plot", "chart"],
    examples: [
      .init("[1, 5, 3, 8] | sparkline", "of the items themselves", gives: "_=:#"),
      .init("[{n: 0}, {n: 7}] | sparkline .n", "of a field", gives: "_#"),
    ]
  ) { call throws(Interruption) in
    let keys = call.keys(key)
    let input = call.requiredInput
    var numbers: [Double?] = []
    var place = 0
    while let item = try await input.next() {
      place += 1
      let value = try await keys.value(for: item)
      switch value {
      case .null: numbers.append(nil)
      case .number(let number):
        numbers.append(max(-Double.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, number.double)))
      default:
        throw .failure(
          Failure(
            .typeMismatch, "'sparkline' draws numbers, got \(value.kindWithArticle)\(value.shown(of: item, place))",
            at: keys.span(of: 0)))
      }
    }
    let bars = call.showsOnTerminal ? Array("▁▂▃▄▅▆▇█") : Array("_.:-=+*#")
    return .value(.string(line(columns(numbers, atMost: call.drawingWidth), bars)), kind: .text)
  }

  /// As many numbers as there are columns at most, each the average of those that stand there.
  private static func columns(_ numbers: [Double?], atMost width: Int) -> [Double?] {
    guard numbers.count > width else { return numbers }
    return (0..<width).map { column in
      let part = numbers[column * numbers.count / width..<(column + 1) * numbers.count / width].compactMap { $0 }
      // Each is divided first: a sum might be out of range.
      return part.isEmpty ? nil : part.reduce(0) { $0 + $1 / Double(part.count) }
    }
  }

  private static func line(_ numbers: [Double?], _ bars: [Character]) -> String {
    let known = numbers.compactMap { $0 }
    let (least, most) = (known.min() ?? 0, known.max() ?? 0)
    // Halves, so that the distance of the largest doubles is one.
    let length = most / 2 - least / 2
    return String(
      numbers.map { number in
        guard let number else { return " " }
        guard length > 0 else { return bars[bars.count / 2] }
        let share = (number / 2 - least / 2) / length
        return bars[max(0, min(bars.count - 1, Int((share * Double(bars.count - 1)).rounded())))]
      })
  }
}
