import Interpreter
import OrderedJSON

/// Something that `browse` does with an item: a line of the language that gets it as its input.
struct ItemAction {
  let action: RecordAction
  /// What it is for.
  let shape: ItemShape
  /// The command that does it. Where there is no such command, there is no such action.
  let command: String
  /// What stands behind the command's name; `$answer` is what was answered to the action's question.
  var arguments = ""
  /// Whether all of what it yields is shown, rather than a line about it.
  var showsDetails = false

  /// The whole line; `$item` is the item.
  var script: String { "$item | \(command)\(arguments.isEmpty ? "" : " " + arguments)" }

  static let all =
    [
      ItemAction(action: RecordAction(key: "r", label: "replay"), shape: .event, command: "replay"),
      ItemAction(
        action: RecordAction(key: "r", label: "deliver", question: "URL to deliver to"), shape: .delivery,
        command: "deliver", arguments: "$answer"),
      ItemAction(
        action: RecordAction(key: "v", label: "verify"), shape: .delivery, command: "verify", showsDetails: true),
    ]
    + [ItemShape.event, .delivery].map { shape in
      ItemAction(
        action: RecordAction(key: "e", label: "edit", question: "URL to deliver to", takesTerminal: true), shape: shape,
        command: "deliver", arguments: "$answer --edit")
    }
}

/// What an item is, as far as it matters to what can be done with it.
enum ItemShape {
  case event
  case delivery
  case other

  init(_ item: JSONValue, kind: ItemKind?) {
    switch item {
    case .object(let record) where record["headers"] != nil && (record["body"] != nil || record["bodyBase64"] != nil):
      self = .delivery
    case .object(let record) where kind?.name == ItemKind.event.name || Self.looksLikeEvent(record):
      self = record["id"]?.stringValue == nil ? .other : .event
    default: self = .other
    }
  }

  private static func looksLikeEvent(_ record: JSONObject) -> Bool {
    record["eventType"] != nil && record["attempts"] != nil || record["id"]?.stringValue?.hasPrefix("evt_") == true
  }
}
