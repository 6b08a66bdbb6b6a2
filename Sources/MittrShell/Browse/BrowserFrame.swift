import Basics
import Interpreter
import LineEditor
import OrderedJSON

/// A row of the screen.
struct ScreenLine: Equatable, Sendable {
  enum Style: Sendable {
    case plain
    case bold
    case reverse
  }

  /// Safe to show, and no wider than the screen; colours may be in it.
  var text: String
  var style = Style.plain
}

/// What the whole screen shows: as many lines as it has rows.
struct BrowserFrame: Equatable, Sendable {
  private(set) var lines: [ScreenLine] = []
  /// In which column of the last row something is typed, from 0; nil where nothing is.
  private(set) var cursor: Int?

  init(_ state: BrowserState) {
    let rows = max(1, state.size.rows)
    if let page = state.pages.last {
      if rows >= 3 { lines.append(ScreenLine(text: Self.title(of: page, in: state), style: .bold)) }
      lines += page.visible.map { ScreenLine(text: $0) }
    } else {
      if rows >= 3 { lines.append(ScreenLine(text: Self.title(of: state))) }
      if rows >= 4 { lines.append(ScreenLine(text: Self.header(of: state), style: .bold)) }
      lines += Self.rows(of: state)
    }
    let body = max(1, rows - 1)
    lines = Array(lines.prefix(body))
    while lines.count < body { lines.append(ScreenLine(text: "")) }
    guard rows > 1 else { return }
    if let input = state.input {
      let (text, column) = Self.bottom(of: input, width: state.width)
      lines.append(ScreenLine(text: text))
      cursor = column
    } else {
      lines.append(ScreenLine(text: DisplayWidth.fitted(Self.bottom(of: state), width: state.width)))
    }
  }

  // MARK: The list

  private static func title(of state: BrowserState) -> String {
    let list = state.list
    var parts: [String] = []
    let all = list.items.count == 1 ? "1 item" : "\(list.items.count) items"
    let place = list.shown.isEmpty ? 0 : list.position + 1
    if list.filter.isEmpty {
      parts.append(list.items.isEmpty ? all : "\(place)/\(all)")
    } else {
      parts.append("\(place)/\(list.shown.count) of \(all)")
      parts.append("/\(DisplayWidth.fitted(state.look.title(list.filter), width: 20))")
    }
    if let sorting = list.sorting {
      parts.append("by \(sorting.field.map(state.look.title) ?? "value") \(sorting.isDescending ? "↓" : "↑")")
    }
    switch state.source {
    case .reading: parts.append("more may come")
    case .ended: break
    case .cut: parts.append("only the first \(list.items.count) are here")
    }
    return DisplayWidth.fitted(parts.joined(separator: "  "), width: state.width)
  }

  private static func header(of state: BrowserState) -> String {
    guard let layout = state.layout, !layout.columns.isEmpty else { return "" }
    return fitted(margin(isSelected: false) + layout.header(), state)
  }

  private static func rows(of state: BrowserState) -> [ScreenLine] {
    let list = state.list
    guard !list.shown.isEmpty else {
      return [ScreenLine(text: fitted(margin(isSelected: false) + nothing(in: state), state))]
    }
    return list.shown[state.top...].prefix(state.listRows).map { number in
      let isSelected = number == list.selected
      let isPainted = !isSelected && state.width > 2 * BrowserState.margin
      var text = margin(isSelected: isSelected) + row(of: list.items[number], isPainted: isPainted, state)
      // A painted row is as wide as its layout is.
      if isPainted { return ScreenLine(text: text) }
      text = fitted(text, state)
      guard isSelected else { return ScreenLine(text: text) }
      return ScreenLine(
        text: text + String(repeating: " ", count: state.width - DisplayWidth.width(text)), style: .reverse)
    }
  }

  private static func row(of item: BrowsedItem, isPainted: Bool, _ state: BrowserState) -> String {
    let look = state.look
    guard case .object(let record) = item.value, let layout = state.layout, !layout.columns.isEmpty else {
      return DisplayWidth.fitted(look.cell(item.value), width: state.width - BrowserState.margin)
    }
    return layout.row(record, cell: look.cell) { text, name, value in
      isPainted ? look.painted(text, name, value, state.kind) : text
    }
  }

  private static func margin(isSelected: Bool) -> String {
    (isSelected ? ">" : " ") + String(repeating: " ", count: BrowserState.margin - 1)
  }

  private static func nothing(in state: BrowserState) -> String {
    if !state.list.filter.isEmpty { return "nothing has this text; Esc shows all" }
    if case .reading = state.source { return "nothing has come yet" }
    return "no items"
  }

  private static func fitted(_ text: String, _ state: BrowserState) -> String {
    DisplayWidth.fitted(text, width: state.width)
  }

  // MARK: A page

  private static func title(of page: Page, in state: BrowserState) -> String {
    var place = ""
    if case .item = page.content { place += "  \(state.list.position + 1)/\(state.list.shown.count)" }
    if page.lines.count > page.visible.count {
      place += "  lines \(page.top + 1)-\(page.top + page.visible.count) of \(page.lines.count)"
    }
    // Where it is cut, the first line of the page says more of what it is.
    let room = max(8, state.width - DisplayWidth.width(place))
    return fitted(DisplayWidth.fitted(page.title, width: room) + place, state)
  }

  // MARK: The bottom line

  private static func bottom(of state: BrowserState) -> String {
    if let message = state.message { return message }
    if let action = state.running { return "\(action.label) …" }
    let actions = state.currentActions.map { "\($0.key) \($0.label)" }
    let (first, last) =
      if let page = state.pages.last {
        page.value == nil
          ? ([], ["Esc back", "q quit"])
          : (actions + ["y copy", page.isJSON ? "Tab fields" : "Tab JSON"], ["Esc back", "? keys", "q quit"])
      } else {
        (["Enter details", "/ filter"] + actions + ["s sort", "y copy"], ["? keys", "q quit"])
      }
    return KeyTable.hints(first, last, width: state.width, measure: DisplayWidth.width)
  }

  /// The end of what is typed, with room for the cursor behind it.
  private static func bottom(of input: BottomInput, width: Int) -> (text: String, cursor: Int) {
    let label = DisplayWidth.fitted(input.label, width: width / 2)
    let room = max(0, width - DisplayWidth.width(label) - 1)
    let text = label + DisplayWidth.suffix(DisplayWidth.aligned(SafeText.escaped(input.text)), width: room)
    return (text, min(DisplayWidth.width(text), width - 1))
  }
}
