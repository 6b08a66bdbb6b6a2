import Basics
import Interpreter
import LineEditor
import OrderedJSON
import TestSupport
import Testing

@testable import MittrShell

@Suite("What a browser shows")
struct BrowserFrameTests {
  private static let walks: [[Key]] = [
    [], [.enter], [.enter, .tab], [.enter, .end], [.character("?")], [.character("s")], [.character("d")],
    [.character("x")],
  ]
  private static let windows = [(40, 10), (80, 24), (200, 50), (1, 1), (2, 2), (5, 3), (12, 4), (2, 9), (3, 9)]

  /// Draws what the browser shows, and says what is wrong with it.
  private func screen(_ browsed: Browsed, columns: Int, rows: Int) -> Screen {
    var screen = Screen(columns: columns, rows: rows)
    var writer = FrameWriter()
    let frame = BrowserFrame(browsed.state)
    screen.feed(writer.bytes(of: frame))
    #expect(frame.lines.count == rows)
    #expect(screen.unknown.isEmpty)
    #expect(screen.scrolledLines.isEmpty)
    return screen
  }

  @Test("At 80×24: the place, the columns, the items, the mark, the keys")
  func usual() {
    var browsed = Browsed(Browsed.events(100))
    browsed.press(.down)
    let lines = screen(browsed, columns: 80, rows: 24).lines
    #expect(lines[0] == "2/100 items  more may come")
    #expect(lines[1] == "  id      eventType      status     attempts  payload")
    #expect(lines[2] == #"  evt_0   order.created  delivered         0  {"note":"n0"}"#)
    #expect(lines[3] == #"> evt_1   user.left      failed            1  {"note":"n1"}"#)
    #expect(lines.count == 24)
    #expect(lines[23] == "Enter details  / filter  r replay  d deliver  s sort  y copy  ? keys  q quit")
  }

  @Test("At 40×10: the same, as far as it finds room")
  func small() {
    var browsed = Browsed(Browsed.events(100), columns: 40, rows: 10)
    browsed.press(.end)
    browsed.state.source = .ended
    let lines = screen(browsed, columns: 40, rows: 10).lines
    #expect(lines[0] == "100/100 items")
    #expect(lines[1] == "  id      eventType      status  …2")
    #expect(lines[8] == "> evt_99  order.created  failed")
    #expect(lines[9] == "Enter details  / filter  ? keys  q quit")
  }

  @Test("At 200×50 no row is cut")
  func large() {
    let lines = screen(Browsed(Browsed.events(100), columns: 200, rows: 50), columns: 200, rows: 50).lines
    #expect(lines.count == 50)
    #expect(lines[48] == #"  evt_46  user.left      delivered         4  {"note":"n46"}"#)
  }

  @Test("At every size, in every mode, nothing is wider or higher than the screen", arguments: windows)
  func sizes(columns: Int, rows: Int) {
    let wide = String(repeating: "漢字😀e\u{301}", count: 40)
    let items: [JSONValue] = [
      ["id": .string(wide), "漢字": .string(wide), "n": 1],
      ["id": "evt\u{1B}[2J\n\u{202E}", "漢字": "\u{301}\u{301}", "n": .null],
      "just text", 12, [1, 2, 3], .null,
    ]
    for selected in items.indices {
      for keys in Self.walks + [[.character("/"), .paste(wide)], [.character("d"), .paste(wide)]] {
        var browsed = Browsed(items, columns: columns, rows: rows)
        for _ in 0..<selected { browsed.press(.down) }
        for key in keys { browsed.press(key) }
        let screen = screen(browsed, columns: columns, rows: rows)
        for line in BrowserFrame(browsed.state).lines { #expect(DisplayWidth.width(line.text) <= columns, "\(keys)") }
        #expect(!screen.lines.joined().contains("\u{1B}"))
      }
    }
  }

  @Test("Control characters from outside are escaped, in the list and in the details")
  func hostile() {
    var browsed = Browsed([["id": "a\u{1B}[31m\r\nb", "\u{1B}]0;t\u{7}": "\u{9B}2J"]])
    #expect(browsed.lines[1] == #"  id            \e]0;t\u{7}"#)
    #expect(browsed.lines[2] == #"> a\e[31m\r\nb  \u{9b}2J"#)
    browsed.press(.enter)
    #expect(browsed.lines[0] == #"a\e[31m\r\nb  1/1"#)
    #expect(browsed.lines[1] == #"id           a\e[31m\r\nb"#)
    browsed.press(.tab)
    #expect(browsed.lines[2] == #"  "id": "a\u001b[31m\r\nb","#)
    var filtered = Browsed(Browsed.events(1))
    filtered.type("/")
    filtered.press(.paste("a\u{1B}[31m"))
    #expect(filtered.lines.last == "/a[31m")
  }

  @Test("What is secret is hidden, and is not copied")
  func secrets() {
    var browsed = Browsed([["id": "whsec_abcdef", "x": 1]])
    browsed.state = {
      let options = RenderingOptions(isTerminal: true)
      options.hide(["whsec_abcdef"])
      var state = BrowserState(
        kind: nil, actions: Browsed.actions, look: RecordText(options), size: TerminalSize(columns: 80, rows: 24))
      state.append([BrowsedItem(["id": "whsec_abcdef", "x": 1])])
      return state
    }()
    browsed.type("y")
    browsed.press(.enter)
    browsed.type("y")
    #expect(!browsed.lines.joined().contains("abcdef"))
    for case .copy(let text) in browsed.requests { #expect(!text.contains("abcdef")) }
    #expect(browsed.requests.count == 2)
  }

  @Test("Colours say nothing that is not there without them, and there are none in the row that is selected")
  func colours() {
    let kind = ItemKind("event", columns: ["id", "status"], colors: ["status": ["failed": .bad]])
    let items: [JSONValue] = [["id": "a", "status": "failed"], ["id": "b", "status": "failed"]]
    let coloured = BrowserFrame(Browsed(items, kind: kind, isColoured: true).state)
    #expect(coloured.lines[2] == ScreenLine(text: "> a   failed" + String(repeating: " ", count: 68), style: .reverse))
    #expect(coloured.lines[3].text == "  b   \u{1B}[31mfailed\u{1B}[0m")
    let plain = BrowserFrame(Browsed(items, kind: kind).state)
    #expect(plain.lines[3].text == "  b   failed")
  }

  @Test("An empty list says whether something may still come")
  func empty() {
    var browsed = Browsed()
    #expect(browsed.lines[0] == "0 items  more may come")
    #expect(browsed.lines[2] == "  nothing has come yet")
    browsed.state.source = .ended
    #expect(browsed.lines[0] == "0 items")
    #expect(browsed.lines[2] == "  no items")
    #expect(browsed.lines[23].hasSuffix("? keys  q quit"))
    browsed.add(Browsed.events(1))
    #expect(browsed.lines[0] == "1/1 item")
  }

  @Test("The keys are listed with the actions that fit the item")
  func keys() {
    var browsed = Browsed(Browsed.events(1), columns: 40, rows: 10)
    browsed.type("?")
    #expect(browsed.lines[0].hasPrefix("keys  lines 1-8 of "))
    for _ in 0..<20 { browsed.press(.down) }
    #expect(browsed.lines[9] == "Esc back  q quit")
    browsed.state.resize(TerminalSize(columns: 80, rows: 40))
    #expect(browsed.lines.contains("r          replay"))
    #expect(browsed.lines.contains("q          leave"))
    browsed.type("?")
    #expect(browsed.state.pages.count == 1)
  }

  @Test("A new size lays everything out anew, and the selection stays in sight")
  func resizing() {
    var browsed = Browsed(Browsed.events(100), columns: 200, rows: 50)
    browsed.press(.end)
    for (columns, rows) in [(40, 10), (80, 24), (3, 1), (200, 50)] {
      browsed.state.resize(TerminalSize(columns: columns, rows: rows))
      #expect(browsed.lines.contains { $0.hasPrefix(columns > 3 ? "> evt_99" : ">") })
      #expect(BrowserFrame(browsed.state).lines.count == rows)
    }
  }

  @Test("Only the rows that changed are written, in one frame; nothing when nothing did")
  func differences() {
    var browsed = Browsed(Browsed.events(100))
    var writer = FrameWriter()
    var screen = Screen(columns: 80, rows: 24)
    screen.feed(writer.bytes(of: BrowserFrame(browsed.state)))
    #expect(writer.bytes(of: BrowserFrame(browsed.state)).isEmpty)
    browsed.press(.down)
    let bytes = writer.bytes(of: BrowserFrame(browsed.state))
    #expect(bytes.count < 400)
    screen.feed(bytes)
    #expect(screen.lines == browsed.lines)
    browsed.press(.enter)
    screen.feed(writer.bytes(of: BrowserFrame(browsed.state)))
    #expect(screen.lines.prefix(6) == browsed.lines.prefix(6))
    browsed.state.resize(TerminalSize(columns: 80, rows: 20))
    let whole = String(decoding: writer.bytes(of: BrowserFrame(browsed.state)), as: UTF8.self)
    #expect(whole.hasPrefix("\u{1B}[?2026h") && whole.hasSuffix("\u{1B}[?2026l"))
    #expect(whole.contains("\u{1B}[2J"))
  }
}
