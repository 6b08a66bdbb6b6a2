import Interpreter
import LineEditor
import OrderedJSON
import Synchronization

@testable import MittrShell

/// A browser without a terminal: its state, and what its screen shows.
struct Browsed {
  var state: BrowserState
  private(set) var requests: [BrowserState.Request] = []

  static let actions = RecordActions(
    fitting: { record in
      guard record["id"] != nil else { return [] }
      return [
        RecordAction(key: "r", label: "replay"),
        RecordAction(key: "d", label: "deliver", question: "URL to deliver to"),
      ]
    }, lastAnswer: { _ in "localhost:3000" }, perform: { _, _, _ in .line("done") })

  init(
    _ items: [JSONValue] = [], kind: ItemKind? = nil, columns: Int = 80, rows: Int = 24, isColoured: Bool = false
  ) {
    let options = RenderingOptions(isTerminal: true, width: columns, isColoured: isColoured, now: 1_767_225_600)
    state = BrowserState(
      kind: kind, actions: Self.actions, look: RecordText(options), size: TerminalSize(columns: columns, rows: rows))
    add(items)
  }

  mutating func add(_ items: [JSONValue]) { state.append(items.map { BrowsedItem($0) }) }

  mutating func press(_ keys: Key...) {
    for key in keys { if let request = state.take(key) { requests.append(request) } }
  }

  mutating func type(_ text: String) { for scalar in text.unicodeScalars { press(.character(scalar)) } }

  /// The screen without blanks at the ends of its rows.
  var lines: [String] {
    BrowserFrame(state).lines.map { line in String(line.text.reversed().drop { $0 == " " }.reversed()) }
  }

  /// The row of the item that is selected.
  var selectedLine: String? { BrowserFrame(state).lines.first { $0.style == .reverse }?.text }

  /// So many events; the oldest one first.
  static func events(_ count: Int) -> [JSONValue] {
    (0..<count).map { number in
      [
        "id": .string("evt_\(number)"), "eventType": .string(number % 3 == 0 ? "order.created" : "user.left"),
        "status": .string(number % 2 == 0 ? "delivered" : "failed"), "attempts": .number(JSONNumber(number % 7)),
        "payload": ["note": .string("n\(number)")],
      ]
    }
  }
}
