import Interpreter
import MittrSDK
import OrderedJSON

/// Lists the newest events again and again and yields those that are new.
final class EventWatch {
  private let call: Call
  private let filters: EventListParameters
  private let every: Duration
  private var window: EventWindow
  /// Whether what is there at the first look is new.
  private let yieldsFirst: Bool
  /// When it ends, by the session's clock; nil for never.
  private let deadline: Duration?
  /// Called once the first look is done, from when on no event is missed.
  private let onReady: () -> Void
  private var looks = 0
  private var yielded = 0
  private var pending: ArraySlice<JSONValue> = []

  /// - Parameters:
  ///   - since: seconds since 1970; nil for what comes from now on.
  ///   - deadline: when it ends, by the session's clock; nil for never.
  init(
    call: Call, filters: EventListParameters, every: Duration, since: Double?, deadline: Duration? = nil,
    onReady: @escaping () -> Void = {}
  ) {
    self.deadline = deadline
    self.onReady = onReady
    self.call = call
    self.filters = filters
    self.every = every
    yieldsFirst = since != nil
    window = EventWindow(start: since, reach: filters.status == nil ? 10 : 300)
  }

  /// - Returns: nil when the time is up, though more may have come already.
  func next() async throws(Interruption) -> JSONValue? {
    while true {
      let left = deadline.map { $0 - call.session.clock.uptime() } ?? every
      guard left > .zero else { return nil }
      if let event = pending.popFirst() {
        yielded += 1
        return event
      }
      if looks > 0 { showWaiting() }
      if looks > 0 { try await call.session.pause(min(every, left)) }
      let found = try await look()
      if looks == 0 { onReady() }
      if looks > 0 || yieldsFirst { pending = found[...] }
      looks += 1
    }
  }

  /// Nothing is waited for any more.
  func end() { call.session.progress?.showWaiting(nil) }

  private func showWaiting() {
    let count = yielded == 1 ? "1 event so far" : "\(yielded) events so far"
    call.session.progress?.showWaiting("\(call.name): \(count), a look every \(every.text)")
  }

  /// The new events, oldest first. From the newest one back, page by page, to where everything was looked at before.
  private func look() async throws(Interruption) -> [JSONValue] {
    var parameters = filters
    parameters.since = window.floor.map { TimeReference.iso8601($0) }
    window.begin(isBaseline: looks == 0 && !yieldsFirst)
    var found: [JSONValue] = []
    let client = try await call.client()
    do throws(MittrError) {
      var events = client.eventRecords.iterate(parameters).makeAsyncIterator()
      walk: while let event = try await events.next() {
        switch window.see(event) {
        case .new: found.append(JSONValue.object(event).detached())
        case .known: break
        case .beyond: break walk
        }
      }
    } catch {
      throw Interruption(error)
    }
    window.finish()
    return found.reversed()
  }
}
