/// Decides when the requests of one run may go out: a state machine without any input, output or clock of its own.
///
/// A server that refuses to serve (429, or 503 with `Retry-After`) or cannot be reached makes the whole run pause, not one
/// request. Refusals of requests that were sent before a pause began belong to that pause; one that comes after it begins
/// the next round. A round that is not the first is begun with one request alone. So many rounds without a single answer
/// in between mean that waiting does not help.
package struct Pacer: Sendable {
  /// Whether a request may go out.
  package enum Admission: Sendable, Hashable {
    case now
    case at(Duration)
    /// Once something under way has ended.
    case afterAnswer
  }

  package enum Decision: Sendable, Hashable {
    case wait
    case giveUp
  }

  /// Why nothing goes out.
  package enum Cause: Sendable, Hashable {
    /// The server said for how long (`Retry-After`).
    case asked
    /// There were too many requests, and the server did not say for how long to wait.
    case refused
    case unreached
    /// The server's rate limit is used up for now.
    case rateLimit
  }

  /// A wait of the whole run. Two are the same if cause and number are.
  package struct Wait: Sendable {
    package let cause: Cause
    package let number: Int
    package let left: Duration
  }

  /// What an answer told about the rate limit.
  package struct Budget: Sendable {
    package var limit: Int?
    package var remaining: Int
    /// By which moment the window is known: as long as it is the same, it is the same window.
    package var reset: Int?
    /// How long the window goes on, to the second.
    package var left: Duration

    package init(limit: Int? = nil, remaining: Int, reset: Int? = nil, left: Duration) {
      self.limit = limit
      self.remaining = remaining
      self.reset = reset
      self.left = left
    }
  }

  /// The longest pause that is waited out.
  package static let longestPause = Duration.seconds(600)
  /// How often the server may ask for a pause in a row.
  package static let roundsAsked = 10
  /// How often it may refuse in a row without saying for how long.
  package static let roundsUnasked = 5
  /// How often it may be out of reach in a row, before and after it was reached for the first time.
  package static let roundsUnreached = (first: 3, later: 7)
  private static let longestBackoff = Duration.seconds(16)

  private let interval: Duration?
  private var nextSlot = Duration.zero
  private var pausedUntil = Duration.zero
  private var cause = Cause.asked
  private var rounds = 0
  private var wasReached = false
  /// Counts pauses, so that it can be told whether a request was sent before or after the last one began.
  package private(set) var generation = 0
  private var probes = 0
  /// The server's own limit: what is left of the window goes out evenly until then.
  private var windowEnd = Duration.zero
  private var windowReset: Int?
  private var windowInterval = Duration.zero
  private var nextInWindow = Duration.zero

  /// - Parameter interval: from one request to the next at least; nil for as fast as it goes.
  package init(interval: Duration? = nil) { self.interval = interval }

  /// - Parameter now: the time since some fixed moment, as in all other calls.
  package func admission(at now: Duration) -> Admission {
    var time = max(pausedUntil, nextSlot)
    if now < windowEnd { time = max(time, nextInWindow) }
    if time > now { return .at(time) }
    return isProbing && probes > 0 ? .afterAnswer : .now
  }

  package func isPaused(at now: Duration) -> Bool { pausedUntil > now }

  /// How much longer the server asked to wait.
  package func asked(at now: Duration) -> Duration? {
    guard let wait = wait(at: now), wait.cause == .asked || wait.cause == .rateLimit else { return nil }
    return wait.left
  }

  /// Why, and how much longer, nothing goes out.
  package func wait(at now: Duration) -> Wait? {
    if pausedUntil > now { return Wait(cause: cause, number: generation, left: pausedUntil - now) }
    // A window that is used up goes on for a while, too.
    let rest = nextInWindow - now
    guard now < windowEnd, rest >= .seconds(1) else { return nil }
    return Wait(cause: .rateLimit, number: windowReset ?? 0, left: rest)
  }

  /// Notes that a request goes out, or is certain to.
  package mutating func take(at now: Duration) {
    if let interval {
      // What a timer came too late is caught up with, where requests follow each other closely.
      let credit: Duration = interval < .milliseconds(20) ? .milliseconds(20) : .zero
      nextSlot = max(nextSlot, now - credit) + interval
    }
    if now < windowEnd { nextInWindow = max(nextInWindow, now) + windowInterval }
    if isProbing { probes += 1 }
  }

  /// A request was answered, whatever the answer says.
  package mutating func answered(_ generation: Int) {
    wasReached = true
    if generation == self.generation {
      rounds = 0
      probes = 0
    } else if generation == self.generation - 1 {
      // It went out in the same round as what made the run pause, and was served: not everything is refused.
      rounds = min(rounds, 1)
    }
  }

  /// A request ended without an answer, but may have been served.
  package mutating func lost(_ generation: Int) {
    if generation == self.generation { probes = 0 }
  }

  /// A request was refused because of how many there are.
  package mutating func limited(_ generation: Int, retryAfter: Duration?, at now: Duration) -> Decision {
    wasReached = true
    if let retryAfter, retryAfter > Self.longestPause { return .giveUp }
    guard begins(generation, rounds: retryAfter == nil ? Self.roundsUnasked : Self.roundsAsked) else { return .giveUp }
    // A date has whole seconds: the moment it names may be now, and still too soon.
    pause(until: now + (retryAfter.map { max($0, .milliseconds(100)) } ?? backoff(.seconds(1))))
    cause = retryAfter == nil ? .refused : .asked
    return .wait
  }

  /// A request did not reach the server.
  package mutating func unreached(_ generation: Int, at now: Duration) -> Decision {
    guard begins(generation, rounds: wasReached ? Self.roundsUnreached.later : Self.roundsUnreached.first) else {
      return .giveUp
    }
    pause(until: now + backoff(.milliseconds(250)))
    cause = .unreached
    return .wait
  }

  /// Takes what an answer said about the limit. As long as much is left nothing changes; the last tenth of a window goes
  /// out evenly until its end.
  /// - Parameter inFlight: how many requests are under way, which the server may not have counted yet.
  package mutating func heard(_ budget: Budget, inFlight: Int, at now: Duration) {
    guard budget.left > .zero, budget.left <= .seconds(3600) else { return }
    // Of what is told in whole seconds the first telling is the nearest to the truth.
    let end = now + min(budget.left, Self.longestPause)
    windowEnd = budget.reset == windowReset && windowReset != nil ? min(windowEnd, end) : end
    windowReset = budget.reset
    let spare = budget.remaining - inFlight
    if spare >= max(1, (budget.limit ?? 0) / 10) {
      (windowInterval, nextInWindow) = (.zero, .zero)
    } else if spare > 0 {
      windowInterval = max(.zero, windowEnd - now) / (spare + 1)
      nextInWindow = now + windowInterval
    } else {
      nextInWindow = windowEnd
    }
  }

  /// After a second refusal in a row one request alone finds out whether the server serves again.
  private var isProbing: Bool { rounds > 1 }

  /// Whether a refusal may be waited out; it counts if it is the first one since the last pause.
  private mutating func begins(_ generation: Int, rounds limit: Int) -> Bool {
    guard generation == self.generation else { return true }
    guard rounds < limit else { return false }
    rounds += 1
    probes = 0
    self.generation += 1
    return true
  }

  private mutating func pause(until time: Duration) { pausedUntil = max(pausedUntil, time) }

  private func backoff(_ first: Duration) -> Duration {
    min(first * (1 << min(max(0, rounds - 1), 16)), Self.longestBackoff)
  }
}
