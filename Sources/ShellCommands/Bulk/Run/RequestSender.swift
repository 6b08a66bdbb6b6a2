import Interpreter
import MittrSDK

/// Sends the requests of one run, each once. It belongs to no task.
protocol RequestSender: Sendable {
  /// - Parameter wasLost: whether it was sent before, and may have been done then.
  func attempt(_ request: BulkRequest, wasLost: Bool) async -> AttemptResult
}

/// Where the requests of a run go.
protocol BulkDestination {
  func place() async throws(Interruption) -> BulkPlace
  /// - Parameter heard: takes what answers tell of the rate limit, from any thread.
  func sender(heard: @escaping @Sendable (RateLimit) -> Void) async throws(Interruption) -> any RequestSender
  /// Gives up what it holds: nothing is sent any more.
  func close() async
}

/// The place, as a journal notes it.
struct BulkPlace {
  let server: String
  var project: String?
}

/// How one sending of a request ended, and what that means for the run.
enum AttemptResult: Sendable {
  case settled(Outcome)
  /// It was not processed, because there were too many: 429, or 503 with `Retry-After`.
  case limited(MittrError)
  /// It did not reach the server.
  case unreached(MittrError)
  /// It may have been done, and doing it again does no harm.
  case lost(MittrError)
  /// It failed as all others would. What the error says of its outcome holds.
  case shared(MittrError)
  /// It was given up, because the run was interrupted twice.
  case abandoned
}
