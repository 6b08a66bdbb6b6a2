import Synchronization

/// What routes and the delivery worker share.
struct Services: Sendable {
  let configuration: SandboxConfiguration
  let database: SandboxDatabase
  let clock: SandboxClock
  let identifiers: IdentifierGenerator
  /// Wakes the delivery worker.
  let wakeup = Wakeup()
  let requests = RequestCounter()
}

/// Numbers the requests.
final class RequestCounter: Sendable {
  private let all = Atomic(Int64(0))
  private let api = Atomic(Int64(0))

  /// Requests to `/api` so far.
  var apiRequests: Int { Int(api.load(ordering: .relaxed)) }

  /// The number of a new request, from 1.
  func next() -> Int64 { all.add(1, ordering: .relaxed).newValue }

  func countAPIRequest() { api.add(1, ordering: .relaxed) }
}
