import Basics
import Interpreter
import OrderedJSON

extension BrowserState {
  /// Takes a key.
  /// - Returns: what else is to be done for it.
  mutating func take(_ key: Key) -> Request? {
    message = nil
    switch key {
    case .control("c"): return .interrupt
    case .control("z"): return .stopJob
    case .control("l"): return .redraw
    default: break
    }
    if input != nil { return takeInInput(key) }
    if key == .character("q") { return .leave }
    return pages.isEmpty ? takeInList(key) : takeInPage(key)
  }

  // MARK: The list

  private mutating func takeInList(_ key: Key) -> Request? {
    if moveSelection(key) { return nil }
    switch key {
    case .enter, .right, .character("l"): openDetails()
    case .escape:
      if list.filter.isEmpty { message = "q leaves" } else { filter("") }
    case .character("/"): input = BottomInput(.filter, text: list.filter)
    case .character("s"): sort(forward: true)
    case .character("S"): sort(forward: false)
    default: return takeAnywhere(key)
    }
    return nil
  }

  /// - Returns: whether it is a key that moves.
  private mutating func moveSelection(_ key: Key) -> Bool {
    let page = max(1, listRows - 1)
    switch key {
    case .up, .character("k"): list.select(at: list.position - 1)
    case .down, .character("j"): list.select(at: list.position + 1)
    case .pageUp, .control("b"): list.select(at: list.position - page)
    case .pageDown, .control("f"), .character(" "): list.select(at: list.position + page)
    case .home, .character("g"): list.select(at: 0)
    case .end, .character("G"): list.select(at: list.shown.count - 1)
    default: return false
    }
    keepSelectionVisible()
    return true
  }

  private mutating func openDetails() {
    guard let number = list.selected, let item = list.selectedItem else { return }
    open(Page(title: title(of: item.value), .item(number, item.value)))
  }

  /// What names a record: its id, or the first of its columns.
  private func title(of value: JSONValue) -> String {
    if let name = Self.identifier(of: value) { return look.title(name) }
    guard let column = kind?.columns.first, let cell = value[column] else { return "item" }
    return "\(kind?.name ?? "item") \(look.title(cell.text))"
  }

  private static func identifier(of value: JSONValue) -> String? {
    for name in ["id", "eventId"] { if let text = value[name]?.stringValue { return text } }
    return nil
  }

  private mutating func filter(_ text: String) {
    keepingRow { $0.list.setFilter(text) }
  }

  /// Through the columns, each one way and then the other, and back to the order in which the items came.
  private mutating func sort(forward: Bool) {
    let columns: [String?] = layout?.columns.map { $0.name } ?? []
    let fields = columns.isEmpty ? [nil] : columns
    let cycle = [nil] + fields.flatMap { [ItemSorting(field: $0), ItemSorting(field: $0, isDescending: true)] }
    let place = cycle.firstIndex { $0 == list.sorting } ?? 0
    let next = cycle[(place + (forward ? 1 : cycle.count - 1)) % cycle.count]
    keepingRow { $0.list.sort(by: next) }
  }

  // MARK: A page

  private mutating func takeInPage(_ key: Key) -> Request? {
    let index = pages.count - 1
    switch key {
    case .escape, .left, .backspace, .character("h"): pages.removeLast()
    case .up, .character("k"): pages[index].scroll(by: -1)
    case .down, .enter, .character("j"): pages[index].scroll(by: 1)
    case .pageUp, .control("b"): pages[index].scroll(byPages: -1)
    case .pageDown, .control("f"), .character(" "): pages[index].scroll(byPages: 1)
    case .home, .character("g"): pages[index].scroll(to: 0)
    case .end, .character("G"): pages[index].scroll(to: pages[index].lines.count)
    case .tab, .backTab:
      guard pages[index].value != nil else { break }
      pages[index].toggleJSON()
      layOutPage(index)
    case .character("n"): openNeighbour(1)
    case .character("p"): openNeighbour(-1)
    default: return takeAnywhere(key)
    }
    return nil
  }

  /// Goes on to the next item without going back to the list.
  private mutating func openNeighbour(_ distance: Int) {
    guard case .item? = pages.last?.content else { return }
    let before = list.position
    list.select(at: before + distance)
    guard list.position != before, let number = list.selected, let item = list.selectedItem else { return }
    keepSelectionVisible()
    let isJSON = pages.last?.isJSON == true
    var page = Page(title: title(of: item.value), .item(number, item.value))
    if isJSON { page.toggleJSON() }
    pages.removeLast()
    open(page)
  }

  // MARK: What goes everywhere

  private mutating func takeAnywhere(_ key: Key) -> Request? {
    switch key {
    case .character("?"):
      if case .lines? = pages.last?.content { return nil }
      open(Page(title: "keys", .lines(KeyTable.lines(currentActions))))
    case .character("y"): return copy()
    case .character(let scalar): return begin(Character(scalar))
    default: break
    }
    return nil
  }

  private mutating func copy() -> Request? {
    guard let value = current else { return nil }
    let identifier = pages.isEmpty ? Self.identifier(of: value) : nil
    let text = look.options.masked(identifier ?? value.text)
    guard text.utf8.count <= Self.longestCopy else {
      message = "too long for the clipboard: save FILE writes it"
      return nil
    }
    message = identifier.map { "copied \(look.title($0))" } ?? "copied, \(text.utf8.count) bytes"
    return .copy(text)
  }

  /// Terminals take no more at once.
  private static var longestCopy: Int { 74_000 }

  private mutating func begin(_ key: Character) -> Request? {
    guard let value = current, let action = actions.fitting(value).first(where: { $0.key == key }) else {
      message = "\(look.title(String(key))) does nothing here; ? lists the keys"
      return nil
    }
    guard running == nil else {
      message = "wait for what is under way"
      return nil
    }
    guard action.question == nil else {
      input = BottomInput(.answer(action), text: actions.lastAnswer(action))
      return nil
    }
    running = action
    return .perform(action, value, answer: nil)
  }

  // MARK: The bottom line

  private mutating func takeInInput(_ key: Key) -> Request? {
    guard var typed = input else { return nil }
    if typed.take(key) {
      input = key == .backspace && input?.text.isEmpty == true ? nil : typed
      if case .filter = typed.purpose { filter(typed.text) }
      return nil
    }
    switch (typed.purpose, key) {
    case (.filter, .escape):
      input = nil
      filter("")
    case (.filter, .enter): input = nil
    case (.filter, _): _ = moveSelection(key)
    case (.answer, .escape): input = nil
    case (.answer(let action), .enter):
      guard let value = current, !typed.text.allSatisfy(\.isWhitespace) else { break }
      input = nil
      running = action
      return .perform(action, value, answer: typed.text)
    case (.answer, _): break
    }
    return nil
  }
}
