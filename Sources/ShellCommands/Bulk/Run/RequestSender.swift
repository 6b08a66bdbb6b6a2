import Interpreter
import MittrSDK

/// Sends the requests of one run, each once. It belongs to no task.
protocol RequestSender: Sendable {
  /// - Parameter wasLost: whether it was sent before, and may have been done then.
  func attempt(_ request: BulkRequest, wasLost: Bool) async -> AttemptResult<Outcome>
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
