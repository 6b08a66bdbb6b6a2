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
  private var looks = 0
  private var pending: ArraySlice<JSONValue> = []

  /// - Parameter since: seconds since 1970; nil for what comes from now on.
  init(call: Call, filters: EventListParameters, every: Duration, since: Double?) {
    self.call = call
    self.filters = filters
    self.every = every
    yieldsFirst = since != nil
    window = EventWindow(start: since, reach: filters.status == nil ? 10 : 300)
  }

  func next() async throws(Interruption) -> JSONValue? {
    while true {
      if let event = pending.popFirst() { return event }
      if looks > 0 { try await call.session.pause(every) }
      let found = try await look()
      if looks > 0 || yieldsFirst { pending = found[...] }
      looks += 1
    }
  }

  /// The new events, oldest first. From the newest one back, page by page, to where everything was looked at before.
  private func look() async throws(Interruption) -> [JSONValue] {
    var parameters = filters
    parameters.since = window.floor.map { TimeReference.iso8601($0) }
    window.begin(isBaseline: looks == 0 && !yieldsFirst)
    var found: [JSONValue] = []
    let client = try await call.client()
    do throws(MittrError) {
      var events = client.events.iterate(parameters).makeAsyncIterator()
      walk: while let event = try await events.next() {
        switch window.see(event) {
        case .new: found.append(JSONValue.object(event.json).detached())
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
