import Interpreter
import MittrSDK
import OrderedJSON

/// The requests of one bulk command: takes items, keeps so many requests under way, and gives outcomes in the items' order.
///
/// An item is taken from the pipe only when its request may go out, so that the pages that feed the pipe are fetched no
/// faster than they are used. A slow request holds up what is shown, but nothing else, until the reorder window is full.
/// Requests run in tasks of their own and leave messages; everything else happens in the one task that asks for outcomes.
///
/// What decides is elsewhere, in values that know neither tasks nor clocks: `AdmissionControl` what is done with an item,
/// `JobQueue` and its `Pacer` which request goes out when, `OutcomeQueue` when an outcome may be seen. What is left here is
/// to carry messages between them, and to end in good order.
final class BulkRun {
  typealias Jobs = JobQueue<BulkRequest, Outcome>

  private enum Message: Sendable {
    case pulled(Result<JSONValue?, Interruption>)
    case ended(Jobs.Dispatch, AttemptResult<Outcome>)
    case journal(JournalWriter.Event)
    case heard(RateLimit)
    case didFire
    case level(StopSignal.Level)
    case cancelled
  }

  /// So many outcomes wait at most for one before them, times the concurrency.
  private static let windowFactor = 16

  private let session: Session
  private let operation: BulkOperation
  private let end: PipelineEnd
  private let items: ItemStream
  private var itemCount = 0
  /// What the first item that could not be used lacked.
  private var unusableHelp: String?
  private let prepare: (JSONValue) async throws(Interruption) -> BulkRequest
  private let options: Options
  private let sender: any RequestSender
  private let destination: any BulkDestination
  private let inbox = MessageQueue<Message>()
  private let timer: RunTimer
  private let waits: WaitNotices
  private var toldWait: (cause: Pacer.Cause, number: Int)?
  private var listener: Int?

  private var admissions: AdmissionControl
  private var jobs: Jobs
  private var outcomes: OutcomeRecorder
  private var report: BulkProgress

  /// Requests under way.
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var pulled: Result<JSONValue?, Interruption>?
  private var pulling: Task<Void, Never>?
  private var level = StopSignal.Level.none
  private var isStopping = false
  /// What ends the statement once everything is told.
  private var ending: Interruption?
  private var hasNotedCancelling = false
  private var isJournalDisplaced = false

  init(
    call: Call, verb: String, operation: BulkOperation, items: ItemStream, destination: any BulkDestination,
    options: Options, journal: Journal?,
    prepare: @escaping (JSONValue) async throws(Interruption) -> BulkRequest
  ) async throws(Interruption) {
    session = call.session
    self.operation = operation
    end = call.pipelineEnd
    self.items = items
    self.prepare = prepare
    self.options = options
    outcomes = OutcomeRecorder(journal)
    admissions = AdmissionControl(journal)
    jobs = Jobs(interval: options.rate?.interval)
    report = BulkProgress(call, verb: verb)
    waits = WaitNotices(verb, call.session)
    let inbox = inbox
    timer = RunTimer(uptime: session.clock.uptime, sleep: session.clock.sleep) { inbox.post(.didFire) }
    self.destination = destination
    sender = try await destination.sender { inbox.post(.heard($0)) }
  }

  func stream() -> ItemStream {
    let stream = ItemStream(
      kind: .outcome,
      expecting: { count in
        self.admissions.wanted = count
        // An item that comes again gives no outcome of its own: then more are needed.
        self.items.expect(about: count)
      },
      cleanUp: { await self.finish() },
      pull: { () async throws(Interruption) -> JSONValue? in try await self.next() })
    stream.total = items.total
    return stream
  }

  private func next() async throws(Interruption) -> JSONValue? {
    begin()
    while true {
      handle(inbox.taken())
      if let record = outcomes.next() {
        end.keep(record)
        return record
      }
      launch()
      showProgress()
      if takesMore, canAdmit {
        await takeItem()
      } else if !takesMore, outcomes.queue.isEmpty {
        // What failed alone stays the cause; the rest is told by the summary.
        if let ending { throw ending }
        return nil
      } else {
        setAlarm()
        try session.flush()
        handle(await messages())
      }
    }
  }

  private func begin() {
    guard listener == nil else { return }
    let inbox = inbox
    listener = session.stopping.listen { inbox.post(.level($0)) }
    outcomes.journal?.start { inbox.post(.journal($0)) }
  }

  private var now: Duration { session.clock.uptime() }

  private var phase: Jobs.Phase {
    if level != .none { return .interrupted }
    if isStopping { return .stopping }
    return ending == nil ? .going : .ending
  }

  // MARK: Taking items

  private var takesMore: Bool { phase == .going && admissions.hasMore }

  private var canAdmit: Bool {
    jobs.count < options.concurrency && outcomes.queue.count < options.concurrency * Self.windowFactor
      && jobs.pacer.admission(at: now) == .now
  }

  private func takeItem() async {
    do throws(Interruption) {
      guard !admissions.isExhausted else {
        return try admit { admissions throws(Failure) in try admissions.takeLeftOpen() }
      }
      guard let item = try await pull() else { return admissions.exhaust() }
      guard !isStopping else { return }
      itemCount += 1
      guard let request = try await prepared(item) else { return }
      try admit { admissions throws(Failure) in try admissions.take(request) }
    } catch {
      // What stops the run cancels the waiting for an item.
      if case .cancelled = error, isStopping { admissions.exhaust() } else { ending = ending ?? error }
    }
  }

  /// An item of which no request can be made fails alone: the others go on.
  private func prepared(_ item: JSONValue) async throws(Interruption) -> BulkRequest? {
    do throws(Interruption) {
      return try await prepare(item)
    } catch {
      // Deliveries tell by themselves which items fail alone.
      guard case .failure(let failure) = error, operation != .deliver, ItemError.itemCodes.contains(failure.code) else {
        throw error
      }
      var request = BulkRequest(operation: operation, name: "")
      request.itemNumber = itemCount
      unusableHelp = unusableHelp ?? failure.help
      refuse(request, Outcome(kind: .failed, error: ItemError(failure, item: itemCount, item)))
      return nil
    }
  }

  private func refuse(_ request: BulkRequest, _ outcome: Outcome) {
    admissions.countRefused()
    outcomes.refuse(request, outcome)
    if options.stopsOnError { stop() }
  }

  /// Asks for the next item in a task of its own, so that what ends meanwhile is taken care of. The session belongs to
  /// that task until the item is there.
  private func pull() async throws(Interruption) -> JSONValue? {
    nonisolated(unsafe) let items = items
    pulling = Task { [inbox] in
      do throws(Interruption) {
        inbox.post(.pulled(.success(try await items.next())))
      } catch {
        inbox.post(.pulled(.failure(error)))
      }
    }
    defer { (pulling, pulled) = (nil, nil) }
    while true {
      if let pulled { return try pulled.get() }
      launch()
      setAlarm()
      handle(await messages())
    }
  }

  private func admit(_ take: (inout AdmissionControl) throws(Failure) -> AdmissionControl.Step) throws(Interruption) {
    let step: AdmissionControl.Step
    do throws(Failure) { step = try take(&admissions) } catch { throw .failure(error) }
    switch step {
    case .nothing: break
    case .repeated: outcomes.repeated()
    case .begin(let request):
      let (number, line) = outcomes.begin(request)
      jobs.add(Job(request, line: line), number, at: now)
    case .settle(let request): jobs.add(Job(request), outcomes.resume(), at: now)
    case .skip(let request, let outcome): outcomes.skip(request, outcome)
    case .refuse(let request, let outcome): outcomes.refuse(request, outcome)
    }
  }

  // MARK: Messages

  private func launch() {
    guard !outcomes.queue.isJournalLost else { return }
    for dispatch in jobs.dispatches(at: now, syncedLines: outcomes.queue.syncedLines) {
      tasks[dispatch.number] = Task { [sender, inbox] in
        inbox.post(.ended(dispatch, await sender.attempt(dispatch.request, wasLost: dispatch.wasLost)))
      }
    }
  }

  /// What has come; waits until something has.
  private func messages() async -> [Message] {
    guard !hasNotedCancelling else { return await inbox.messages() }
    return await withTaskCancellationHandler {
      await inbox.messages()
    } onCancel: { [inbox] in
      inbox.post(.cancelled)
    }
  }

  private func handle(_ messages: [Message]) {
    for message in messages {
      switch message {
      case .pulled(let result): pulled = result
      case .ended(let dispatch, let attempt): ended(dispatch, attempt)
      case .journal(.synced(let line)): outcomes.synced(line)
      case .journal(.displaced(let failure)):
        ending = ending ?? .failure(failure)
        isJournalDisplaced = true
        stop()
      case .journal(.lost(let failure)): lostJournal(failure)
      case .heard(let limit): jobs.heard(limit, at: now)
      case .didFire: timer.didFire()
      case .level(let level): interrupt(level)
      case .cancelled:
        hasNotedCancelling = true
        interrupt(session.stopping.level == .stop ? .stop : .abort)
      }
    }
  }

  private func ended(_ dispatch: Jobs.Dispatch, _ attempt: AttemptResult<Outcome>) {
    tasks[dispatch.number] = nil
    let number = dispatch.number
    switch jobs.ended(dispatch, attempt, phase, at: now) {
    case .again, nil: break
    case .settled(let job, let outcome):
      outcomes.settle(number, job, outcome)
      if outcome.kind != .done, options.stopsOnError { stop() }
    case .shared(let job, let error, let isStillLimited):
      ending = ending ?? .failure(isStillLimited ? .stillLimited(error) : Failure(error))
      let isUnknown = job.mayBeDone || error.isOutcomeUnknown
      // A later run is to do what was not done, and never what may have been.
      outcomes.settle(number, job, isUnknown ? .unknown(error) : .failed(error), isRecorded: error.isOutcomeUnknown)
      stop()
    case .dropped(let dropped): outcomes.drop(number, dropped)
    }
  }

  private func lostJournal(_ failure: Failure) {
    guard !outcomes.queue.isJournalLost else { return }
    outcomes.loseJournal()
    ending = .failure(failure)
    stop()
  }

  private func interrupt(_ level: StopSignal.Level) {
    if level.rawValue > self.level.rawValue { self.level = level }
    stop()
    if level == .abort { for task in tasks.values { task.cancel() } }
  }

  /// Nothing new is begun; what is under way is still told.
  private func stop() {
    isStopping = true
    pulling?.cancel()
    for (number, dropped) in jobs.dropReady() { outcomes.drop(number, dropped) }
  }

  // MARK: Waiting

  /// Rings when something may go out that may not yet, and every second while the server's pause is counted down.
  private func setAlarm() {
    let now = now
    let time = jobs.wakeUpTime(at: now, takesMore: takesMore)
    if time != nil, let wait = jobs.pacer.wait(at: now) { tell(wait) }
    // While an item is awaited the session is not ours.
    let isCounting = pulling == nil && session.progress != nil && jobs.pacer.asked(at: now) != nil
    timer.set(isCounting ? min(time ?? now + .seconds(1), now + .seconds(1)) : time)
  }

  /// Once for each wait.
  private func tell(_ wait: Pacer.Wait) {
    if let toldWait, toldWait == (wait.cause, wait.number) { return }
    toldWait = (wait.cause, wait.number)
    waits.tell(WaitNotices.Cause(wait.cause), wait.left)
  }

  private func showProgress() {
    report.tell(level, inFlight: jobs.inFlight)
    let now = now
    report.show(outcomes.tally, total: items.total?(), waiting: jobs.pacer.asked(at: now), at: now)
  }

  // MARK: The end

  /// Whatever ends the run: what is under way is awaited and counted, since it has gone out; only a second interrupt, or
  /// the cancelling of the task, gives it up.
  private func finish() async {
    begin()
    if Task.isCancelled, !hasNotedCancelling { handle([.cancelled]) }
    stop()
    while jobs.inFlight > 0 || !outcomes.isSynced {
      handle(await messages())
    }
    if let listener { session.stopping.ignore(listener) }
    report.tell(level, inFlight: jobs.inFlight)
    timer.set(nil)
    session.progress?.clear()
    outcomes.journal?.close()
    await destination.close()
    await items.close()
    if session.isOutputLost {
      while case .object(let record)? = outcomes.next() { session.tellLost(record) }
    }
    // An error before the first request leaves nothing to tell.
    guard admissions.isExhausted || !outcomes.tally.isEmpty else { return }
    report.conclude(
      outcomes, isInterrupted: level != .none, isBrokenOff: ending != nil, isJournalDisplaced: isJournalDisplaced,
      rest: admissions.isExhausted ? .none : .some(of: items.total?()), help: unusableHelp)
  }
}

extension WaitNotices.Cause {
  fileprivate init(_ cause: Pacer.Cause) {
    self =
      switch cause {
      case .asked: .asked
      case .refused: .refused
      case .unreached: .unreached
      case .rateLimit: .rateLimit
      }
  }
}

extension Failure {
  /// A server that goes on refusing because there are too many requests.
  fileprivate static func stillLimited(_ error: MittrError) -> Failure {
    var failure = Failure(error)
    if let time = error.retryAfter, time > Pacer.longestPause {
      failure.help =
        "the server asks to wait \(time.components.seconds) s, and a run waits \(Pacer.longestPause.components.seconds) s at most"
    } else {
      failure.help = "the server went on refusing after pause upon pause: this does not clear by waiting"
    }
    return failure
  }
}
