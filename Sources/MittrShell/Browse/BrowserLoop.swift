import Basics
import Interpreter
import LineEditor
import OrderedJSON

/// The thread that has the screen: takes keys, items and signals, and draws, until the person leaves.
struct BrowserLoop {
  /// Why it ended.
  enum ExitReason: Sendable {
    case left
    case interrupted
    case failed(Interruption)
  }

  struct Configuration: Sendable {
    let screen: FullScreen
    var size: @Sendable () -> TerminalSize
    /// Seconds since 1970.
    var now: @Sendable () -> Double
    /// Interrupts the statement as Ctrl-C does elsewhere.
    var interrupt: @Sendable () -> Void
    var input = STDIN_FILENO
  }

  var state: BrowserState
  let events: BrowserEvents
  let configuration: Configuration
  private(set) var action: Task<Void, Never>?
  private var decoder = KeyDecoder()
  private var writer = FrameWriter()
  private var needsDrawing = true
  private var lastDrawing = ContinuousClock.now - .seconds(1)

  /// What fails or asks at once does not make the screen flicker.
  private static let patience = Duration.milliseconds(200)
  /// Behind an Escape that is a key by itself nothing comes for so long.
  private static let escapePause = Duration.milliseconds(40)
  /// Items that pour in are drawn so often.
  private static let drawingPause = Duration.milliseconds(30)
  /// How long ago something was is told anew so often.
  private static let tick = Duration.seconds(1)

  init(_ state: BrowserState, _ events: BrowserEvents, _ configuration: Configuration) {
    self.state = state
    self.events = events
    self.configuration = configuration
  }

  mutating func run() -> ExitReason {
    if let reason = waitForBeginning() { return reason }
    let signals = TerminalSignals(into: events.writeEnd)
    configuration.screen.enter()
    defer {
      configuration.screen.leave()
      signals.restore()
    }
    state.resize(configuration.size())
    while true {
      draw()
      let (hasKeys, hasEvents) = wait(for: timeout, keys: configuration.screen.isHere)
      if hasEvents, let reason = takeEvents() { return reason }
      if hasKeys, let reason = takeKeys() { return reason }
      if !hasKeys, decoder.isWaiting, let reason = take(decoder.pause()) { return reason }
      if !hasKeys, !hasEvents { needsDrawing = true }
    }
  }

  /// Until there is something to show, or it takes long.
  private mutating func waitForBeginning() -> ExitReason? {
    let deadline = ContinuousClock.now + Self.patience
    while state.list.items.isEmpty, case .reading = state.source {
      let left = deadline - .now
      guard left > .zero else { return nil }
      if wait(for: left, keys: false).events, let reason = takeEvents() { return reason }
    }
    return nil
  }

  private var timeout: Duration {
    if decoder.isWaiting { return Self.escapePause }
    return needsDrawing ? Self.drawingPause : Self.tick
  }

  private func wait(for timeout: Duration, keys: Bool) -> (keys: Bool, events: Bool) {
    var descriptors = [pollfd(fd: events.readEnd, events: Int16(POLLIN), revents: 0)]
    if keys { descriptors.append(pollfd(fd: configuration.input, events: Int16(POLLIN), revents: 0)) }
    let milliseconds = Int32(clamping: Int((timeout / .milliseconds(1)).rounded(.up)))
    guard poll(&descriptors, nfds_t(descriptors.count), milliseconds) > 0 else { return (false, false) }
    return (descriptors.count > 1 && descriptors[1].revents != 0, descriptors[0].revents != 0)
  }

  // MARK: Drawing

  private mutating func draw() {
    guard needsDrawing, configuration.screen.isHere else { return }
    let now = ContinuousClock.now
    guard now - lastDrawing >= Self.drawingPause else { return }
    lastDrawing = now
    needsDrawing = false
    state.setTime(configuration.now())
    configuration.screen.write(writer.bytes(of: BrowserFrame(state)))
  }

  private mutating func drawAnew() {
    writer.forget()
    state.resize(configuration.size())
    (needsDrawing, lastDrawing) = (true, .now - Self.tick)
  }

  // MARK: Events

  private mutating func takeEvents() -> ExitReason? {
    for signal in events.signals() { take(signal: signal) }
    let batch = events.taken()
    needsDrawing = true
    state.append(batch.items)
    if batch.isRedrawn { drawAnew() }
    if let (action, outcome) = batch.outcome {
      if action.takesTerminal, configuration.screen.takeBack() { drawAnew() }
      state.finish(action, outcome)
      self.action = nil
    }
    if batch.isInterrupted { return .interrupted }
    switch batch.end {
    case nil: break
    case .whole: state.source = .ended
    case .cut: state.source = .cut
    case .failed(let interruption): return .failed(interruption)
    }
    return nil
  }

  private mutating func take(signal: Int32) {
    switch signal {
    case SIGTSTP: stopJob(wholeGroup: false)
    case SIGTERM, SIGHUP:
      configuration.screen.leave()
      TerminalSignals.end(by: signal)
    case SIGCONT:
      // Others may have had the terminal while the process was stopped.
      configuration.screen.renew()
      drawAnew()
    default: drawAnew()
    }
  }

  private mutating func stopJob(wholeGroup: Bool) {
    guard configuration.screen.isHere else { return TerminalSignals.stopJob(wholeGroup: wholeGroup) }
    configuration.screen.leave()
    TerminalSignals.stopJob(wholeGroup: wholeGroup)
    configuration.screen.enter()
    drawAnew()
  }

  // MARK: Keys

  /// Byte by byte: what comes behind the key that leaves is for the next reader.
  private mutating func takeKeys() -> ExitReason? {
    var byte: UInt8 = 0
    repeat {
      let count = read(configuration.input, &byte, 1)
      if count < 0, errno == EINTR || errno == EAGAIN { return nil }
      // The terminal is gone.
      guard count > 0 else { return .interrupted }
      if let reason = take(decoder.take(CollectionOfOne(byte))) { return reason }
    } while configuration.screen.isHere && wait(for: .zero, keys: true).keys
    return nil
  }

  private mutating func take(_ keys: [Key]) -> ExitReason? {
    for key in keys {
      (needsDrawing, lastDrawing) = (true, .now - Self.tick)
      switch state.take(key) {
      case nil: break
      case .leave: return .left
      case .interrupt: configuration.interrupt()
      case .stopJob: stopJob(wholeGroup: true)
      case .redraw: drawAnew()
      case .copy(let text):
        if let sequence = SystemClipboard.sequence(text) {
          configuration.screen.write(Array(sequence.utf8))
        } else {
          state.message = "not copied: \(text.utf8.count) bytes are more than a terminal takes"
        }
      case .perform(let action, let record, let answer): perform(action, record, answer)
      }
    }
    return nil
  }

  private mutating func perform(_ action: RecordAction, _ record: JSONValue, _ answer: String?) {
    if action.takesTerminal { configuration.screen.lend() }
    let (perform, events) = (state.actions.perform, events)
    self.action = Task {
      let outcome = await perform(action, record, answer)
      events.post { $0.outcome = (action, outcome) }
    }
  }
}
