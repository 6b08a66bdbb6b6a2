import Basics
import Interpreter
import LineEditor
import OrderedJSON

/// What a browser shows and where in it the person is. It takes keys and items and knows no terminal.
struct BrowserState {
  /// What becomes of the source of the items.
  enum Source {
    case reading
    case ended
    /// There are more, which are not kept.
    case cut
  }

  /// What a key asks the loop around it for.
  enum Request {
    case leave
    case interrupt
    case stopJob
    case redraw
    case copy(String)
    case perform(RecordAction, JSONValue, answer: String?)
  }

  var list = ItemList()
  var source = Source.reading
  /// The pages over the list, the last one on top.
  var pages: [Page] = []
  var input: BottomInput?
  /// What the bottom line says until the next key.
  var message: String?
  /// The action under way.
  var running: RecordAction?
  let actions: RecordActions
  private(set) var look: RecordText
  private(set) var size: TerminalSize
  private(set) var kind: ItemKind?
  private(set) var layout: TableLayout?
  /// The first row of the list that is shown.
  private(set) var top = 0
  private let told: ItemKind?

  /// So many items decide on the columns.
  private static let sample = 200
  /// Left of each row, for the mark of the one that is selected.
  static let margin = 2

  init(kind: ItemKind?, actions: RecordActions, look: RecordText, size: TerminalSize) {
    told = kind
    self.kind = kind
    self.actions = actions
    self.look = look
    self.size = size
  }

  // MARK: Room

  var width: Int { max(1, size.columns) }
  /// Rows of the list: all but the title, the names of the columns, and the bottom line.
  var listRows: Int { max(1, size.rows - 3) }
  /// Rows of a page: all but the title and the bottom line.
  var pageRows: Int { max(1, size.rows - 2) }

  mutating func resize(_ size: TerminalSize) {
    self.size = size
    layOutTable()
    layOutPages()
    keepSelectionVisible()
  }

  /// By this time it is said how long ago something was.
  mutating func setTime(_ now: Double) { look.options.now = now }

  // MARK: Items

  mutating func append(_ items: [BrowsedItem]) {
    guard !items.isEmpty else { return }
    let isSampled = list.items.count < Self.sample
    keepingRow { $0.list.append(items) }
    if isSampled { layOutTable() }
    keepSelectionVisible()
  }

  /// Changes the list; the row that is selected stays where it is on the screen, as far as it can.
  mutating func keepingRow(_ change: (inout BrowserState) -> Void) {
    let row = list.position - top
    change(&self)
    top = list.position - row
    keepSelectionVisible()
  }

  mutating func keepSelectionVisible() {
    top = min(max(0, top, list.position - listRows + 1), list.position, max(0, list.shown.count - listRows))
    if list.position < top { top = list.position }
  }

  private mutating func layOutTable() {
    let sample = list.items.prefix(Self.sample).map { $0.value }
    guard !sample.isEmpty else { return }
    kind = look.kind(told, first: sample.first)
    layout = TableLayout(
      sample, kind: kind, width: max(1, width - Self.margin), isEarly: false, title: look.title, cell: look.widestCell)
  }

  // MARK: Pages

  mutating func open(_ page: Page) {
    pages.append(page)
    layOutPages()
  }

  mutating func layOutPages() {
    for index in pages.indices { layOutPage(index) }
  }

  mutating func layOutPage(_ index: Int) {
    let isItem = if case .item = pages[index].content { true } else { false }
    pages[index].layOut(DetailsText(look: look, kind: isItem ? kind : nil), width: width, room: pageRows)
  }

  /// The value that `y` and the actions are about: that of the page on top, or the selected item.
  var current: JSONValue? {
    guard let page = pages.last else { return list.selectedItem?.value }
    return page.value
  }

  /// What can be done with that.
  var currentActions: [RecordAction] { current.map(actions.fitting) ?? [] }

  // MARK: Actions

  /// An action has come to its end.
  mutating func finish(_ action: RecordAction, _ outcome: RecordActions.Outcome) {
    running = nil
    switch outcome {
    case .line(let text): message = look.line(text)
    case .details(let value): open(Page(title: action.label, .value(value)))
    }
  }
}
