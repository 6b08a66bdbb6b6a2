import Testing

@testable import MittrSDK
@testable import ShellCommands

@Suite("What the end of an attempt makes of a request")
struct JobQueueTests {
  private typealias Queue = JobQueue<BulkRequest, Outcome>

  private func queue(_ jobs: Job<BulkRequest>...) -> Queue {
    var queue = Queue()
    for (number, job) in jobs.enumerated() { queue.add(job, number, at: .zero) }
    return queue
  }

  private func job(_ name: String = "evt_1", isResent: Bool = false, line: Int = 0) -> Job<BulkRequest> {
    Job<BulkRequest>(BulkRequest(operation: .update, name: name, isResent: isResent), line: line)
  }

  private let limited = MittrError(code: "RATE_LIMITED", message: "too many requests", status: 429)
  private let lost = MittrError(code: "TIMEOUT", message: "the server did not answer", isOutcomeUnknown: true)

  /// Sends what may go out next, as soon as it may.
  private func dispatch(_ queue: inout Queue, _ now: inout Duration) throws -> Queue.Dispatch {
    if let time = queue.wakeUpTime(at: now, takesMore: false) { now = time }
    return try #require(queue.dispatches(at: now, syncedLines: 0).first)
  }

  @Test("a request waits for its line of the journal, and overtakes nothing that may go out")
  func journal() {
    var queue = queue(job("a", line: 2), job("b", line: 1))
    #expect(queue.dispatches(at: .zero, syncedLines: 0).isEmpty)
    #expect(queue.dispatches(at: .zero, syncedLines: 1).map(\.request.name) == ["b"])
    #expect(queue.dispatches(at: .zero, syncedLines: 2).map(\.request.name) == ["a"])
    #expect(queue.inFlight == 2)
  }

  @Test(
    "one that is limited again and again is refused in the end; then the next one finds out whether others are served")
  func limitedAlone() throws {
    var queue = queue(job("a"))
    var now = Duration.zero
    for _ in 1...4 {
      let dispatch = try dispatch(&queue, &now)
      guard case .again = queue.ended(dispatch, .limited(limited), .going, at: now) else {
        Issue.record("it was not sent again")
        return
      }
    }
    let last = try dispatch(&queue, &now)
    guard case .settled(_, let outcome) = queue.ended(last, .limited(limited), .going, at: now) else {
      Issue.record("it was not refused")
      return
    }
    #expect(outcome.kind == .refused)
    #expect(queue.count == 0)
    guard case .at(let time) = queue.pacer.admission(at: now) else {
      Issue.record("the next one does not wait")
      return
    }
    now = time
    queue.add(job("b"), 1, at: now)
    let next = try dispatch(&queue, &now)
    guard case .settled = queue.ended(next, .settled(.done(nil)), .going, at: now) else {
      Issue.record("it was done")
      return
    }
    #expect(queue.pacer.admission(at: now) == .now)
  }

  @Test("what is limited while the run ends is not done, and is unfinished if an earlier run may have done it")
  func dropped() throws {
    for phase in [Queue.Phase.ending, .stopping, .interrupted] {
      var queue = queue(job("a"), job("b", isResent: true))
      let dispatches = queue.dispatches(at: .zero, syncedLines: 0)
      guard case .dropped(.withdrawn) = queue.ended(dispatches[0], .limited(limited), phase, at: .zero),
        case .dropped(.abandoned) = queue.ended(dispatches[1], .limited(limited), phase, at: .zero)
      else {
        Issue.record("\(phase)")
        continue
      }
    }
  }

  @Test("a lost answer is waited for longer each time, and is unknown after the fourth")
  func lostAnswers() throws {
    var queue = queue(job())
    var (now, pauses) = (Duration.zero, [Duration]())
    for attempt in 1...4 {
      let before = now
      let dispatch = try dispatch(&queue, &now)
      pauses.append(now - before)
      #expect(dispatch.wasLost == (attempt > 1))
      switch queue.ended(dispatch, .lost(lost), .going, at: now) {
      case .again: #expect(attempt < 4)
      case .settled(_, let outcome): #expect(attempt == 4 && outcome.kind == .unknown)
      default: Issue.record("\(attempt)")
      }
    }
    #expect(pauses == [.zero, .milliseconds(250), .milliseconds(500), .seconds(1)])
  }

  @Test("a lost answer is found out about as long as nobody stops the run, and left open when a person does")
  func lostAtTheEnd() throws {
    func decision(_ phase: Queue.Phase) -> Queue.Decision? {
      var queue = queue(job())
      let dispatch = queue.dispatches(at: .zero, syncedLines: 0)[0]
      return queue.ended(dispatch, .lost(lost), phase, at: .zero)
    }
    guard case .again = decision(.ending), case .settled(_, let outcome) = decision(.stopping),
      case .dropped(.abandoned) = decision(.interrupted)
    else {
      Issue.record("it ends in another way")
      return
    }
    #expect(outcome.kind == .unknown)
  }

  @Test("what waits is dropped: not done, unless it was sent before")
  func dropReady() throws {
    var queue = queue(job("a"), job("b"), job("c"))
    var now = Duration.zero
    let dispatches = queue.dispatches(at: now, syncedLines: 0)
    _ = queue.ended(dispatches[1], .lost(lost), .going, at: now)
    queue.add(job("d", line: 1), 3, at: now)
    now += .seconds(1)
    let dropped = queue.dropReady()
    #expect(dropped.map(\.number) == [1, 3])
    guard case .abandoned = dropped[0].1, case .withdrawn(let request) = dropped[1].1 else {
      Issue.record("\(dropped)")
      return
    }
    #expect(request.name == "d")
    #expect(queue.count == 2)
    #expect(queue.dispatches(at: now, syncedLines: 9).isEmpty)
  }
}
