import Interpreter
import OrderedJSON

/// Which events were seen already: those of a stretch of time that ends with the newest event. What is older than the
/// stretch counts as seen, so that memory does not grow.
///
/// Times are the server's own (`createdAt`), never this machine's: two clocks need not agree.
struct EventWindow {
  enum Coverage: Hashable {
    case new
    case known
    /// Too old; so are all that follow in a list that is newest first.
    case beyond
  }

  /// Seconds since 1970: nothing older is looked at.
  private let start: Double?
  /// How far back from the newest event it reaches, in seconds: a server may tell of an event a little late, and several
  /// are created within one millisecond.
  private let reach: Double
  private var newest: Double?
  /// When the events were created whose ids were seen.
  private var seen: [String: Double] = [:]
  private var limit: Double?
  private var isBaseline = false
  private var last: Double?
  private var undated = 0

  init(start: Double?, reach: Double) {
    self.start = start
    self.reach = reach
  }

  /// Seconds since 1970: what is older needs no look.
  var floor: Double? {
    guard let newest else { return start }
    return max(newest - reach, start ?? newest - reach)
  }

  var count: Int { seen.count }

  /// Starts a walk over the list, newest first.
  /// - Parameter isBaseline: whether the list is only looked at to know what is there; then its newest event says how far
  ///   back that must be known.
  mutating func begin(isBaseline: Bool) {
    (self.isBaseline, limit, last, undated) = (isBaseline, floor, nil, 0)
  }

  mutating func see(_ event: JSONObject) -> Coverage {
    // An event without an id is told by all that it says.
    let id = event["id"]?.stringValue ?? event.description
    let isKnown = seen[id] != nil
    guard let time = (event["createdAt"]?.stringValue).flatMap({ TimeReference.seconds(iso8601: $0) }) ?? last else {
      // Without any times only the order is left: what is known ends the walk, and so does a page when nothing is.
      undated += 1
      if isKnown || isBaseline && undated > 100 { return .beyond }
      seen[id] = .infinity
      return .new
    }
    if isBaseline, limit == nil { limit = time - reach }
    if let limit, time < limit { return .beyond }
    last = time
    newest = max(newest ?? time, time)
    seen[id] = time
    return isKnown ? .known : .new
  }

  /// Ends the walk: forgets what the next one does not reach.
  mutating func finish() {
    guard let floor else { return }
    seen = seen.filter { $0.value >= floor }
  }
}
