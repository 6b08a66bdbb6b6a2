/// A request that a run sends, as far as its queue is concerned.
package protocol JobRequest: Sendable {
  /// Whether an earlier run may have sent it already.
  var isResent: Bool { get }
}

/// A request of a run that is not settled yet.
package struct Job<Request: JobRequest>: Sendable {
  package let request: Request
  /// The line of the journal that must be on disk before it goes out; 0 for none.
  package let line: Int
  /// The pause, by its number, after which the pacer let it out.
  var permit: Int?
  private(set) var notBefore = Duration.zero
  private var timesLost = 0
  private var timesLimited = 0

  private static var attemptsWhenLost: Int { 4 }
  private static var attemptsWhenLimited: Int { 10 }
  /// The server does not say that waiting helps.
  private static var attemptsWhenUnasked: Int { 5 }

  package init(_ request: Request, line: Int = 0) {
    self.request = request
    self.line = line
  }

  /// Whether it was sent before, and may have been done then.
  package var mayBeDone: Bool { timesLost > 0 || request.isResent }

  /// Notes that it was refused because there were too many requests.
  /// - Parameter isAsked: whether the server said for how long to wait.
  /// - Returns: whether it may be sent again.
  mutating func limited(isAsked: Bool) -> Bool {
    timesLimited += 1
    return timesLimited < (isAsked ? Self.attemptsWhenLimited : Self.attemptsWhenUnasked)
  }

  /// Notes that its answer was lost.
  /// - Returns: whether it may be sent again, after a while.
  mutating func lost(at now: Duration) -> Bool {
    notBefore = now + .milliseconds(250) * (1 << timesLost)
    timesLost += 1
    return timesLost < Self.attemptsWhenLost
  }
}
