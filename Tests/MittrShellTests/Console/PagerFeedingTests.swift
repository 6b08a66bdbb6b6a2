import Basics
import Interpreter
import LineEditor
import Synchronization
import TestSupport
import Testing

@testable import MittrShell

@Suite("Beside an open pager", .timeLimit(.minutes(1)))
struct PagerFeedingTests {
  /// More than a pipe holds.
  private static let rows = (1...4000).map { "row \($0) " + String(repeating: "-", count: 60) + "\n" }

  @Test("whoever reads the first page holds up the statement alone, and gets all of it")
  func reading() async throws {
    let folder = try TemporaryFolder()
    let (gate, read) = (folder.path + "/gate", folder.path + "/read")
    try #require(mkfifo(gate, 0o600) == 0)
    let terminal = ScreenSink()
    var configuration = Console.Configuration()
    configuration.isOutputTerminal = true
    configuration.isErrorTerminal = true
    configuration.pager = PagerCommand([
      "TERM": "xterm", "PATH": "/usr/bin:/bin", "PAGER": "cat '\(gate)' && cat >'\(read)'",
    ])
    configuration.size = { TerminalSize(columns: 80, rows: 24) }
    let console = Console(output: terminal, errors: terminal, configuration)
    let statement = Task {
      try await BlockingWork.run { (_) throws(Interruption) in
        console.beginStatement()
        for row in Self.rows { try console.writeResult(Array(row.utf8)) }
        try console.writeMessage(Array("a message\n".utf8))
        _ = console.endStatement()
      }
    }
    // The statement waits while the lock is free: otherwise this would wait too.
    while !Self.isBehind(console) { try await Task.sleep(for: .milliseconds(5)) }
    let notices = Notices()
    console.notify("late") { notices.add($0) }
    console.beginChange()
    #expect(notices.all.isEmpty)
    let descriptor = open(gate, O_WRONLY)
    close(descriptor)
    try await statement.value
    #expect(TemporaryFolder.read(read) == Self.rows.joined() + "a message\n")
    #expect(notices.all == ["late"])
  }

  private static func isBehind(_ console: Console) -> Bool {
    console.locked { $0.pagerBehind != nil }
  }

  private final class Notices: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
  }
}
