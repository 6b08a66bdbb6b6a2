import Interpreter
import MittrSDK
import OrderedJSON

/// A status that is waited for, and what an event's status says of it.
struct EventGoal {
  enum Outlook: Hashable {
    case reached
    case open
    /// The event's status does not change any more.
    case never
  }

  /// The word for any status that is the last one.
  static let settled = "settled"
  private static let last: Set<String> = ["delivered", "dead"]

  let word: String

  init(_ word: String) { self.word = word }

  func outlook(_ status: String?) -> Outlook {
    guard let status else { return .open }
    if status == word { return .reached }
    guard Self.last.contains(status) else { return .open }
    return word == Self.settled ? .reached : .never
  }
}

/// Looks at an event again and again until its status is the one that is waited for.
struct EventWait {
  let call: Call
  let goal: EventGoal
  let timeout: Duration
  let every: Duration

  func event(_ id: String) async throws(Interruption) -> JSONObject {
    let start = call.session.clock.uptime()
    while true {
      let event = try await call.request { client throws(MittrError) in try await client.events.get(id) }
      let status = event.status?.rawValue
      switch goal.outlook(status) {
      case .reached: return event.json
      case .never: throw .failure(never(id, status ?? ""))
      case .open: break
      }
      let left = timeout - (call.session.clock.uptime() - start)
      guard left > .zero else { throw .failure(late(id, status)) }
      try await call.session.pause(min(every, left))
    }
  }

  private func never(_ id: String, _ status: String) -> Failure {
    Failure(
      "wait-failed", "\(id) is \(status) and never will be \(goal.word)",
      help: "--until settled waits for either; replay \(id) delivers it again")
  }

  private func late(_ id: String, _ status: String?) -> Failure {
    Failure(
      "timeout", "\(id) is \(status ?? "without a status") after \(timeout.text), not \(goal.word)",
      help: "--timeout says how long to wait")
  }
}

extension Duration {
  /// As it could be written: `30s`, `250ms`.
  var text: String {
    let milliseconds = Int64(inSeconds * 1000)
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
  }
}
