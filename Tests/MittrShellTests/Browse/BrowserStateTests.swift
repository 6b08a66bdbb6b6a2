import Interpreter
import LineEditor
import OrderedJSON
import Testing

@testable import MittrShell

@Suite("The state of a browser")
struct BrowserStateTests {
  private func selected(_ browsed: Browsed) -> String? { browsed.state.list.selectedItem?.value["id"]?.stringValue }

  @Test("moves by lines, by pages and to both ends, and never past them")
  func moving() {
    var browsed = Browsed(Browsed.events(100), rows: 13)
    #expect(selected(browsed) == "evt_0")
    for (key, id) in [
      (Key.up, "evt_0"), (.down, "evt_1"), (.character("j"), "evt_2"), (.character("k"), "evt_1"),
      (.pageDown, "evt_10"),
      (.character(" "), "evt_19"), (.pageUp, "evt_10"), (.end, "evt_99"), (.down, "evt_99"), (.pageDown, "evt_99"),
      (.home, "evt_0"), (.character("G"), "evt_99"), (.character("g"), "evt_0"), (.pageUp, "evt_0"),
    ] {
      browsed.press(key)
      #expect(selected(browsed) == id, "\(key)")
      #expect(browsed.selectedLine?.hasPrefix("> \(id) ") == true, "\(key): \(browsed.lines)")
    }
  }

  @Test("An empty list and a list of one take all keys", arguments: [0, 1])
  func few(count: Int) {
    var browsed = Browsed(Browsed.events(count))
    let keys: [Key] = [
      .up, .down, .pageUp, .pageDown, .home, .end, .tab, .backTab, .left, .delete, .backspace, .escape,
      .paste("rq"), .enter, .tab, .down, .end, .character("n"), .character("p"), .escape, .character("/"),
      .character("z"), .up, .enter, .enter, .character("s"), .escape, .character("S"), .character("y"), .character("?"),
      .down, .escape, .character("x"),
    ]
    for key in keys {
      browsed.press(key)
      #expect(browsed.lines.count == 24)
    }
    #expect(browsed.state.list.shown.count == count)
  }

  @Test("filters while it is typed, in any case and anywhere in the item; Enter keeps, Escape drops it")
  func filtering() {
    var browsed = Browsed(Browsed.events(100))
    browsed.type("/ORDER")
    #expect(browsed.state.list.shown.count == 34)
    browsed.press(.backspace, .backspace, .backspace, .backspace, .backspace)
    #expect(browsed.state.list.shown.count == 100)
    browsed.type("\"note\":\"n42")
    #expect(browsed.state.list.shown == [42])
    #expect(browsed.lines.last == "/\"note\":\"n42")
    #expect(browsed.lines[0] == "1/1 of 100 items  /\"note\":\"n42  more may come")
    browsed.press(.enter)
    #expect(browsed.state.input == nil)
    // The keys of the list again.
    browsed.type("j")
    #expect(browsed.state.list.shown == [42])
    browsed.press(.escape)
    #expect(browsed.state.list.shown.count == 100)
    #expect(selected(browsed) == "evt_42")
    browsed.type("/nowhere")
    #expect(selected(browsed) == nil)
    #expect(browsed.lines[2] == "  nothing has this text; Esc shows all")
    browsed.press(.enter, .enter)
    #expect(browsed.state.pages.isEmpty)
    browsed.type("/")
    browsed.press(.control("u"))
    browsed.press(.paste("user.left\n"), .down, .escape)
    #expect(browsed.state.list.shown.count == 100)
  }

  @Test("finds text that JSON escapes, and text in other scripts in any case")
  func filteringText() throws {
    var browsed = Browsed([try JSONValue(parsing: #"{"id": "a", "note": "caf\u00E9 \"x\""}"#), ["id": "b"]])
    browsed.type("/CAFÉ \"X")
    #expect(browsed.state.list.shown == [0])
  }

  @Test("sorts by each column one way and the other, and comes back to the order in which items came")
  func sorting() {
    var browsed = Browsed(Browsed.events(10))
    func order() -> [Int] { browsed.state.list.shown }
    browsed.type("ss")
    #expect(order() == Array((0..<10).reversed()))
    #expect(browsed.lines[0] == "10/10 items  by id ↓  more may come")
    browsed.type("s")
    #expect(order() == [0, 3, 6, 9, 1, 2, 4, 5, 7, 8])
    browsed.type("sss")
    #expect(order() == [1, 3, 5, 7, 9, 0, 2, 4, 6, 8])
    browsed.type("s")
    #expect(order() == [0, 7, 1, 8, 2, 9, 3, 4, 5, 6])
    browsed.type("SSSSSSS")
    #expect(order() == Array(0..<10))
    #expect(selected(browsed) == "evt_0")
    browsed.type("S")
    #expect(browsed.lines[0].contains("  by payload ↓  "))
  }

  @Test("What has no such field is sorted to the end, both ways; numbers by their value")
  func sortingMissing() {
    var browsed = Browsed([["n": 10], ["m": 1], ["n": 9], ["n": 100]])
    browsed.type("s")
    #expect(browsed.state.list.shown == [2, 0, 3, 1])
    browsed.type("s")
    #expect(browsed.state.list.shown == [3, 0, 2, 1])
    var texts = Browsed(["b", "a", 3])
    texts.type("s")
    #expect(texts.state.list.shown == [2, 1, 0])
    #expect(texts.lines[0] == "3/3 items  by value ↑  more may come")
  }

  @Test("New items come in where they belong, and the selection stays on its item and in its row")
  func appending() {
    var browsed = Browsed(Browsed.events(50), rows: 13)
    browsed.type("/failed")
    browsed.press(.enter)
    browsed.type("s")
    for _ in 0..<12 { browsed.press(.down) }
    let id = selected(browsed)
    let row = browsed.lines.firstIndex { $0.hasPrefix(">") }
    browsed.add(Array(Browsed.events(300).dropFirst(50)))
    #expect(selected(browsed) == id)
    #expect(browsed.lines.firstIndex { $0.hasPrefix(">") } == row)
    #expect(browsed.state.list.shown.count == 150)
    let ids = browsed.state.list.shown.map { browsed.state.list.items[$0].value["id"]?.stringValue ?? "" }
    #expect(ids == ids.sorted())
  }

  @Test("opens details, scrolls them, shows them as JSON, goes on to the next, and back")
  func details() {
    var browsed = Browsed(Browsed.events(3), rows: 8)
    browsed.press(.enter)
    #expect(browsed.lines[0] == "evt_0  1/3")
    #expect(browsed.lines[1] == "id         evt_0")
    #expect(browsed.lines[5] == #"payload    {"note":"n0"}"#)
    browsed.press(.tab)
    #expect(browsed.lines[0] == "evt_0  1/3  lines 1-6 of 9")
    #expect(browsed.lines[2] == #"  "id": "evt_0","#)
    browsed.press(.end)
    #expect(browsed.lines[0] == "evt_0  1/3  lines 4-9 of 9")
    #expect(browsed.lines[6] == "}")
    browsed.press(.pageUp, .pageUp)
    #expect(browsed.lines[1] == "{")
    browsed.type("n")
    #expect(browsed.lines[0] == "evt_1  2/3  lines 1-6 of 9")
    browsed.type("nn")
    #expect(browsed.lines[0].hasPrefix("evt_2  3/3"))
    browsed.press(.escape)
    #expect(browsed.selectedLine?.hasPrefix("> evt_2") == true)
  }

  @Test("A body that is JSON is laid open in the fields, and is as it was in the JSON")
  func body() {
    var browsed = Browsed(
      [["number": 1, "body": .string(#"{"order": {"id": "ord_1", "total": 1.50}, "customer": "Ünï"}"#)]], columns: 40)
    browsed.press(.enter)
    #expect(browsed.lines[1...].contains { $0.contains("customer  Ünï") }, "\(browsed.lines)")
    browsed.press(.tab)
    #expect(browsed.lines.contains { $0.contains(#"{\"order\":"#) }, "\(browsed.lines)")
  }

  @Test("copies the id in the list, and the whole value in the details")
  func copying() {
    var browsed = Browsed(Browsed.events(2))
    browsed.type("jy")
    #expect(browsed.lines.last == "copied evt_1")
    browsed.press(.enter)
    browsed.type("y")
    let texts = browsed.requests.compactMap { if case .copy(let text) = $0 { text } else { nil } }
    #expect(texts.first == "evt_1")
    #expect(texts.last == browsed.state.list.items[1].value.description)
    var large = Browsed([["x": .string(String(repeating: "x", count: 80_000))]])
    large.type("y")
    #expect(large.requests.isEmpty)
    #expect(large.lines.last == "too long for the clipboard: save FILE writes it")
  }

  @Test("An action is asked for once, and its outcome is a line or a page")
  func acting() throws {
    var browsed = Browsed(Browsed.events(2))
    browsed.type("jr")
    guard case .perform(let action, let item, answer: nil)? = browsed.requests.first else {
      Issue.record("nothing is done")
      return
    }
    #expect(item["id"] == "evt_1")
    #expect(browsed.lines.last == "replay …")
    browsed.type("r")
    #expect(browsed.lines.last == "wait for what is under way")
    browsed.state.finish(action, .line("replay: evt_1 \u{1B}[31mdone"))
    #expect(browsed.lines.last == #"replay: evt_1 \e[31mdone"#)
    browsed.press(.down)
    #expect(browsed.lines.last?.hasPrefix("Enter details") == true)
    browsed.state.finish(action, .details(["valid": true]))
    #expect(browsed.lines[0] == "replay")
    #expect(browsed.lines[1] == "valid  true")
    browsed.press(.escape)
    #expect(browsed.state.pages.isEmpty)
    browsed.type("v")
    #expect(browsed.lines.last == "v does nothing here; ? lists the keys")
  }

  @Test("What an action must know is asked in the bottom line, with the last answer there already")
  func asking() {
    var browsed = Browsed(Browsed.events(1), columns: 40, rows: 10)
    browsed.type("d")
    #expect(browsed.lines.last == "URL to deliver to: localhost:3000")
    browsed.press(.backspace)
    browsed.type("1/q")
    #expect(BrowserFrame(browsed.state).cursor == 35)
    browsed.press(.enter)
    guard case .perform(let action, _, answer: "localhost:3001/q")? = browsed.requests.first else {
      Issue.record("not asked for: \(browsed.requests)")
      return
    }
    browsed.state.finish(action, .line("done"))
    browsed.type("d")
    browsed.press(.escape)
    #expect(browsed.state.input == nil)
    browsed.type("d")
    browsed.press(.control("u"), .enter)
    #expect(browsed.state.input != nil)
    #expect(browsed.requests.count == 1)
  }

  @Test("Pasted text is no keys")
  func pasting() {
    var browsed = Browsed(Browsed.events(3))
    browsed.press(.paste("jrq"))
    #expect(browsed.requests.isEmpty)
    #expect(selected(browsed) == "evt_0")
    browsed.type("/")
    browsed.press(.paste("evt\r_2"))
    #expect(selected(browsed) == "evt_2")
  }

  @Test("Ctrl-C, Ctrl-Z and q ask for what they stand for, also in the details; q is a letter in a filter")
  func leaving() {
    var browsed = Browsed(Browsed.events(3))
    browsed.press(.control("c"), .control("z"), .control("l"), .enter)
    browsed.type("q")
    browsed.press(.escape)
    browsed.type("/q")
    browsed.press(.control("c"))
    let names = browsed.requests.map { "\($0)" }
    #expect(names == ["interrupt", "stopJob", "redraw", "leave", "interrupt"])
    #expect(browsed.state.input?.text == "q")
  }

  @Test("A hundred thousand items are filtered, sorted and walked through")
  func many() {
    var browsed = Browsed(Browsed.events(100_000))
    browsed.press(.end)
    #expect(selected(browsed) == "evt_99999")
    browsed.type("/evt_9999")
    #expect(browsed.state.list.shown == [9999, 99990, 99991, 99992, 99993, 99994, 99995, 99996, 99997, 99998, 99999])
    browsed.press(.escape)
    browsed.state.source = .cut
    browsed.type("ss")
    #expect(selected(browsed) == "evt_99999")
    #expect(browsed.lines[0] == "1/100000 items  by id ↓  only the first 100000 are here")
  }
}
