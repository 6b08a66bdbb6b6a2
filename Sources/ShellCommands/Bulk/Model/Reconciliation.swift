/// Whether a replay whose answer was lost took effect, told from the event before and after.
///
/// What counts as proof:
/// - An event that was `dead` or `delivered` is at rest: the platform does not touch it any more. If its status, its number
///   of attempts or its `updatedAt` has changed, it was replayed since. (By another client, if not by this run: for the
///   event that is the same, and replaying it once more would be once too often.)
/// - An event that was in any other status may be delivered again by the platform itself, which moves its status and its
///   `updatedAt` and raises its attempts. Only attempts that have become fewer prove a replay, since nothing else starts
///   counting anew.
///
/// An event that has not changed proves nothing for good: the request may still be on its way through a proxy or a queue.
enum Reconciliation {
  enum Decision: Sendable, Hashable {
    /// It was replayed. The words tell why that is certain.
    case done(evidence: String)
    /// When it was looked at, no replay had reached it.
    case unchanged
    /// It has changed, but not only a replay does that; or nothing is known of what it was before.
    case undecided
  }

  private static let atRest: Set<String> = ["dead", "delivered"]

  static func decision(before: EventTrace?, after: EventTrace?) -> Decision {
    guard let before, let after, let was = before.status, let now = after.status else { return .undecided }
    if let past = before.attempts, let present = after.attempts, present < past {
      return .done(evidence: "its attempts were \(past) and are \(present)")
    }
    guard before != after else { return .unchanged }
    guard atRest.contains(was) else { return .undecided }
    if was != now { return .done(evidence: "it was \(was) and is \(now)") }
    if before.updatedAt != nil, after.updatedAt != nil, before.updatedAt != after.updatedAt {
      return .done(evidence: "it was changed since it was \(was)")
    }
    if let past = before.attempts, let present = after.attempts, past != present {
      return .done(evidence: "its attempts were \(past) and are \(present)")
    }
    return .undecided
  }
}
