import Interpreter
import MittrSDK
import OrderedJSON

/// A status that is waited for, and what an event's status says of it.
struct WaitCondition {
  enum WaitStatus: Hashable {
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

  func status(_ status: String?) -> WaitStatus {
    guard let status else { return .open }
    if status == word { return .reached }
    guard Self.last.contains(status) else { return .open }
    return word == Self.settled ? .reached : .never
  }
}

/// Looks at an event again and again until its status is the one that is waited for.
struct EventWait {
  let call: Call
  let goal: WaitCondition
  let timeout: Duration
  let every: Duration

  func event(_ id: String) async throws(Interruption) -> JSONObject {
    let start = call.session.clock.uptime()
    var status = EventWaitStatus(call)
    defer { status.end() }
    while true {
      let passed = call.session.clock.uptime() - start
      guard let event = try await event(id, within: timeout - passed) else { throw .failure(silent(id)) }
      let word = event["status"]?.stringValue
      switch goal.status(word) {
      case .reached: return event
      case .never: throw .failure(never(id, word ?? ""))
      case .open: break
      }
      let left = timeout - (call.session.clock.uptime() - start)
      guard left > .zero else { throw .failure(late(id, word)) }
      await status.show(event, id, left: left)
      try await call.session.pause(min(every, left))
    }
  }

  /// A server that answers at all gets this long to do so.
  private static let shortestWait = Duration.seconds(1)

  /// The event as it is now; nil when no answer came in time.
  private func event(_ id: String, within time: Duration) async throws(Interruption) -> JSONObject? {
    let client = try await call.client()
    let request = Task { () -> Result<JSONObject, MittrError> in
      do throws(MittrError) { return .success(try await client.eventRecords.get(id)) } catch { return .failure(error) }
    }
    let timer = Task {
      try? await Task.sleep(for: max(time, Self.shortestWait))
      request.cancel()
    }
    defer { timer.cancel() }
    let result = await withTaskCancellationHandler {
      await request.value
    } onCancel: {
      request.cancel()
    }
    switch result {
    case .success(let event): return event
    case .failure(let error):
      if error.isCancelled, !Task.isCancelled { return nil }
      throw Interruption(error)
    }
  }

  private func silent(_ id: String) -> Failure {
    Failure(
      "timeout", "the server did not say within \(timeout.text) what \(id) is",
      help: "--timeout says how long to wait")
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
  /// As it could be written, in the largest unit that leaves no rest: `30s`, `5m`, `250ms`.
  var text: String {
    let milliseconds = Int64(inSeconds * 1000)
    let units: [(name: String, length: Int64)] = [("h", 3_600_000), ("m", 60_000), ("s", 1000)]
    let unit = milliseconds == 0 ? units[2] : units.first { milliseconds % $0.length == 0 } ?? ("ms", 1)
    return "\(milliseconds / unit.length)\(unit.name)"
  }
}
