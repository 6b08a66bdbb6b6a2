import Interpreter
import MittrSDK
import OrderedJSON

/// The platform's API.
struct APIDestination: BulkDestination {
  let call: Call

  func place() async throws(Interruption) -> BulkPlace {
    BulkPlace(server: try await call.server(), project: try await call.client().projectID)
  }

  func sender(
    heard: @escaping @Sendable (RateLimit) -> Void
  ) async throws(Interruption) -> any RequestSender {
    let client = try await call.client()
    return APIRequestSender(
      once: client.with(retryPolicy: .never).with(onRateLimit: heard), reader: client, sleep: call.session.clock.sleep)
  }

  /// The session keeps its client.
  func close() async {}
}

/// Sends requests to the API, and finds out what became of those whose answer was lost.
private struct APIRequestSender: RequestSender {
  /// Sends every request once.
  let once: Mittr
  /// Retries reads.
  let reader: Mittr
  let sleep: @Sendable (Duration) async throws -> Void

  /// What is done at once may take the server a moment: an event that looks unchanged is looked at again.
  private static let secondLook = Duration.milliseconds(500)

  /// - Parameter wasLost: whether it was sent before, and may have been done then.
  func attempt(_ request: BulkRequest, wasLost: Bool) async -> AttemptResult<Outcome> {
    switch request.isRepeatable ? .send : request.strategy {
    case .send: break
    case .settle: return .settled(await settled(request))
    case .settleThenSend:
      switch await decision(request, looks: 1) {
      case .found(.unchanged, _): break
      case let decision: return .settled(outcome(decision, lost: nil))
      }
    }
    do throws(MittrError) {
      return .settled(.done(try await request.send(once)))
    } catch {
      return await judged(error, request, wasLost: wasLost)
    }
  }

  private func judged(_ error: MittrError, _ request: BulkRequest, wasLost: Bool) async -> AttemptResult<Outcome> {
    if error.isCancelled { return .abandoned }
    if error.isPacing { return .limited(error) }
    if error.isUnreached { return .unreached(error) }
    if error.isShared { return .shared(error) }
    // To read once more does no harm.
    if request.call?.method == "GET", error.isTransient { return .lost(error) }
    if error.isOutcomeUnknown {
      guard request.isRepeatable else {
        // Of what an open request does nothing can be looked at.
        if request.operation == .api { return .settled(.unknown(error)) }
        return .settled(outcome(await decision(request, looks: 2), lost: error))
      }
      // An answer that tells nothing today, such as a login page, will not tell more in a second.
      return error.isTransient ? .lost(error) : .settled(.unknown(error))
    }
    guard wasLost else { return .settled(.refused(error)) }
    if let evidence = Self.evidence(error, request) { return .settled(.done(nil, evidence: evidence)) }
    return .settled(.unknown(error, found: "the attempt before it, whose answer was lost, may have been served"))
  }

  /// Why a refusal proves that an earlier attempt, whose answer was lost, was served.
  private static func evidence(_ error: MittrError, _ request: BulkRequest) -> String? {
    switch (request.operation, error.status) {
    case (.delete, 404): "it is gone"
    case (.send, 409) where request.hasOwnKey && error.code == .conflict: "its idempotency key is taken"
    default: nil
    }
  }

  // MARK: Looking at an event again

  private enum ProbeResult {
    case found(Reconciliation.Decision, JSONObject)
    case failed(MittrError)
    /// The server showed something that is not this event.
    case otherEvent
    /// Nothing would be learnt by looking.
    case nothingKnown
  }

  private func settled(_ request: BulkRequest) async -> Outcome {
    outcome(await decision(request, looks: 1), lost: nil)
  }

  private func decision(_ request: BulkRequest, looks: Int) async -> ProbeResult {
    guard let before = request.before else { return .nothingKnown }
    var result = ProbeResult.nothingKnown
    for look in 1...looks {
      if look > 1 { do { try await sleep(Self.secondLook) } catch { return result } }
      do throws(MittrError) {
        let event = try await reader.eventRecords.get(request.name)
        guard event["id"] == .string(request.name) else { return .otherEvent }
        let decision = Reconciliation.decision(before: before, after: EventTrace(event))
        result = .found(decision, event)
        guard decision == .unchanged else { return result }
      } catch {
        return .failed(error)
      }
    }
    return result
  }

  /// - Parameter error: how the answer was lost; nil when an earlier run lost it.
  private func outcome(_ result: ProbeResult, lost error: MittrError?) -> Outcome {
    let found: String
    switch result {
    case .found(.done(let evidence), let event): return .done(event, evidence: evidence)
    case .found(.unchanged, _): found = "the event was unchanged when it was looked at"
    case .found(.undecided, let event):
      let status = event["status"]?.stringValue.map { " (\($0))" } ?? ""
      found = "the event has changed since\(status), but that proves nothing"
    case .failed(let error): found = "looking at the event failed: \(error.message)"
    case .otherEvent: found = "when it was looked at the server showed something else"
    case .nothingKnown: found = "nothing is known of what was before"
    }
    guard let error else { return Outcome(kind: .unknown, error: .leftOpen(found: found)) }
    return .unknown(error, found: found)
  }
}
