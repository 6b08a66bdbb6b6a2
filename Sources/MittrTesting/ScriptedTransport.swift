public import MittrSDK
import Synchronization

/// A transport that answers from memory and remembers what it was asked: for tests of code that uses the client.
/// ```swift
/// let transport = ScriptedTransport(.json(["id": "evt_1", "status": "pending"], status: 202))
/// let mittr = Mittr(transport)
/// try await place(order, with: mittr)                                  // the code under test
/// #expect(transport.requests.map(\.method) == ["POST"])
/// #expect(transport.requests[0].header("X-Idempotency-Key") == "order-ord_123-created")
/// ```
/// It may be used from many tasks at once; the order of the answers is then that in which the requests come.
public final class ScriptedTransport: Transport {
  private let handler: @Sendable (TransportRequest, Int) async throws(TransportError) -> TransportResponse
  private let log = Mutex<[TransportRequest]>([])

  /// Gives these answers in turn. A request for which none is left fails with the kind `.other`, and did not reach the
  /// server.
  /// - Parameter answers: one for each attempt, those of the client's own retries included.
  public init(_ answers: ScriptedAnswer...) {
    handler = { (_, index) throws(TransportError) in
      guard answers.indices.contains(index) else {
        throw TransportError(
          .other, mayHaveReachedServer: false, message: "the script has \(answers.count) answers and was asked for more"
        )
      }
      return try answers[index].result.get()
    }
  }

  /// Answers each request by what it asks for.
  /// ```swift
  /// let transport = ScriptedTransport { request in
  ///   request.method == "GET" ? .json(["data": [], "pagination": ["hasMore": false]]) : .error("NOT_FOUND", status: 404)
  /// }
  /// ```
  /// - Parameter answer: makes the answer to a request. It may wait, such as for what another task does.
  public init(answer: @escaping @Sendable (TransportRequest) async -> ScriptedAnswer) {
    handler = { (request, _) throws(TransportError) in try await answer(request).result.get() }
  }

  /// Every request so far, in the order in which they came. Their headers hold the API key.
  public var requests: [TransportRequest] { log.withLock { $0 } }

  /// Notes the request and gives its answer.
  /// - Throws: the error of the script, or `.cancelled` when the task is cancelled.
  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    guard !Task.isCancelled else {
      throw TransportError(.cancelled, mayHaveReachedServer: false, message: "the task was cancelled")
    }
    let index = log.withLock { log in
      log.append(request)
      return log.count - 1
    }
    return try await handler(request, index)
  }
}
