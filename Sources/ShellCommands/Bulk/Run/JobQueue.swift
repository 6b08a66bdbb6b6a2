import Interpreter
import MittrSDK

/// The requests of a run that are not settled yet: which of them wait, which are under way, and what the end of an attempt
/// makes of one. A state machine without any input, output or clock of its own.
struct JobQueue {
  /// A request that is to be sent now.
  struct Dispatch: Sendable {
    let number: Int
    let request: BulkRequest
    /// Whether it was sent before, and may have been done then.
    let wasLost: Bool
    /// The pause, by its number, after which it goes out.
    let generation: Int
  }

  /// How far a run has come on the way to its end.
  enum Phase: Int {
    case going
    /// An error ends it: nothing new is taken, and what is under way is seen through.
    case ending
    /// Nothing goes out any more.
    case stopping
    /// The same, because a person wants it.
    case interrupted
  }

  /// What the end of an attempt makes of a request.
  enum Decision {
    /// It waits for another one.
    case again
    case settled(BulkJob, Outcome)
    /// It failed as all others would, which ends the run. Nothing was wrong with the item: a later run is to do it.
    case shared(BulkJob, MittrError, Failure)
    case dropped(Dropped)
  }

  /// A request that will not be sent any more.
  enum Dropped {
    /// It was certainly not done.
    case withdrawn(BulkRequest)
    /// Nobody knows what became of it.
    case abandoned(BulkRequest)

    init(_ job: BulkJob) { self = job.mayBeDone ? .abandoned(job.request) : .withdrawn(job.request) }
  }

  private(set) var pacer: Pacer
  private(set) var inFlight = 0
  private var jobs: [Int: BulkJob] = [:]
  /// What is to go out, in the order of the items.
  private var ready: [Int] = []

  init(rate: Rate?) { pacer = Pacer(rate: rate) }

  /// How many there are, waiting or under way.
  var count: Int { jobs.count }

  /// Takes a request that may go out now as far as the pacer is concerned, and has its turn from then on.
  mutating func add(_ job: BulkJob, _ number: Int, at now: Duration) {
    var job = job
    pacer.take(at: now)
    job.permit = pacer.generation
    jobs[number] = job
    ready.append(number)
  }

  // MARK: Going out

  /// Takes out what is to be sent now.
  /// - Parameter syncedLines: how many lines of the journal are on disk.
  mutating func dispatches(at now: Duration, syncedLines: Int) -> [Dispatch] {
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

  private mutating func mayGo(_ job: inout BulkJob, at now: Duration) -> Bool {
    // What the pacer let out goes out, unless a pause has begun since.
    if job.permit == pacer.generation, !pacer.isPaused(at: now) { return true }
    guard pacer.admission(at: now) == .now else { return false }
    pacer.take(at: now)
    job.permit = pacer.generation
    return true
  }

  /// When something may go out that may not yet, other than by an answer.
  /// - Parameter takesMore: whether there may be more than what waits here.
  func wakeUpTime(at now: Duration, takesMore: Bool) -> Duration? {
    var times = ready.compactMap { jobs[$0]?.notBefore }.filter { $0 > now }
    if takesMore || !ready.isEmpty, case .at(let time) = pacer.admission(at: now) { times.append(time) }
    return times.min()
  }

  // MARK: Coming back

  /// Takes what an answer said about the rate limit, before its attempt ends.
  mutating func heard(_ limit: RateLimit, at now: Duration) {
    guard let remaining = limit.remaining, let left = limit.timeLeft else { return }
    let budget = Pacer.Budget(limit: limit.limit, remaining: remaining, reset: limit.reset, left: left)
    pacer.heard(budget, inFlight: max(0, inFlight - 1), at: now)
  }

  /// - Returns: nil for a request that is not known.
  mutating func ended(_ dispatch: Dispatch, _ attempt: AttemptResult, _ phase: Phase, at now: Duration) -> Decision? {
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
    _ job: inout BulkJob, _ generation: Int, _ attempt: AttemptResult, _ phase: Phase, at now: Duration
  ) -> Decision {
    switch attempt {
    case .settled(let outcome):
      if outcome.kind == .unknown { pacer.lost(generation) } else { pacer.answered(generation) }
      return .settled(job, outcome)
    case .limited(let error):
      guard pacer.limited(generation, retryAfter: error.retryAfter, at: now) == .wait else {
        return .shared(job, error, .stillLimited(error))
      }
      guard job.limited(isAsked: error.retryAfter != nil) else {
        return .settled(job, job.mayBeDone ? .unknown(error) : .refused(error))
      }
      return phase == .going ? .again : .dropped(Dropped(job))
    case .unreached(let error):
      guard pacer.unreached(generation, at: now) == .wait else { return .shared(job, error, Failure(error)) }
      return phase == .going ? .again : .dropped(Dropped(job))
    case .lost(let error):
      pacer.lost(generation)
      let maySendAgain = job.lost(at: now)
      switch phase {
      case .interrupted: return .dropped(.abandoned(job.request))
      case .going where maySendAgain, .ending where maySendAgain: return .again
      case .going, .ending, .stopping: return .settled(job, .unknown(error))
      }
    case .shared(let error): return .shared(job, error, Failure(error))
    case .abandoned: return .dropped(.abandoned(job.request))
    }
  }

  /// Takes out all that waits: none of it is to be sent any more.
  mutating func dropReady() -> [(number: Int, Dropped)] {
    defer { ready = [] }
    return ready.compactMap { number in jobs.removeValue(forKey: number).map { (number, Dropped($0)) } }
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
