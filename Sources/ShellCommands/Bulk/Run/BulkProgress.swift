import Interpreter

/// What a person is told of a run: how far it has come, that it is stopping, and what it came to.
struct BulkProgress {
  private let call: Call
  private let verb: String
  private var meter = RateMeter()
  private var toldLevel = StopSignal.Level.none

  init(_ call: Call, verb: String) {
    self.call = call
    self.verb = verb
  }

  /// - Parameters:
  ///   - total: how many items there will be, if that is known.
  ///   - waiting: how much longer the server asked to wait.
  mutating func show(_ tally: BulkTally, total: Int?, waiting: Duration?, at now: Duration) {
    guard let display = call.session.progress else { return }
    var progress = WorkProgress(verb: verb)
    progress.done = tally.done
    progress.failed = tally.failed
    progress.unknown = tally.unknown
    progress.total = total
    progress.rate = meter.rate(tally.ended, at: now)
    progress.waiting = waiting
    display.show(progress)
  }

  /// Tells once that the run stops.
  mutating func tell(_ level: StopSignal.Level, inFlight: Int) {
    guard level != toldLevel else { return }
    toldLevel = level
    call.session.progress?.clear()
    // The terminal has put ^C into the line.
    if call.session.prompter != nil { call.session.tell("\n") }
    guard level == .stop, inFlight > 0 else { return }
    let requests = inFlight == 1 ? "1 request" : "\(inFlight) requests"
    call.tell("\(verb): stopping; waiting for \(requests) under way, Ctrl-C again gives up")
  }

  /// - Parameters:
  ///   - isBrokenOff: whether an error has ended it before its time.
  ///   - isJournalDisplaced: whether the journal's name does not lead to it any more.
  ///   - rest: what was never begun.
  ///   - help: what to do about items that could not be used.
  func conclude(
    _ outcomes: OutcomeRecorder, isInterrupted: Bool, isBrokenOff: Bool, isJournalDisplaced: Bool, rest: Rest,
    help: String?
  ) {
    let tally = outcomes.tally
    var summary = "\(verb): \(tally.summary)"
    if let path = outcomes.journal?.path, !isJournalDisplaced {
      if isInterrupted || isBrokenOff {
        if let left = rest.counted(behind: tally) { summary += "; \(left)" }
        summary += "; the same command with the same --journal goes on"
      } else if !outcomes.canRetry, tally.missed > 0 {
        summary += "; 'journal items \(path)' tells what became of each"
      } else if tally.missed > tally.allUnknown {
        summary += "; 'journal retry \(path)' does again what failed"
      } else if tally.missed > 0 {
        summary += "; 'journal retry \(path) --unknown' looks into it"
      }
    } else if outcomes.journal == nil, isInterrupted || isBrokenOff, let left = rest.text(behind: tally) {
      summary += "; \(left)" + (isInterrupted ? "; with --journal FILE the same command would go on" : "")
    }
    call.conclude(failed: tally.missed, summary: summary, isInterrupted: isInterrupted, help: help)
    let unrecorded = outcomes.queue.unrecorded
    if !unrecorded.isEmpty { call.warn("journal-incomplete", Self.missing(unrecorded)) }
  }

  /// Items that a run ended before.
  enum Rest {
    case none
    /// - Parameter total: how many items there are in all, if that is known.
    case some(of: Int?)

    /// In words; nil where nothing is left.
    func text(behind tally: BulkTally) -> String? {
      if case .some(nil) = self { "stopped before the end" } else { counted(behind: tally) }
    }

    /// The same where it is known how many there are in all, and nil otherwise.
    func counted(behind tally: BulkTally) -> String? {
      guard case .some(let total?) = self else { return nil }
      let left = total - tally.ended - tally.unfinished - tally.skipped - tally.repeated
      return left > 0 ? "\(left) of \(total) not begun" : nil
    }
  }

  private static func missing(_ names: [String]) -> String {
    let more = names.count > 10 ? " and \(names.count - 10) more" : ""
    return "the journal lacks what became of \(names.prefix(10).joined(separator: " "))\(more)"
  }
}
