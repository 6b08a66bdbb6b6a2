import Basics
import Interpreter
import LineEditor

/// What the terminal shows while a statement runs, and who has it. The console changes it, one thread at a time.
struct ConsoleScreen {
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
    /// Somebody shows something on the whole screen. What is written waits until it is given back.
    case taken(ScreenLoan)
    /// The same, while a question is asked.
    case lent(ScreenLoan)
  }

  private(set) var stage = Stage.between
  /// The number of the statement.
  private(set) var statement = 0
  /// Whether a pager was opened that nobody watches yet.
  private(set) var hasUnwatchedPager = false
  /// Whether the cursor stands behind a text, such as a question.
  var isLineBegun = false
  /// How often something was written to the terminal.
  private(set) var writings = 0
  var progress = ConsoleProgress()
  private let output: any ByteSink
  private let errors: any ByteSink
  private let configuration: Console.Configuration
  private var held = ConsoleText()
  /// What the statement has on the screen, while a pager may still take it over.
  private var shown = ConsoleText()
  private var hasWarned = false
  /// What was written while the screen was taken.
  private var waiting: [(bytes: [UInt8], isResult: Bool)] = []
  private var waitingMessages = 0

  /// More messages, in bytes, do not wait.
  private static let mostWaiting = 1 << 20

  init(output: any ByteSink, errors: any ByteSink, _ configuration: Console.Configuration) {
    self.output = output
    self.errors = errors
    self.configuration = configuration
  }

  var isBetweenStatements: Bool { if case .between = stage { true } else { false } }
  var isPaged: Bool { if case .paged = stage { true } else { false } }
  /// Whether the person has left the pager.
  var isLeft: Bool { if case .left = stage { true } else { false } }

  // MARK: Results and messages

  mutating func writeResult(_ bytes: [UInt8]) throws(Interruption) {
    switch stage {
    case .between, .direct, .lent: try pass(bytes, to: output, isTerminal: configuration.isOutputTerminal)
    case .open:
      held.append(bytes, columns: configuration.size().columns)
      // The last row is the next prompt's.
      if held.rows + shown.rows >= configuration.size().rows { try openPager() }
    case .paged(let pager): try feed(pager, bytes)
    case .left: throw .outputClosed
    case .taken: waiting.append((bytes, isResult: true))
    }
  }

  mutating func writeMessage(_ bytes: [UInt8]) throws(Interruption) {
    guard configuration.isErrorTerminal else { return try errors.write(bytes) }
    switch stage {
    case .paged(let pager):
      // Beside a pager's text it would be drawn over.
      do { try feed(pager, bytes) } catch { try passMessage(bytes) }
    case .open:
      try showHeld()
      try passMessage(bytes)
      shown.append(bytes, columns: configuration.size().columns)
    case .between, .direct, .left, .lent: try passMessage(bytes)
    case .taken:
      guard waitingMessages < Self.mostWaiting else { return }
      waitingMessages += bytes.count
      waiting.append((bytes, isResult: false))
    }
  }

  /// Writes a message straight to the terminal.
  mutating func passMessage(_ bytes: [UInt8]) throws(Interruption) { try pass(bytes, to: errors, isTerminal: true) }

  private mutating func pass(_ bytes: [UInt8], to sink: any ByteSink, isTerminal: Bool) throws(Interruption) {
    guard isTerminal, let last = bytes.last else { return try sink.write(bytes) }
    eraseProgress()
    writings += 1
    try sink.write(bytes)
    isLineBegun = last != UInt8(ascii: "\n")
    progress.lastOutput = configuration.uptime()
  }

  private mutating func showHeld() throws(Interruption) {
    guard !held.isEmpty else { return }
    try pass(held.bytes, to: output, isTerminal: true)
    shown.append(held)
    held = ConsoleText()
  }

  private mutating func warn(_ text: String) {
    guard !hasWarned else { return }
    hasWarned = true
    try? pass(Array("mittr: \(text)\n".utf8), to: errors, isTerminal: configuration.isErrorTerminal)
  }

  // MARK: Statements

  mutating func beginStatement() {
    finishStatement()
    statement += 1
    stage = configuration.pager == nil ? .direct : .open
  }

  mutating func finishStatement() {
    settle()
    giveScreenBack()
    stage = .between
    shown = ConsoleText()
    isLineBegun = false
  }

  /// From here on the statement's results go straight to the terminal.
  mutating func settle() {
    switch stage {
    case .open:
      try? showHeld()
      stage = .direct
    case .paged(let pager): leave(pager)
    case .between, .direct, .left, .taken, .lent: break
    }
  }

  mutating func flush(before reason: FlushReason) throws(Interruption) {
    guard case .open = stage else { return }
    try showHeld()
    if reason == .waiting { stage = .direct }
  }

  /// The statement changes something: no pager may hold it up.
  mutating func beginChange() {
    if case .open = stage { settle() }
  }

  // MARK: The pager

  private mutating func openPager() throws(Interruption) {
    guard let command = configuration.pager, let pager = Pager(command) else {
      warn("cannot start the pager")
      stage = .direct
      return try showHeld()
    }
    eraseProgress()
    // The pager shows it all from the start.
    if shown.lineFeeds > 0, shown.lineFeeds < configuration.size().rows {
      try output.write(Array("\r\u{1B}[\(shown.lineFeeds)A\u{1B}[J".utf8))
    }
    stage = .paged(pager)
    hasUnwatchedPager = true
    let text = shown.bytes + held.bytes
    (shown, held) = (ConsoleText(), ConsoleText())
    try feed(pager, text)
  }

  private mutating func feed(_ pager: Pager, _ bytes: [UInt8]) throws(Interruption) {
    do throws(Interruption) {
      try pager.take(bytes)
    } catch {
      leave(pager)
      if isLeft { throw .outputClosed }
    }
  }

  /// The pager, when it was given more than it has taken yet.
  var pagerBehind: PagerWaiter? {
    if case .paged(let pager) = stage, pager.isBehind { pager.waiter } else { nil }
  }

  /// Gives the pager what it takes by now.
  /// - Returns: it, when it has not taken all.
  mutating func feedPager() throws(Interruption) -> PagerWaiter? {
    if isLeft { throw .outputClosed }
    guard case .paged(let pager) = stage else { return nil }
    try feed(pager, [])
    return pagerBehind
  }

  /// Says that nothing more comes.
  func closePager() -> PagerWaiter? {
    guard case .paged(let pager) = stage else { return nil }
    pager.close()
    return pager.waiter
  }

  /// - Returns: the number of the statement whose pager was opened and is not watched yet.
  mutating func takeUnwatchedStatement() -> Int? {
    defer { hasUnwatchedPager = false }
    return hasUnwatchedPager ? statement : nil
  }

  /// Notes that the pager has ended by itself.
  /// - Returns: whether it did, and the person left it.
  mutating func noteEndOfPager() -> Bool {
    guard case .paged(let pager) = stage, pager.hasEnded else { return false }
    leave(pager)
    return isLeft
  }

  /// Notes that the pager has ended, or waits for it. Without such a program the text is shown as it is.
  private mutating func leave(_ pager: Pager) {
    guard let text = pager.finish() else {
      stage = .left
      return
    }
    stage = .direct
    warn("the pager cannot be run; MITTR_PAGER or PAGER names one, and cat stands for none")
    try? pass(text, to: output, isTerminal: true)
  }

  // MARK: The whole screen

  var isTaken: Bool {
    switch stage {
    case .taken, .lent: true
    case .between, .open, .direct, .paged, .left: false
    }
  }

  mutating func takeScreen(_ loan: ScreenLoan) {
    settle()
    eraseProgress()
    stage = .taken(loan)
  }

  /// What was written meanwhile is shown.
  mutating func giveScreenBack() {
    guard isTaken else { return }
    stage = .direct
    for (bytes, isResult) in waiting {
      if isResult { try? pass(bytes, to: output, isTerminal: true) } else { try? passMessage(bytes) }
    }
    (waiting, waitingMessages) = ([], 0)
  }

  /// Lends the screen for a question, if somebody has taken it.
  mutating func lendScreen() -> ScreenLoan? {
    guard case .taken(let loan) = stage else { return nil }
    stage = .lent(loan)
    return loan
  }

  /// The question is over.
  mutating func endLoan() -> ScreenLoan? {
    guard case .lent(let loan) = stage else { return nil }
    stage = .taken(loan)
    return loan
  }

  // MARK: The progress line

  /// The line is the last one on the screen, and the cursor is behind it.
  mutating func drawProgress(_ text: String) {
    switch stage {
    case .paged, .left, .taken, .lent: return
    case .between, .open, .direct: break
    }
    guard !isLineBegun, held.isEmpty else { return }
    // One column is left free: in the last one the cursor waits where terminals disagree on.
    let line = DisplayWidth.fitted(text, width: configuration.size().columns - 1)
    try? errors.write(Array("\r\(line)\u{1B}[K".utf8))
    progress.isDrawn = true
  }

  mutating func eraseProgress() {
    guard progress.isDrawn else { return }
    progress.isDrawn = false
    try? errors.write(Array("\r\u{1B}[K".utf8))
  }
}
