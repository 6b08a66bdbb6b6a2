/// What a bulk call does with each of its items.
struct BulkAction<Item: Sendable, Output: Sendable>: Sendable {
  typealias Attempt = @Sendable (APIClient) async throws(MittrError) -> Output

  /// Whether doing it twice does no more than doing it once.
  let isRepeatable: Bool
  /// What tells an item from all others: one whose name came before is passed over. nil for an item that is one of its own
  /// in any case.
  var name: @Sendable (Item) -> String? = { _ in nil }
  /// Makes of an item what sends its request; an item of which none can be made fails alone.
  let prepare: @Sendable (Item) throws(MittrError) -> Attempt
  /// What a refusal means after an attempt whose answer was lost: that one's result, if it proves that it was served.
  var proof: @Sendable (MittrError) -> Output? = { _ in nil }
}

/// A request of a bulk call.
struct BulkCallRequest<Item: Sendable, Output: Sendable>: JobRequest {
  let item: Item
  let attempt: BulkAction<Item, Output>.Attempt

  var isResent: Bool { false }
}

/// What became of a request of a bulk call.
struct BulkCallOutcome<Output: Sendable>: JobOutcome {
  let result: Result<Output, MittrError>

  static func refused(_ error: MittrError) -> BulkCallOutcome { BulkCallOutcome(result: .failure(error)) }

  static func unknown(_ error: MittrError) -> BulkCallOutcome {
    BulkCallOutcome(result: .failure(error.leavingOutcomeOpen()))
  }

  var isUnknown: Bool { if case .failure(let error) = result { error.isOutcomeUnknown } else { false } }
}

extension BulkAction {
  /// Sends a request once, and says what that means for the run.
  /// - Parameter wasLost: whether it was sent before, and may have been done then.
  func attemptResult(
    of request: BulkCallRequest<Item, Output>, wasLost: Bool, by client: APIClient
  ) async -> AttemptResult<BulkCallOutcome<Output>> {
    do throws(MittrError) {
      return .settled(BulkCallOutcome(result: .success(try await request.attempt(client))))
    } catch {
      if error.code == MittrError.Code.cancelled { return .settled(wasLost ? .unknown(error) : .refused(error)) }
      if error.isPacing { return .limited(error) }
      if error.isUnreached { return .unreached(error) }
      if error.isShared { return .shared(error) }
      // An answer that tells nothing today, such as a login page, will not tell more in a second.
      if error.isOutcomeUnknown { return isRepeatable && error.isTransient ? .lost(error) : .settled(.unknown(error)) }
      guard wasLost else { return .settled(.refused(error)) }
      return .settled(proof(error).map { BulkCallOutcome(result: .success($0)) } ?? .unknown(error))
    }
  }
}
