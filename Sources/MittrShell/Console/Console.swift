import Basics
import Interpreter
import LineEditor
import Synchronization

/// The terminal, while commands run: the one place that everybody who writes to it goes through, so that results,
/// messages, notices, the progress line and the pager never stand in each other's way.
///
/// In an interactive shell the first screen of a statement's result is held back until something slow follows or the
/// statement ends. When there is more than a screen of it, a pager takes over, with what was shown so far; but not when
/// the statement waits for things to happen, asks a question, or changes anything: a pager would hold that up.
final class Console: Sendable {
  /// What is known of the terminal.
  struct Configuration: Sendable {
    var isOutputTerminal = false
    var isErrorTerminal = false
    /// Whether work is to show how far it has come; a terminal that cannot move its cursor cannot.
    var showsProgress = false
    /// Whether results can be drawn over.
    var drawsInPlace = false
    /// Nil where none is wanted.
    var pager: PagerCommand?
    var size: @Sendable () -> TerminalSize = { TerminalSize(columns: 80, rows: 24) }
    var uptime: @Sendable () -> Duration = { SessionClock.systemUptime() }
    /// Calls a closure, on any thread, again and again while it says so; after half a second first, then ten times a
    /// second.
    var repeatedly: @Sendable (@escaping @Sendable () -> Bool) -> Void = { Console.repeatedly($0) }
    /// Cancels the statement that runs.
    var cancel: @Sendable () -> Void = {}
  }

  let configuration: Configuration
  /// Gets to know what is written; set before anybody writes.
  let transcript = Mutex<Transcript?>(nil)
  private let errors: any ByteSink
  private let screen: Mutex<ConsoleScreen>
  private let notices = ConsoleNotices()

  init(output: any ByteSink, errors: any ByteSink, _ configuration: Configuration) {
    self.errors = errors
    self.configuration = configuration
    screen = Mutex(ConsoleScreen(output: output, errors: errors, configuration))
  }

  /// Does something nobody else may do meanwhile.
  func locked<Result: Sendable, Thrown>(
    _ body: @Sendable (inout ConsoleScreen) throws(Thrown) -> Result
  ) throws(Thrown) -> Result {
    defer { putOutNotices() }
    return try screen.withLock { screen throws(Thrown) in try body(&screen) }
  }

  /// Does it now or, when somebody else is at it, not at all.
  /// - Returns: nil when it was not done.
  func lockedIfFree<Result: Sendable>(_ body: @Sendable (inout ConsoleScreen) -> Result) -> Result? {
    defer { putOutNotices() }
    return screen.withLockIfAvailable { body(&$0) }
  }

  // MARK: Results and messages

  func writeResult(_ bytes: [UInt8]) throws(Interruption) {
    let (behind, unwatched) = try locked { screen throws(Interruption) in
      try screen.writeResult(bytes)
      return (screen.pagerBehind, screen.takeUnwatchedStatement())
    }
    if let unwatched { watchPager(of: unwatched) }
    try wait(for: behind)
  }

  func writeMessage(_ bytes: [UInt8]) throws(Interruption) {
    let behind = try locked { screen throws(Interruption) in
      try screen.writeMessage(bytes)
      return screen.pagerBehind
    }
    guard behind != nil else { return }
    do throws(Interruption) {
      try wait(for: behind)
    } catch {
      try locked { screen throws(Interruption) in try screen.passMessage(bytes) }
    }
  }

  // MARK: Statements

  func beginStatement() {
    waitForPager()
    locked { $0.beginStatement() }
  }

  /// - Returns: whether the statement's reader was a pager, which the next one gets anew.
  func endStatement() -> Bool {
    waitForPager()
    return locked { screen in
      let hasLeft = screen.isLeft
      screen.finishStatement()
      return hasLeft
    }
  }

  func flush(before reason: FlushReason) throws(Interruption) {
    try locked { screen throws(Interruption) in try screen.flush(before: reason) }
  }

  /// The statement changes something, and must not wait for somebody who reads.
  func beginChange() { locked { $0.beginChange() } }

  /// Asks on the terminal itself, with nothing around it.
  func ask(_ question: String) async -> Bool {
    beginQuestion()
    defer { endQuestion() }
    locked { $0.isLineBegun = true }
    let answer = await Host.ask(question, errors: errors)
    locked { $0.isLineBegun = false }
    return answer
  }

  /// A question needs the terminal as it is, without a pager over the answer. `endQuestion` is called then.
  func beginQuestion() {
    waitForPager()
    let loan = locked { screen in
      screen.settle()
      screen.eraseProgress()
      return screen.lendScreen()
    }
    loan?.giveBack()
  }

  func endQuestion() {
    let loan = locked { $0.endLoan() }
    loan?.takeAgain()
  }

  // MARK: The whole screen

  /// From now on somebody shows something on the whole screen, and all that is written waits.
  /// - Parameter loan: lets a question have it meanwhile.
  func takeScreen(_ loan: ScreenLoan) {
    waitForPager()
    locked { $0.takeScreen(loan) }
  }

  /// The screen is as it was before. Of the notices that came meanwhile only the last ones are told.
  func giveScreenBack() {
    notices.trim(to: 5)
    locked { $0.giveScreenBack() }
  }

  // MARK: The pager

  /// Waits until the person has read so far that the pager takes the rest. The statement's own thread waits, and without
  /// the lock: whatever else goes on beside the statement goes on.
  private func wait(for pager: PagerWaiter?) throws(Interruption) {
    var pager = pager
    while let behind = pager {
      behind.waitForRoom()
      pager = try locked { screen throws(Interruption) in try screen.feedPager() }
    }
  }

  /// Waits, without the lock, until the person has left the pager that has got everything.
  private func waitForPager() {
    let pager = locked { $0.closePager() }
    pager?.waitForEnd()
  }

  /// Who leaves the pager while the statement works on something that yields nothing for long does not want to wait for
  /// it.
  private func watchPager(of statement: Int) {
    Task { [weak self] in
      while true {
        try? await Task.sleep(for: .milliseconds(50))
        // Whoever has the lock is still with it.
        guard let self, self.ifFree({ $0.isPaged && $0.statement == statement }) ?? true else { return }
        guard self.ifFree({ $0.noteEndOfPager() }) ?? false else { continue }
        // The next row would find nobody who reads it. That is the quieter way.
        try? await Task.sleep(for: .milliseconds(200))
        if self.ifFree({ $0.isLeft && $0.statement == statement }) ?? false { self.configuration.cancel() }
        return
      }
    }
  }

  // MARK: Notices

  /// Shows something that happened beside the statement that runs. From any thread.
  /// - Parameter otherwise: shows it while no statement runs.
  func notify(_ text: String, otherwise: @escaping @Sendable (String) -> Void) {
    notices.add(ConsoleNotices.Notice(text: text, otherwise: otherwise))
    putOutNotices()
  }

  /// The holder of the lock looks again before releasing it.
  private func putOutNotices() {
    while !notices.isEmpty {
      let isDone = ifFree { [notices] screen in
        if screen.isPaged || screen.isTaken || !screen.isBetweenStatements && screen.isLineBegun { return true }
        for notice in notices.taken() {
          if screen.isBetweenStatements {
            notice.otherwise(notice.text)
          } else {
            try? screen.writeMessage(Array((SafeText.escapedLines(notice.text) + "\n").utf8))
          }
        }
        return false
      }
      if isDone != false { return }
    }
  }

  /// `lockedIfFree` without a look at the notices.
  private func ifFree<Result: Sendable>(_ body: @Sendable (inout ConsoleScreen) -> Result) -> Result? {
    screen.withLockIfAvailable { body(&$0) }
  }

  /// The process ends: nothing that would be gone with a clear end is left on the screen. From any thread; it does not
  /// wait.
  func leaveScreen() {
    _ = ifFree { screen in
      screen.progress.drawer += 1
      screen.eraseProgress()
    }
  }
}
