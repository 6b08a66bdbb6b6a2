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
final class Console: @unchecked Sendable {
  /// What is known of the terminal.
  struct Surroundings {
    var isOutputTerminal = false
    var isErrorTerminal = false
    /// Whether work is to show how far it has come; a terminal that cannot move its cursor cannot.
    var showsProgress = false
    /// Nil where none is wanted.
    var pager: PagerCommand?
    var size: () -> TerminalSize = { TerminalSize(columns: 80, rows: 24) }
    var uptime: () -> Duration = SessionClock.systemUptime
    /// Calls a closure, on any thread, again and again while it says so; after half a second first, then ten times a
    /// second.
    var repeatedly: (@escaping @Sendable () -> Bool) -> Void = Console.repeatedly
    /// Cancels the statement that runs.
    var cancel: @Sendable () -> Void = {}
  }

  enum Stage {
    /// No statement runs. Everything goes straight through.
    case between
    /// It is not known yet whether there will be a pager.
    case open
    /// There will be none any more.
    case direct
    case paged(Pager)
    /// The person has left the pager: nobody reads the rest.
    case left
  }

  let surroundings: Surroundings
  let output: any ByteSink
  let errors: any ByteSink

  // All that follows is touched with the lock alone.
  private let lock = Mutex(())
  private(set) var stage = Stage.between
  private var statement = 0
  private var held = ConsoleText()
  /// What the statement has on the screen, while a pager may still take it over.
  private var shown = ConsoleText()
  /// Whether the cursor stands behind a text, such as a question.
  private var isLineBegun = false
  private var hasWarned = false
  var progress = ConsoleProgress()

  private let notices = ConsoleNotices()

  init(output: any ByteSink, errors: any ByteSink, _ surroundings: Surroundings) {
    self.output = output
    self.errors = errors
    self.surroundings = surroundings
  }

  /// Does something nobody else may do meanwhile.
  func locked<Result, Thrown>(_ body: () throws(Thrown) -> Result) throws(Thrown) -> Result {
    defer { putOutNotices() }
    return try lock.withLock { _ throws(Thrown) in
      nonisolated(unsafe) let result = try body()
      return result
    }
  }

  /// Does it now or, when somebody else is at it, not at all.
  /// - Returns: nil when it was not done.
  func lockedIfFree<Result: Sendable>(_ body: () -> Result) -> Result? {
    defer { putOutNotices() }
    return lock.withLockIfAvailable { _ in body() }
  }

  // MARK: Results and messages

  func writeResult(_ bytes: [UInt8]) throws(Interruption) {
    let pager = try locked { () throws(Interruption) -> Pager? in
      switch stage {
      case .between, .direct: try pass(bytes, to: output, isTerminal: surroundings.isOutputTerminal)
      case .open:
        held.append(bytes, columns: surroundings.size().columns)
        // The last row is the next prompt's.
        if held.rows + shown.rows >= surroundings.size().rows { try openPager() }
      case .paged(let pager): try feed(pager, bytes)
      case .left: throw .outputClosed
      }
      return pagerBehind
    }
    try wait(for: pager)
  }

  func writeMessage(_ bytes: [UInt8]) throws(Interruption) {
    let pager = try locked { () throws(Interruption) -> Pager? in
      try message(bytes)
      return pagerBehind
    }
    guard pager != nil else { return }
    do throws(Interruption) {
      try wait(for: pager)
    } catch {
      try locked { () throws(Interruption) in try pass(bytes, to: errors, isTerminal: true) }
    }
  }

  private func message(_ bytes: [UInt8]) throws(Interruption) {
    guard surroundings.isErrorTerminal else { return try errors.write(bytes) }
    switch stage {
    case .paged(let pager):
      // Beside a pager's text it would be drawn over.
      do { try feed(pager, bytes) } catch { try pass(bytes, to: errors, isTerminal: true) }
    case .open:
      try showHeld()
      try pass(bytes, to: errors, isTerminal: true)
      shown.append(bytes, columns: surroundings.size().columns)
    case .between, .direct, .left: try pass(bytes, to: errors, isTerminal: true)
    }
  }

  private func pass(_ bytes: [UInt8], to sink: any ByteSink, isTerminal: Bool) throws(Interruption) {
    guard isTerminal, let last = bytes.last else { return try sink.write(bytes) }
    eraseProgress()
    try sink.write(bytes)
    isLineBegun = last != UInt8(ascii: "\n")
    progress.lastOutput = surroundings.uptime()
  }

  private func showHeld() throws(Interruption) {
    guard !held.isEmpty else { return }
    try pass(held.bytes, to: output, isTerminal: true)
    shown.append(held)
    held = ConsoleText()
  }

  // MARK: Statements

  func beginStatement() {
    waitForPager()
    locked {
      finish()
      statement += 1
      stage = surroundings.pager == nil ? .direct : .open
    }
  }

  /// - Returns: whether the statement's reader was a pager, which the next one gets anew.
  func endStatement() -> Bool {
    waitForPager()
    return locked {
      let hasLeft = if case .left = stage { true } else { false }
      finish()
      return hasLeft
    }
  }

  private func finish() {
    settle()
    stage = .between
    shown = ConsoleText()
    isLineBegun = false
  }

  /// From here on the statement's results go straight to the terminal.
  private func settle() {
    switch stage {
    case .open:
      try? showHeld()
      stage = .direct
    case .paged(let pager): leave(pager)
    case .between, .direct, .left: break
    }
  }

  func flush(before lull: Lull) throws(Interruption) {
    try locked { () throws(Interruption) in
      guard case .open = stage else { return }
      try showHeld()
      if lull == .waiting { stage = .direct }
    }
  }

  /// The statement changes something, and must not wait for somebody who reads.
  func beginChange() {
    locked { if case .open = stage { settle() } }
  }

  /// Asks on the terminal itself, with nothing around it.
  func ask(_ question: String) async -> Bool {
    beginQuestion()
    locked { isLineBegun = true }
    let answer = await Host.ask(question, errors: errors)
    locked { isLineBegun = false }
    return answer
  }

  /// Whoever asks wants the terminal as it is, and no pager over the answer to come.
  func beginQuestion() {
    waitForPager()
    locked {
      settle()
      eraseProgress()
    }
  }

  // MARK: The pager

  private func openPager() throws(Interruption) {
    guard let command = surroundings.pager, let pager = Pager(command) else {
      warn("cannot start the pager")
      stage = .direct
      return try showHeld()
    }
    eraseProgress()
    // The pager shows it all from the start.
    if shown.lineFeeds > 0, shown.lineFeeds < surroundings.size().rows {
      try output.write(Array("\r\u{1B}[\(shown.lineFeeds)A\u{1B}[J".utf8))
    }
    stage = .paged(pager)
    let text = shown.bytes + held.bytes
    (shown, held) = (ConsoleText(), ConsoleText())
    watch(pager)
    try feed(pager, text)
  }

  private func feed(_ pager: Pager, _ bytes: [UInt8]) throws(Interruption) {
    do throws(Interruption) {
      try pager.take(bytes)
    } catch {
      leave(pager)
      if case .left = stage { throw .outputClosed }
    }
  }

  private var pagerBehind: Pager? {
    if case .paged(let pager) = stage, pager.isBehind { pager } else { nil }
  }

  /// Waits until the person has read so far that the pager takes the rest. The statement's own thread waits, and without
  /// the lock: whatever else goes on beside the statement goes on.
  private func wait(for pager: Pager?) throws(Interruption) {
    var pager = pager
    while let behind = pager {
      behind.waitForRoom()
      pager = try locked { () throws(Interruption) -> Pager? in
        if case .left = stage { throw .outputClosed }
        guard case .paged(let pager) = stage else { return nil }
        try feed(pager, [])
        return pagerBehind
      }
    }
  }

  /// Waits, without the lock, until the person has left the pager that has got everything.
  private func waitForPager() {
    let pager = locked { () -> Pager? in
      guard case .paged(let pager) = stage else { return nil }
      pager.close()
      return pager
    }
    pager?.waitForEnd()
  }

  /// Notes that the pager has ended, or waits for it. Without such a program the text is shown as it is.
  private func leave(_ pager: Pager) {
    guard let text = pager.finish() else {
      stage = .left
      return
    }
    stage = .direct
    warn("the pager cannot be run; MITTR_PAGER or PAGER names one, and cat stands for none")
    try? pass(text, to: output, isTerminal: true)
  }

  private func warn(_ text: String) {
    guard !hasWarned else { return }
    hasWarned = true
    try? pass(Array("mittr: \(text)\n".utf8), to: errors, isTerminal: surroundings.isErrorTerminal)
  }

  /// Who leaves the pager while the statement works on something that yields nothing for long does not want to wait for
  /// it.
  private func watch(_ pager: Pager) {
    let statement = statement
    Task { [weak self] in
      while true {
        try? await Task.sleep(for: .milliseconds(50))
        guard let self, self.isPaged(statement) else { return }
        guard self.notesEndOfPager() else { continue }
        // The next row would find nobody who reads it. That is the quieter way.
        try? await Task.sleep(for: .milliseconds(200))
        if self.isLeft(statement) { self.surroundings.cancel() }
        return
      }
    }
  }

  private func isPaged(_ number: Int) -> Bool {
    // Whoever has the lock is still with it.
    lock.withLockIfAvailable { _ in if case .paged = stage, statement == number { true } else { false } } ?? true
  }

  private func isLeft(_ number: Int) -> Bool {
    lock.withLockIfAvailable { _ in if case .left = stage, statement == number { true } else { false } } ?? false
  }

  private func notesEndOfPager() -> Bool {
    lock.withLockIfAvailable { _ in
      guard case .paged(let pager) = stage, pager.hasEnded else { return false }
      leave(pager)
      return if case .left = stage { true } else { false }
    } ?? false
  }

  // MARK: Notices

  /// Shows something that happened beside the statement that runs. From any thread.
  /// - Parameter otherwise: shows it while no statement runs.
  func notify(_ text: String, otherwise: @escaping @Sendable (String) -> Void) {
    notices.add(ConsoleNotices.Notice(text: text, otherwise: otherwise))
    putOutNotices()
  }

  /// Whoever has the lock now looks again once it is free.
  private func putOutNotices() {
    while !notices.isEmpty {
      let isDone = lock.withLockIfAvailable { _ in
        switch stage {
        case .paged: return true
        case .open, .direct, .left: if isLineBegun { return true }
        case .between: break
        }
        for notice in notices.taken() {
          if case .between = stage {
            notice.otherwise(notice.text)
          } else {
            try? message(Array((SafeText.escapedLines(notice.text) + "\n").utf8))
          }
        }
        return false
      }
      if isDone != false { return }
    }
  }

  // MARK: The progress line

  /// The process ends: nothing that would be gone with a clear end is left on the screen. From any thread; it does not
  /// wait.
  func leaveScreen() {
    _ = lock.withLockIfAvailable { _ in
      progress.drawer += 1
      eraseProgress()
    }
  }

  /// The line is the last one on the screen, and the cursor is behind it.
  func drawProgress(_ text: String) {
    switch stage {
    case .paged, .left: return
    case .between, .open, .direct: break
    }
    guard !isLineBegun, held.isEmpty else { return }
    // One column is left free: in the last one the cursor waits where terminals disagree on.
    let line = DisplayWidth.fitted(text, width: surroundings.size().columns - 1)
    try? errors.write(Array("\r\(line)\u{1B}[K".utf8))
    progress.isDrawn = true
  }

  func eraseProgress() {
    guard progress.isDrawn else { return }
    progress.isDrawn = false
    try? errors.write(Array("\r\u{1B}[K".utf8))
  }
}
