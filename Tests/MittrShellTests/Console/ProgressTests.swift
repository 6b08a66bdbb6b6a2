import Interpreter
import LineEditor
import Synchronization
import TestSupport
import Testing

@testable import MittrShell

@Suite("Progress")
struct ProgressTests {
  /// A console whose time and drawing a test drives.
  private final class Bench: Sendable {
    let terminal: ScreenSink
    let console: Console
    let advance: @Sendable (Duration) -> Void
    let drawers: @Sendable () -> Int
    private let drawAll: @Sendable () -> Void

    init(columns: Int = 80, output: (any ByteSink)? = nil) {
      final class Hands: Sendable {
        let time = Mutex(Duration.zero)
        let draws = Mutex<[@Sendable () -> Bool]>([])
      }
      let hands = Hands()
      terminal = ScreenSink(columns: columns)
      var configuration = Console.Configuration()
      configuration.isOutputTerminal = output == nil
      configuration.isErrorTerminal = true
      configuration.showsProgress = true
      configuration.size = { TerminalSize(columns: columns, rows: 24) }
      configuration.uptime = { hands.time.withLock { $0 } }
      configuration.repeatedly = { draw in hands.draws.withLock { $0.append(draw) } }
      console = Console(output: output ?? terminal, errors: terminal, configuration)
      advance = { duration in hands.time.withLock { $0 += duration } }
      drawAll = {
        let draws = hands.draws.withLock { $0 }
        let open = draws.filter { $0() }
        hands.draws.withLock { $0 = open }
      }
      drawers = { hands.draws.withLock { $0.count } }
    }

    /// What happens ten times a second.
    func draw() {
      advance(.milliseconds(100))
      drawAll()
    }

    func result(_ text: String) throws { try console.writeResult(Array(text.utf8)) }
    func message(_ text: String) throws { try console.writeMessage(Array(text.utf8)) }
  }

  private static func work(_ done: Int, total: Int? = nil) -> WorkProgress {
    var work = WorkProgress(verb: "replay")
    work.done = done
    work.total = total
    return work
  }

  @Test("It never mixes with data or messages, and nothing of it remains")
  func neverMixes() throws {
    let bench = Bench()
    for number in 1...10 {
      bench.console.show(Self.work(number))
      bench.draw()
      #expect(bench.terminal.screen.currentLine == "replay: \(number) done")
      if number % 2 == 0 { try bench.result("row \(number)\n") }
      if number % 5 == 0 { try bench.message("message \(number)\n") }
    }
    bench.draw()
    #expect(bench.terminal.screen.lines.last == "replay: 10 done")
    bench.console.clear()
    let rows = ["row 2", "row 4", "message 5", "row 6", "row 8", "row 10", "message 10"]
    #expect(bench.terminal.screen.allLines == rows)
    #expect(bench.terminal.screen.cursor == (rows.count, 0))
    #expect(bench.terminal.screen.unknown.isEmpty)
    bench.draw()
    #expect(bench.drawers() == 0, "nobody draws any more")
    #expect(bench.terminal.screen.allLines == rows)
  }

  @Test("Where results go to a pipe, the line stands alone on the terminal and the data is whole")
  func pipe() throws {
    let pipe = MemorySink()
    let bench = Bench(output: pipe)
    for number in 1...3 {
      bench.console.show(Self.work(number, total: 3))
      bench.draw()
      try bench.result("row \(number)\n")
      #expect(bench.terminal.screen.lines == ["replay: \(number) of 3 done"])
    }
    bench.console.clear()
    #expect(bench.terminal.screen.allLines.isEmpty)
    #expect(pipe.text == "row 1\nrow 2\nrow 3\n")
  }

  @Test("Showing is cheap: a million items draw no more than there is time for, and quick work draws nothing")
  func cheap() {
    let bench = Bench()
    for number in 1...100_000 { bench.console.show(Self.work(number)) }
    #expect(bench.terminal.writes == 0)
    #expect(bench.drawers() == 1)
    bench.draw()
    #expect(bench.terminal.writes == 1)
    #expect(bench.terminal.screen.lines == ["replay: 100,000 done"])
    bench.console.clear()
    bench.console.show(Self.work(1))
    bench.console.clear()
    #expect(bench.terminal.screen.lines.isEmpty)
  }

  @Test("It is not drawn behind a text that has no end yet, such as a question")
  func question() throws {
    let bench = Bench()
    bench.console.show(Self.work(1))
    bench.draw()
    try bench.message("go on? [y/N] ")
    bench.draw()
    #expect(bench.terminal.screen.lines == ["go on? [y/N]"])
    try bench.message("yes\n")
    bench.draw()
    #expect(bench.terminal.screen.lines == ["go on? [y/N] yes", "replay: 1 done"])
  }

  @Test("It fits the window, and what it is told is escaped")
  func fitting() {
    let bench = Bench(columns: 20)
    var work = WorkProgress(verb: "replay\u{1B}[2J\u{202E}")
    work.done = 1_234_567
    bench.console.show(work)
    bench.draw()
    #expect(bench.terminal.screen.lines == [#"replay\e[2J\u{202e…"#])
    #expect(bench.terminal.screen.unknown.isEmpty)
  }

  @Test("The wait that a server asked for counts down")
  func waiting() {
    let bench = Bench()
    var work = Self.work(5)
    work.waiting = .seconds(12)
    bench.console.show(work)
    bench.advance(.seconds(2))
    bench.draw()
    #expect(
      bench.terminal.screen.lines == ["replay: 5 done, waiting 10 s as the server asked (Retry-After)"])
    bench.advance(.seconds(20))
    bench.draw()
    #expect(bench.terminal.screen.lines == ["replay: 5 done"])
  }

  @Test("Reading is told while no work is, and no rows come")
  func reading() throws {
    let bench = Bench()
    bench.advance(.seconds(5))
    bench.console.showReading("events list", 12_000)
    bench.draw()
    #expect(bench.terminal.screen.lines == ["events list: 12,000 read"])
    try bench.result("row\n")
    bench.draw()
    #expect(bench.terminal.screen.lines == ["row"])
    bench.console.show(Self.work(3))
    bench.draw()
    #expect(bench.terminal.screen.lines == ["row", "replay: 3 done"])
    bench.console.showReading("events list", nil)
    bench.draw()
    #expect(bench.terminal.screen.lines == ["row", "replay: 3 done"])
    bench.console.clear()
    #expect(bench.terminal.screen.lines == ["row"])
  }

  @Test("Notices stand on lines of their own while a statement runs, escaped, and go elsewhere otherwise")
  func notices() throws {
    let bench = Bench()
    let between = Mutex<[String]>([])
    func notify(_ text: String) { bench.console.notify(text) { text in between.withLock { $0.append(text) } } }
    notify("one")
    bench.console.beginStatement()
    bench.console.show(Self.work(1))
    bench.draw()
    notify("two\u{1B}[2J")
    bench.draw()
    try bench.message("sure? ")
    notify("three")
    #expect(bench.terminal.screen.lines == [#"two\e[2J"#, "sure?"])
    try bench.message("\n")
    _ = bench.console.endStatement()
    notify("four")
    bench.console.clear()
    #expect(bench.terminal.screen.lines == [#"two\e[2J"#, "sure?", "three"])
    #expect(between.withLock { $0 } == ["one", "four"])
  }

  @Test("Of too many notices the oldest are counted, and the newest shown")
  func manyNotices() throws {
    let bench = Bench()
    bench.console.beginStatement()
    try bench.message("sure? ")
    for number in 1...1003 { bench.console.notify("notice \(number)") { _ in } }
    try bench.message("\n")
    #expect(bench.terminal.screen.allLines.prefix(3) == ["sure?", "… 3 earlier messages", "notice 4"])
    #expect(bench.terminal.screen.allLines.last == "notice 1003")
    #expect(bench.terminal.screen.allLines.count == 1002)
  }

  @Test("Drawing never waits for whoever has the terminal, and goes on afterwards")
  func busy() {
    let bench = Bench()
    bench.console.show(Self.work(1))
    bench.console.locked { _ in bench.draw() }
    #expect(bench.terminal.screen.lines.isEmpty)
    bench.draw()
    #expect(bench.terminal.screen.lines == ["replay: 1 done"])
  }

  @Test("A process that ends at once leaves no line behind, nor does it wait to do so")
  func leaving() {
    let bench = Bench()
    bench.console.show(Self.work(1))
    bench.draw()
    bench.console.locked { _ in bench.console.leaveScreen() }
    #expect(bench.terminal.screen.lines == ["replay: 1 done"])
    bench.console.leaveScreen()
    bench.draw()
    #expect(bench.terminal.screen.lines.isEmpty)
  }

  @Test(
    "The line says what is known",
    arguments: [
      (1204, 3, 4000, 45.2, "replay: 1,204 of 4,000 done, 3 failed, 45/s, about 1m left"),
      (1204, 0, nil, 45.2, "replay: 1,204 done, 45/s"), (0, 0, nil, nil, "replay: 0 done"),
      (10, 0, 100, 2.55, "replay: 10 of 100 done, 2.5/s, about 36s left"),
      (10, 0, 100, 0.1, "replay: 10 of 100 done, 6/min, about 15m left"),
      (1, 0, 100_000, 1, "replay: 1 of 100,000 done, 1.0/s, about 27h 46m left"),
      (1, 0, 10, Double.infinity, "replay: 1 of 10 done"), (1, 0, 10, Double.nan, "replay: 1 of 10 done"),
    ] as [(Int, Int, Int?, Double?, String)])
  func texts(done: Int, failed: Int, total: Int?, rate: Double?, text: String) {
    var work = Self.work(done, total: total)
    work.failed = failed
    work.rate = rate
    #expect(ProgressText.line(work, waiting: nil) == text)
  }
}
