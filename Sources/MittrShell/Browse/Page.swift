import Interpreter
import OrderedJSON

/// A text over the list: an item's details, what an action came to, the keys.
struct Page {
  enum Content {
    /// An item, by its number.
    case item(Int, JSONValue)
    case value(JSONValue)
    case lines([String])
  }

  let title: String
  let content: Content
  /// Whether a record is shown as JSON rather than as its fields.
  private(set) var isJSON = false
  private(set) var lines: [String] = []
  /// The first line that is shown.
  private(set) var top = 0
  /// How many lines there is room for.
  private var room = 1

  init(title: String, _ content: Content) {
    self.title = title
    self.content = content
  }

  /// What it shows, where it is a value.
  var value: JSONValue? {
    switch content {
    case .item(_, let value), .value(let value): value
    case .lines: nil
    }
  }

  /// The lines that are shown.
  var visible: ArraySlice<String> { lines[min(top, lines.count)...].prefix(room) }

  /// Lays the text out anew.
  mutating func layOut(_ details: DetailsText, width: Int, room: Int) {
    self.room = max(1, room)
    switch content {
    case .item(_, let value), .value(let value): lines = details.lines(of: value, asJSON: isJSON, width: width)
    case .lines(let texts): lines = texts.flatMap { FieldList.broken($0, width: max(1, width), limit: 100) }
    }
    scroll(to: top)
  }

  mutating func toggleJSON() {
    isJSON.toggle()
    top = 0
  }

  /// As far as there is something to show.
  mutating func scroll(to line: Int) { top = max(0, min(line, lines.count - room)) }

  mutating func scroll(by count: Int) { scroll(to: top + count) }

  mutating func scroll(byPages count: Int) { scroll(by: count * max(1, room - 1)) }
}
