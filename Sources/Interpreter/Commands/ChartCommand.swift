import Basics
import OrderedJSON

enum ChartCommand {
  private static let label = Parameter.optionalKey("label", "what stands in front of a bar; alone it is the value")
  private static let value = Parameter.optionalKey("value", "how long the bar is")

  private static let width = Parameter.option(
    "width", .integer(in: 20...1000), "how many columns the lines may take; without it, those of the terminal")

  /// Nobody looks at more bars.
  private static let limit = 1000

  static let command = Command(
    "chart", topic: .numbers, "draws a bar for each item that fits the width of the terminal; holds all of them",
    discussion: """
      Without LABEL and VALUE it takes what count-by and histogram give, lists of two, numbers, and otherwise the first \
      number of a record behind its first other field. In a pipe or a file the bars are made of #, and a line has at most 80 columns. \
      1,000 bars are the most. Null has no bar.
      """,
    input: .required, result: .stream, parameters: [label, value, width],
    searchWords: ["plot", "graph", "bar", "barchart", "visualize", "gnuplot"],
    examples: [
      .init(
        #"[{s: "dead"}, {s: "failed"}, {s: "failed"}] | count-by .s | chart --width 24"#, "what count-by gives",
        gives: "failed  #############  2\ndead    #######        1"),
      .init(
        "[{n: 4, ms: 20}, {n: 5, ms: 10}] | chart .n .ms --width 20", "a label and a value",
        gives: "4  #############  20\n5  #######        10"),
    ]
  ) { call throws(Interruption) in
    let (first, second) = (call.keys(label), call.keys(value))
    let (labels, values): (BoundKeys?, BoundKeys?) =
      second.isEmpty ? (nil, first.isEmpty ? nil : first) : (first, second)
    let width = try await call.value(width) ?? call.drawingWidth
    let input = call.requiredInput
    var lines: [String]?
    return .stream(
      ItemStream(kind: .text, cleanUp: { await input.close() }) { () async throws(Interruption) -> JSONValue? in
        if lines == nil {
          var source = ChartSource()
          var chart = BarChart(call, width: width)
          var place = 0
          while let item = try await input.next() {
            place += 1
            guard place <= limit else {
              throw .failure(
                Failure(
                  .tooLarge, "more than \(limit) bars are too many to look at",
                  help: "first N takes some of them, histogram counts many in bins"))
            }
            var (label, value) = source.parts(of: item)
            if let values {
              label = .null
              value = try await values.value(for: item)
            }
            if let labels { label = try await labels.value(for: item) }
            try chart.add(label, value, of: item, place, at: (values ?? first).span(of: 0))
          }
          lines = chart.lines().reversed()
        }
        return lines?.popLast().map { .string($0) }
      })
  }
}

/// Finds what to draw of items where nobody said it: by the first record, and the same of all others.
private struct ChartSource {
  private var fields: (label: String?, value: String?)?

  mutating func parts(of item: JSONValue) -> (label: JSONValue, value: JSONValue) {
    switch item {
    case .array(let items) where items.count == 2: return (items[0], items[1])
    case .object(let record):
      let fields = self.fields ?? Self.fields(of: record)
      self.fields = fields
      // A record without any number is shown to be wrong.
      guard let value = fields.value else { return (.null, item) }
      return (fields.label.flatMap { record[$0] } ?? .null, record[value] ?? .null)
    default: return (.null, item)
    }
  }

  private static func fields(of record: JSONObject) -> (label: String?, value: String?) {
    let numbers = record.filter { $0.value.numberValue != nil }.map { $0.key }
    let value = numbers.contains("count") ? "count" : numbers.first
    let others = record.keys.filter { $0 != value }
    return (others.first { $0 == "key" || $0 == "from" } ?? others.first, value)
  }
}
