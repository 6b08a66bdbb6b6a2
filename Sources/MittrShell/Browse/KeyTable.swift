import Interpreter

/// The keys, as they are told.
enum KeyTable {
  /// All of them.
  static func lines(_ actions: [RecordAction]) -> [String] {
    let own = actions.map { (String($0.key), $0.label) }
    let keys = moving + own + others
    return keys.map { key, text in key + String(repeating: " ", count: max(1, 11 - key.count)) + text }
  }

  private static let moving = [
    ("↑ k", "one up"), ("↓ j", "one down"), ("PageUp", "a page up"), ("PageDown", "a page down, as is Space"),
    ("Home g", "the first"), ("End G", "the last"), ("Enter", "the details of the item"),
    ("Esc", "back; in the list, all items"),
  ]

  private static let others = [
    ("/", "only items with a text"),
    ("s S", "sort: next column, previous"),
    ("y", "copy the id; in details, it all"),
    ("Tab", "in details: fields, or JSON"),
    ("n p", "in details: next, previous"),
    ("Ctrl-L", "draw the screen again"), ("Ctrl-Z", "stop, until fg"), ("Ctrl-C", "leave, as interrupted"),
    ("?", "this list"), ("q", "leave"),
  ]

  /// What the bottom line has room for; the last ones always.
  static func hints(_ first: [String], _ last: [String], width: Int, measure: (String) -> Int) -> String {
    let end = last.joined(separator: "  ")
    var line = ""
    for hint in first {
      guard measure(line) + measure(hint) + 2 + measure(end) <= width else { break }
      line += hint + "  "
    }
    return line + end
  }
}
