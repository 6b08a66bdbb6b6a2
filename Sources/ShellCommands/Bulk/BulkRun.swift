import Interpreter
import MittrSDK
import OrderedJSON

/// The requests of one bulk command: takes items, keeps so many requests under way, and gives outcomes in the items' order.
///
/// An item is taken from the pipe only when its request may go out, so that the pages that feed the pipe are fetched no
/// faster than they are used. A slow request holds up what is shown, but nothing else, until the reorder window is full.
/// Requests run in tasks of their own and leave messages; everything else happens in the one task that asks for outcomes.
/// What decides is elsewhere: `Pacer` when, `Attempt` how it ended, `JournalLedger` whether at all.
final class BulkRun {
  struct Options {
    var concurrency: Int
    var stopsOnError = false
    var rate: Rate?
  }

  enum Message: Sendable {
    case pulled(Result<JSONValue?, Interruption>)
    case ended(Int, generation: Int, Attempt)
    /// So many lines of the journal are on disk; or none will be any more.
    case journal(Result<Int, Failure>)
    case heard(RateLimit)
    case rang
    case level(StopSignal.Level)
    case cancelled
  }

  /// A request that is not settled yet.
  struct Job {
    let request: BulkRequest
    /// The line of the journal that must be on disk before it goes out.
    var line = 0
    var notBefore = Duration.zero
    /// The pause, by its number, after which the pacer let it out.
    var permit: Int?
    var timesLost = 0
    var timesLimited = 0
    var task: Task<Void, Never>?

    /// Whether it was sent before, and may have been done then.
    var mayBeDone: Bool { timesLost > 0 || request.isResent }
  }

  /// So many outcomes wait at most for one before them, times the concurrency.
  private static let windowFactor = 16
  private static let attemptsWhenLost = 4
  private static let attemptsWhenLimited = 10
  /// The server does not say that waiting helps.
  private static let attemptsWhenUnasked = 5

  private let call: Call
  private let verb: String
  private let items: ItemStream
  private let prepare: (JSONValue) async throws(Interruption) -> BulkRequest
  private let options: Options
  private let journal: Journal?
  private let attempter: Attempter
  private let clock: SessionClock
  private let mailbox = Mailbox<Message>()
  private let alarm: Alarm
  private let signal: StopSignal
  private var listener: Int?

  private var pacer: Pacer
  private var window = ReorderWindow<JSONValue?>()
  private var jobs: [Int: Job] = [:]
  /// What is to go out, in the order of the items.
  private var ready: [Int] = []
  private var inFlight = 0
  /// Outcomes whose line in the journal is not on disk yet.
  private var unsynced: [(line: Int, number: Int, name: String, record: JSONValue)] = []
  private var syncedLines = 0
  private var journalFailure: Failure?
  private var unrecorded: [String] = []

  private var tally = BulkTally()
  private var meter = RateMeter()
  /// How many more outcomes are wanted, if the consumer said so.
  private var wanted: Int?
  private var isExhausted = false
  /// Nothing new is begun; what is under way is still told.
  private var isStopping = false
  private var level = StopSignal.Level.none
  /// What a person was told of it.
  private var toldLevel = StopSignal.Level.none
  private var hasNotedCancelling = false
  /// Items that an earlier run left open and that have not come from the pipe: by their numbers in the ledger.
  private var leftOpen: ArraySlice<Int>?
  private var pulled: Result<JSONValue?, Interruption>?
  private var pulling: Task<Void, Never>?
  /// What ends the statement once everything is told.
  private var ending: Interruption?

  init(
    call: Call, verb: String, items: ItemStream, client: Mittr, options: Options, journal: Journal?,
    prepare: @escaping (JSONValue) async throws(Interruption) -> BulkRequest
  ) {
    self.call = call
    self.verb = verb
    self.items = items
    self.prepare = prepare
    self.options = options
    self.journal = journal
    clock = call.session.clock
    signal = call.session.stopping
    pacer = Pacer(rate: options.rate)
    let mailbox = mailbox
    alarm = Alarm(clock: clock) { mailbox.post(.rang) }
    attempter = Attempter(
      once: client.with(retryPolicy: .never) { mailbox.post(.heard($0)) }, reader: client, sleep: clock.sleep)
  }

  func stream() -> ItemStream {
    let stream = ItemStream(
      kind: .outcome,
      expecting: { count in
        self.wanted = count
        // Items that come twice give one outcome: then more are needed.
        if self.journal == nil { self.items.expect(atMost: count) }
      },
      cleanUp: { await self.finish() },
      pull: { () async throws(Interruption) -> JSONValue? in try await self.next() })
    stream.total = items.total
    return stream
  }

  private func next() async throws(Interruption) -> JSONValue? {
    begin()
    while true {
      handle(mailbox.taken())
      while let slot = window.popFirst() {
        if let record = slot { return record }
      }
      launch()
      showProgress()
      if takesMore, canAdmit {
        await takeItem()
      } else if !takesMore, window.isEmpty {
        // What failed alone stays the cause; the rest is told by the summary.
        if let ending { throw ending }
        return nil
      } else {
        setAlarm()
        try call.session.flush()
        handle(await messages())
      }
    }
  }

  private func begin() {
    guard listener == nil else { return }
    let mailbox = mailbox
    listener = signal.listen { mailbox.post(.level($0)) }
    journal?.start { mailbox.post(.journal($0)) }
  }

  // MARK: Taking items

  private var takesMore: Bool {
    !isStopping && ending == nil && wanted != 0 && (!isExhausted || leftOpen?.isEmpty == false)
  }

  private var canAdmit: Bool {
    jobs.count < options.concurrency && window.count < options.concurrency * Self.windowFactor
      && pacer.opening(at: clock.uptime()) == .now
  }

  private func takeItem() async {
    guard !isExhausted else { return takeLeftOpen() }
    await pull()
    let result = pulled ?? .success(nil)
    pulled = nil
    switch result {
    case .success(nil):
      isExhausted = true
      leftOpen = journal?.names { $0 == .open }[...]
    case .success(let item?):
      guard !isStopping else { return }
      do throws(Interruption) { try admit(try await prepare(item)) } catch { ending = error }
    case .failure(.cancelled) where level != .none: isExhausted = true
    case .failure(let error): ending = error
    }
  }

  /// Asks for the next item in a task of its own, so that what ends meanwhile is taken care of. The session belongs to
  /// that task until the item is there.
  private func pull() async {
    nonisolated(unsafe) let items = items
    pulling = Task { [mailbox] in
      do throws(Interruption) {
        mailbox.post(.pulled(.success(try await items.next())))
      } catch {
        mailbox.post(.pulled(.failure(error)))
      }
    }
    while pulled == nil {
      launch()
      setAlarm()
      handle(await messages())
    }
    pulling = nil
  }

  private func admit(_ request: BulkRequest) throws(Interruption) {
    guard let journal else { return start(request) }
    switch journal.meet(request.name) {
    case .again: break
    case .new: start(request)
    case .open: try settleOpen(request.name, request)
    case .ended: try skip(request, journal)
    }
  }

  private func start(_ request: BulkRequest, isBegun: Bool = false) {
    let number = window.begin()
    wanted = wanted.map { $0 - 1 }
    var job = Job(request: request)
    if !isBegun, let journal { job.line = journal.begin(request) }
    pacer.take(at: clock.uptime())
    job.permit = pacer.generation
    jobs[number] = job
    ready.append(number)
  }

  /// An earlier run has done with it: its outcome is told again.
  private func skip(_ request: BulkRequest, _ journal: Journal) throws(Interruption) {
    let outcome: Outcome
    do throws(Failure) {
      guard let known = try journal.outcome(of: request.name) else { return }
      outcome = known
    } catch {
      throw .failure(error)
    }
    tally.count(outcome, of: request.name, isEarlier: true)
    wanted = wanted.map { $0 - 1 }
    guard case .object(var record) = request.record(of: outcome) else { return }
    record["skipped"] = true
    window.end(window.begin(), .object(record))
  }

  /// An earlier run has begun it, and nobody knows how that ended.
  /// - Parameter request: the item as it came from the pipe; nil when it did not come.
  private func settleOpen(_ name: String, _ request: BulkRequest?) throws(Interruption) {
    var known: BulkRequest?
    do throws(Failure) { known = try journal?.request(for: name) } catch { throw .failure(error) }
    guard var known = known ?? request else { return }
    known.approach = .settle
    known.isResent = true
    start(known, isBegun: true)
  }

  private func takeLeftOpen() {
    guard let journal, let number = leftOpen?.popFirst(), !journal.ledger.isMet(number) else { return }
    do throws(Interruption) { try settleOpen(journal.ledger.name(number), nil) } catch { ending = error }
  }

  // MARK: Sending

  private func launch() {
    let now = clock.uptime()
    var index = 0
    while index < ready.count, journalFailure == nil {
      let number = ready[index]
      guard var job = jobs[number], job.line <= syncedLines, job.notBefore <= now, mayGo(&job, now) else {
        index += 1
        continue
      }
      ready.remove(at: index)
      inFlight += 1
      let (request, wasLost, generation) = (job.request, job.mayBeDone, pacer.generation)
      job.task = Task { [attempter, mailbox] in
        mailbox.post(.ended(number, generation: generation, await attempter.attempt(request, wasLost: wasLost)))
      }
      jobs[number] = job
    }
  }

  private func mayGo(_ job: inout Job, _ now: Duration) -> Bool {
    // What the pacer let out goes out, unless a pause has begun since.
    if job.permit == pacer.generation, !pacer.isPaused(at: now) { return true }
    guard pacer.opening(at: now) == .now else { return false }
    pacer.take(at: now)
    job.permit = pacer.generation
    return true
  }

  private func again(_ number: Int, after delay: Duration = .zero) {
    jobs[number]?.permit = nil
    jobs[number]?.notBefore = clock.uptime() + delay
    ready.insert(number, at: ready.firstIndex { $0 > number } ?? ready.endIndex)
  }

  // MARK: Messages

  /// What has come; waits until something has.
  private func messages() async -> [Message] {
    guard !hasNotedCancelling else { return await mailbox.messages() }
    return await withTaskCancellationHandler {
      await mailbox.messages()
    } onCancel: { [mailbox] in
      mailbox.post(.cancelled)
    }
  }

  private func handle(_ messages: [Message]) {
    for message in messages {
      switch message {
      case .pulled(let result): pulled = result
      case .ended(let number, let generation, let attempt):
        inFlight -= 1
        jobs[number]?.task = nil
        ended(number, generation, attempt)
      case .journal(.success(let line)): synced(line)
      case .journal(.failure(let failure)): lostJournal(failure)
      case .heard(let limit):
        guard let remaining = limit.remaining, let left = limit.timeLeft else { continue }
        let budget = Pacer.Budget(limit: limit.limit, remaining: remaining, reset: limit.reset, left: left)
        pacer.heard(budget, inFlight: max(0, inFlight - 1), at: clock.uptime())
      case .rang: alarm.rang()
      case .level(let level): raise(level)
      case .cancelled:
        hasNotedCancelling = true
        raise(signal.level == .stop ? .stop : .abort)
      }
    }
  }

  private func raise(_ level: StopSignal.Level) {
    if level.rawValue > self.level.rawValue { self.level = level }
    isStopping = true
    pulling?.cancel()
    dropReady()
    if level == .abort { for job in jobs.values { job.task?.cancel() } }
  }

  private func ended(_ number: Int, _ generation: Int, _ attempt: Attempt) {
    guard let job = jobs[number] else { return }
    let now = clock.uptime()
    switch attempt {
    case .settled(let outcome):
      if outcome.kind == .unknown { pacer.lost(generation) } else { pacer.answered(generation) }
      settle(number, outcome)
      if outcome.kind != .done, options.stopsOnError { stop() }
    case .limited(let error):
      let verdict = pacer.limited(generation, retryAfter: error.retryAfter, at: now)
      jobs[number]?.timesLimited += 1
      guard verdict == .wait else { return share(number, error, .stillLimited(error)) }
      let attempts = error.retryAfter == nil ? Self.attemptsWhenUnasked : Self.attemptsWhenLimited
      guard job.timesLimited + 1 < attempts else { return settle(number, .refused(error)) }
      if isStopping || ending != nil { withdraw(number) } else { again(number) }
    case .unreached(let error):
      guard pacer.unreached(generation, at: now) == .wait else { return share(number, error, Failure(error)) }
      if isStopping || ending != nil { withdraw(number) } else { again(number) }
    case .lost(let error):
      pacer.lost(generation)
      jobs[number]?.timesLost += 1
      if level != .none {
        abandon(number)
      } else if job.timesLost + 1 < Self.attemptsWhenLost, !isStopping {
        again(number, after: .milliseconds(250) * (1 << job.timesLost))
      } else {
        settle(number, .unknown(error))
      }
    case .shared(let error): share(number, error, Failure(error))
    case .abandoned: abandon(number)
    }
  }

  /// Nothing new is begun.
  private func stop() {
    isStopping = true
    dropReady()
  }

  /// It failed as all others would: the run comes to an end.
  private func share(_ number: Int, _ error: MittrError, _ failure: Failure) {
    ending = ending ?? .failure(failure)
    // Nothing was wrong with the item: a later run is to do it.
    settle(number, .failed(error), isRecorded: false)
    stop()
  }

  // MARK: Ends

  /// - Parameter isRecorded: whether the journal is to hold the outcome, rather than that nothing was done.
  private func settle(_ number: Int, _ outcome: Outcome, isRecorded: Bool = true) {
    guard let job = jobs.removeValue(forKey: number) else { return }
    let request = job.request
    tally.count(outcome, of: request.name)
    let record = request.record(of: outcome)
    guard let journal else { return window.end(number, record) }
    if journalFailure != nil { unrecorded.append(request.name) }
    if journalFailure != nil || !isRecorded && job.mayBeDone { return window.end(number, record) }
    let line = journal.end(request, isRecorded ? outcome : Outcome(kind: .unsent))
    unsynced.append((line, number, request.name, record))
  }

  /// It was certainly not done, and is not to be done now.
  private func withdraw(_ number: Int) {
    guard let job = jobs[number], !job.mayBeDone else { return abandon(number) }
    abandon(number)
    if let journal, journalFailure == nil { _ = journal.end(job.request, Outcome(kind: .unsent)) }
  }

  /// Nobody knows what became of it, and the journal leaves it open.
  private func abandon(_ number: Int) {
    guard jobs.removeValue(forKey: number) != nil else { return }
    tally.unfinished += 1
    window.end(number, nil)
  }

  private func dropReady() {
    for number in ready { withdraw(number) }
    ready = []
  }

  private func synced(_ line: Int) {
    syncedLines = line
    let count = unsynced.prefix { $0.line <= line }.count
    for outcome in unsynced.prefix(count) { window.end(outcome.number, outcome.record) }
    unsynced.removeFirst(count)
  }

  /// Nothing more goes out; what is known is told, though the journal lacks it.
  private func lostJournal(_ failure: Failure) {
    guard journalFailure == nil else { return }
    journalFailure = failure
    for outcome in unsynced {
      window.end(outcome.number, outcome.record)
      unrecorded.append(outcome.name)
    }
    unsynced = []
    ending = .failure(failure)
    stop()
  }

  /// Whatever ends the run: what is under way is awaited and counted, since it has gone out; only a second interrupt, or
  /// the cancelling of the task, gives it up.
  private func finish() async {
    begin()
    isStopping = true
    if Task.isCancelled, !hasNotedCancelling { handle([.cancelled]) }
    dropReady()
    while inFlight > 0 || !isSynced {
      handle(await messages())
    }
    if let listener { signal.ignore(listener) }
    tellLevel()
    alarm.set(nil)
    call.session.progress?.clear()
    journal?.close()
    await items.close()
    // An error before the first request leaves nothing to tell.
    guard isExhausted || tally.ended + tally.unfinished + tally.skipped > 0 else { return }
    call.conclude(
      failed: tally.missed, summary: "\(verb): \(tally.summary)\(advice)", isInterrupted: level != .none)
    if !unrecorded.isEmpty { call.warn("journal-incomplete", Self.missing(unrecorded)) }
  }

  private var isSynced: Bool { journal == nil || journalFailure != nil || syncedLines >= (journal?.lines ?? 0) }

  private var advice: String {
    guard let journal else { return "" }
    if level != .none || ending != nil { return "; the same command with the same --journal goes on" }
    if tally.missed > tally.allUnknown { return "; 'journal retry \(journal.path)' does again what failed" }
    return tally.missed > 0 ? "; 'journal retry \(journal.path) --unknown' looks into it" : ""
  }

  // MARK: Waiting

  /// Rings when something may go out that may not yet, and every second while the server's pause is counted down.
  private func setAlarm() {
    let now = clock.uptime()
    var times = ready.compactMap { jobs[$0]?.notBefore }.filter { $0 > now }
    if takesMore || !ready.isEmpty, case .at(let time) = pacer.opening(at: now) { times.append(time) }
    // While an item is awaited the session is not ours.
    if pulling == nil, call.session.progress != nil, pacer.asked(at: now) != nil { times.append(now + .seconds(1)) }
    alarm.set(times.min())
  }

  private func showProgress() {
    tellLevel()
    guard let display = call.session.progress else { return }
    let now = clock.uptime()
    var progress = WorkProgress(verb: verb)
    progress.done = tally.done
    progress.failed = tally.failed + tally.unknown
    progress.total = items.total?()
    progress.rate = meter.rate(tally.ended, at: now)
    progress.waiting = pacer.asked(at: now)
    display.show(progress)
  }

  private func tellLevel() {
    guard level != toldLevel else { return }
    toldLevel = level
    call.session.progress?.clear()
    // The terminal has put ^C into the line.
    if call.session.ask != nil { call.session.tell("\n") }
    guard level == .stop, inFlight > 0 else { return }
    let requests = inFlight == 1 ? "1 request" : "\(inFlight) requests"
    call.tell("\(verb): stopping; waiting for \(requests) under way, Ctrl-C again gives up")
  }

  private static func missing(_ names: [String]) -> String {
    let more = names.count > 10 ? " and \(names.count - 10) more" : ""
    return "the journal lacks what became of \(names.prefix(10).joined(separator: " "))\(more)"
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
