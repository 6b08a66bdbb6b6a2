import Interpreter
import MittrSDK
import OrderedJSON
import Synchronization

/// Waits for an event beside the prompt, and tells how it ended.
struct BackgroundWait: Sendable {
  let client: Mittr
  let id: String
  let goal: WaitCondition
  let timeout: Duration
  let every: Duration
  let clock: SessionClock

  /// What is to be told; nil when it was cancelled.
  func notice() async -> String? {
    let deadline = clock.uptime() + timeout
    while true {
      let event: JSONObject
      do throws(MittrError) {
        event = try await client.eventRecords.get(id)
      } catch {
        return Task.isCancelled ? nil : "waiting for \(id) ended: \(error.message)"
      }
      let status = event["status"]?.stringValue
      if goal.status(status) != .open { return Self.outcome(id, status ?? "", event) }
      let left = deadline - clock.uptime()
      guard left > .zero else {
        return "\(id) is \(status ?? "without a status") after \(timeout.text), not \(goal.word)"
      }
      do { try await clock.sleep(min(every, left)) } catch { return nil }
    }
  }

  private static func outcome(_ id: String, _ status: String, _ event: JSONObject) -> String {
    let attempts = event["attempts"]?.intValue
    switch status {
    case "delivered":
      return "\(id) was delivered"
        + (attempts.map { " after \($0) \($0 == 1 ? "attempt" : "attempts")" } ?? "")
    case "dead": return "\(id) is dead" + (event["lastError"].flatMap { $0.isNull ? nil : ": \($0.text)" } ?? "")
    default: return "\(id) is \(status)"
    }
  }
}

/// The waits of a session that run beside its prompt. They end with it.
final class BackgroundWaits: Sendable {
  static let limit = 16

  private let tasks = Mutex<[Int: Task<Void, Never>]>([:])
  private let next = Mutex(0)

  /// How many more may run.
  var room: Int { tasks.withLock { Self.limit - $0.count } }

  func start(_ wait: BackgroundWait, _ notify: @escaping @Sendable (String) -> Void) {
    let number = next.withLock { next in
      next += 1
      return next
    }
    tasks.withLock { tasks in
      tasks[number] = Task { [weak self] in
        if let notice = await wait.notice() { notify(notice) }
        self?.tasks.withLock { _ = $0.removeValue(forKey: number) }
      }
    }
  }

  deinit { tasks.withLock { for task in $0.values { task.cancel() } } }
}

enum BackgroundWaitsKey: SessionKey {
  typealias Value = BackgroundWaits
}

extension EventWait {
  /// Goes on waiting beside the prompt.
  func startInBackground(_ given: [String]) async throws(Interruption) {
    guard call.session.isInteractive else { throw .failure(Self.noPrompt()) }
    let waits = call.session[BackgroundWaitsKey.self] ?? BackgroundWaits()
    call.session[BackgroundWaitsKey.self] = waits
    guard !given.isEmpty || call.input != nil else { throw .failure(.noID(.event)) }
    let room = waits.room
    var ids = given
    if ids.isEmpty {
      // One more than there is room for tells that there are too many.
      while ids.count <= room, let item = try await call.requiredInput.next() {
        do throws(Failure) {
          ids.append(try TargetKind.event.identifier(of: item))
        } catch {
          await call.requiredInput.close()
          throw .failure(error)
        }
      }
      await call.requiredInput.close()
    }
    guard ids.count <= room else { throw .failure(Self.tooMany()) }
    let client = try await call.client()
    let notify = call.session.notify
    for id in ids {
      let wait = BackgroundWait(
        client: client, id: id, goal: goal, timeout: timeout, every: every, clock: call.session.clock)
      waits.start(wait, notify)
    }
  }

  private static func noPrompt() -> Failure {
    Failure(
      "not-interactive", "--background needs a prompt, where it can tell how the wait ended",
      help: "leave it out to wait here")
  }

  private static func tooMany() -> Failure {
    Failure(
      "too-many-waits", "at most \(BackgroundWaits.limit) waits run beside the prompt",
      help: "leave out --background to wait for any number of events")
  }
}
