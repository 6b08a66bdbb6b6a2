import Interpreter
import OrderedJSON

/// Takes all items, and then does with the last one what these keys ask for.
final class ScriptedBrowser: RecordBrowser {
  private let keys: String
  private let answer: String?
  private(set) var items: [JSONValue] = []
  private(set) var fitting: [RecordAction] = []
  private(set) var outcomes: [RecordActions.Outcome] = []

  init(keys: String = "", answer: String? = nil) {
    self.keys = keys
    self.answer = answer
  }

  func browse(_ items: ItemStream, with actions: RecordActions) async throws(Interruption) {
    self.items = try await items.collect()
    guard let item = self.items.last else { return }
    fitting = actions.fitting(item)
    for key in keys {
      guard let action = fitting.first(where: { $0.key == key }) else { continue }
      outcomes.append(await actions.perform(action, item, action.question == nil ? nil : answer))
    }
  }
}
