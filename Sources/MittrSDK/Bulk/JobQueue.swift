/// The requests of a run that are not settled yet: which of them wait, which are under way, and what the end of an attempt
/// makes of one. A state machine without any input, output or clock of its own.
package struct JobQueue<Request: JobRequest, Outcome: JobOutcome>: Sendable {
  /// A request that is to be sent now.
  package struct Dispatch: Sendable {
    package let number: Int
    package let request: Request
    /// Whether it was sent before, and may have been done then.
    package let wasLost: Bool
    /// The pause, by its number, after which it goes out.
    package let generation: Int
  }

  /// How far a run has come on the way to its end.
  package enum Phase: Int, Sendable {
    case going
    /// An error ends it: nothing new is taken, and what is under way is seen through.
    case ending
    /// Nothing goes out any more.
    case stopping
    /// The same, because a person wants it.
    case interrupted
  }

  /// What the end of an attempt makes of a request.
  package enum Decision: Sendable {
    /// It waits for another one.
    case again
    case settled(Job<Request>, Outcome)
    /// It failed as all others would, which ends the run. Nothing was wrong with the item: a later run is to do it. The
    /// server may be still refusing after pause upon pause because there are too many requests.
    case shared(Job<Request>, MittrError, isStillLimited: Bool)
    case dropped(Dropped)
  }

  /// A request that will not be sent any more.
  package enum Dropped: Sendable {
    /// It was certainly not done.
    case withdrawn(Request)
    /// Nobody knows what became of it.
    case abandoned(Request)

    init(_ job: Job<Request>) { self = job.mayBeDone ? .abandoned(job.request) : .withdrawn(job.request) }
  }

  package private(set) var pacer: Pacer
  package private(set) var inFlight = 0
  private var jobs: [Int: Job<Request>] = [:]
  /// What is to go out, in the order of the items.
  private var ready: [Int] = []

  /// - Parameter interval: from one request to the next at least; nil for as fast as it goes.
  package init(interval: Duration? = nil) { pacer = Pacer(interval: interval) }

  /// How many there are, waiting or under way.
  package var count: Int { jobs.count }

  /// Takes a request that may go out now as far as the pacer is concerned, and has its turn from then on.
  package mutating func add(_ job: Job<Request>, _ number: Int, at now: Duration) {
    var job = job
    pacer.take(at: now)
    job.permit = pacer.generation
    jobs[number] = job
    ready.append(number)
  }

  // MARK: Going out

  /// Takes out what is to be sent now.
  /// - Parameter syncedLines: how many lines of the journal are on disk.
  package mutating func dispatches(at now: Duration, syncedLines: Int) -> [Dispatch] {
    var dispatches: [Dispatch] = []
    var staying: [Int] = []
    for number in ready {
      guard var job = jobs[number], job.line <= syncedLines, job.notBefore <= now, mayGo(&job, at: now) else {
        staying.append(number)
        continue
      }
      jobs[number] = job
      dispatches.append(
        Dispatch(
          number: number, request: job.request, wasLost: job.mayBeDone, generation: pacer.generation))
    }
    ready = staying
    inFlight += dispatches.count
    return dispatches
  }

  private mutating func mayGo(_ job: inout Job<Request>, at now: Duration) -> Bool {
    // What the pacer let out goes out, unless a pause has begun since.
    if job.permit == pacer.generation, !pacer.isPaused(at: now) { return true }
    guard pacer.admission(at: now) == .now else { return false }
    pacer.take(at: now)
    job.permit = pacer.generation
    return true
  }

  /// When something may go out that may not yet, other than by an answer.
  /// - Parameter takesMore: whether there may be more than what waits here.
  package func wakeUpTime(at now: Duration, takesMore: Bool) -> Duration? {
    var times = ready.compactMap { jobs[$0]?.notBefore }.filter { $0 > now }
    if takesMore || !ready.isEmpty, case .at(let time) = pacer.admission(at: now) { times.append(time) }
    return times.min()
  }

  // MARK: Coming back

  /// Takes what an answer said about the rate limit, before its attempt ends.
  package mutating func heard(_ limit: RateLimit, at now: Duration) {
    guard let remaining = limit.remaining, let left = limit.timeLeft else { return }
    let budget = Pacer.Budget(limit: limit.limit, remaining: remaining, reset: limit.reset, left: left)
    pacer.heard(budget, inFlight: max(0, inFlight - 1), at: now)
  }

  /// - Returns: nil for a request that is not known.
  package mutating func ended(_ dispatch: Dispatch, _ attempt: AttemptResult<Outcome>, _ phase: Phase, at now: Duration)
    -> Decision?
  {
    inFlight -= 1
    guard var job = jobs.removeValue(forKey: dispatch.number) else { return nil }
    let decision = decision(&job, dispatch.generation, attempt, phase, at: now)
    if case .again = decision {
      job.permit = nil
      jobs[dispatch.number] = job
      ready.insert(dispatch.number, at: ready.firstIndex { $0 > dispatch.number } ?? ready.endIndex)
    }
    return decision
  }

  private mutating func decision(
    _ job: inout Job<Request>, _ generation: Int, _ attempt: AttemptResult<Outcome>, _ phase: Phase, at now: Duration
  ) -> Decision {
    switch attempt {
    case .settled(let outcome):
      if outcome.isUnknown { pacer.lost(generation) } else { pacer.answered(generation) }
      return .settled(job, outcome)
    case .limited(let error):
      guard pacer.limited(generation, retryAfter: error.retryAfter, at: now) == .wait else {
        return .shared(job, error, isStillLimited: true)
      }
      guard job.limited(isAsked: error.retryAfter != nil) else {
        return .settled(job, job.mayBeDone ? .unknown(error) : .refused(error))
      }
      return phase == .going ? .again : .dropped(Dropped(job))
    case .unreached(let error):
      guard pacer.unreached(generation, at: now) == .wait else { return .shared(job, error, isStillLimited: false) }
      return phase == .going ? .again : .dropped(Dropped(job))
    case .lost(let error):
      pacer.lost(generation)
      let maySendAgain = job.lost(at: now)
      switch phase {
      case .interrupted: return .dropped(.abandoned(job.request))
      case .going where maySendAgain, .ending where maySendAgain: return .again
      case .going, .ending, .stopping: return .settled(job, .unknown(error))
      }
    case .shared(let error): return .shared(job, error, isStillLimited: false)
    case .abandoned: return .dropped(.abandoned(job.request))
    }
  }

  /// Takes out all that waits: none of it is to be sent any more.
  package mutating func dropReady() -> [(number: Int, Dropped)] {
    defer { ready = [] }
    return ready.compactMap { number in jobs.removeValue(forKey: number).map { (number, Dropped($0)) } }
  }
}
