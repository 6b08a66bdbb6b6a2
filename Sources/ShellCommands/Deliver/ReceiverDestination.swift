import Interpreter
import MittrSDK
import OrderedJSON
import WebhookReceiver

/// Receivers: each request goes to a URL of its own.
struct ReceiverDestination: BulkDestination {
  let call: Call
  let client: ReceiverClient
  /// As a journal notes it: the URL or the routes.
  let name: String
  /// How long each request is held before it is sent.
  var delay = Duration.zero

  func place() async throws(Interruption) -> BulkPlace { BulkPlace(server: name) }

  func sender(
    heard _: @escaping @Sendable (RateLimit) -> Void
  ) async throws(Interruption) -> any RequestSender {
    ReceiverRequestSender(client: client, delay: delay, now: call.session.now, sleep: call.session.clock.sleep)
  }

  func close() async { await client.shutdown() }
}

/// Posts each delivery once. Whatever a receiver answers is what became of it: nothing is sent again by itself.
private struct ReceiverRequestSender: RequestSender {
  let client: ReceiverClient
  let delay: Duration
  let now: @Sendable () -> Double
  let sleep: @Sendable (Duration) async throws -> Void

  func attempt(_ request: BulkRequest, wasLost _: Bool) async -> AttemptResult {
    guard request.strategy == .send else {
      return .settled(
        Outcome(kind: .unknown, error: .leftOpen(found: "the receiver may have it, so it is not sent again")))
    }
    guard let delivery = request.delivery, let outgoing = delivery.request else {
      return .settled(Outcome(kind: .refused, answer: answer(request), error: Self.noRoute(request)))
    }
    if delay > .zero { do { try await sleep(delay) } catch { return .abandoned } }
    do throws(DeliveryFailure) {
      let answer = try await client.send(delivery.signed(outgoing, at: Int(clamping: now())))
      return .settled(Outcome(kind: answer.isSuccess ? .done : .refused, answer: record(of: answer, to: request)))
    } catch {
      if error.code == .cancelled { return .abandoned }
      let failure = ItemError(code: error.code.rawValue, message: error.message)
      return .settled(Outcome(kind: .failed, answer: answer(request), error: failure))
    }
  }

  private func answer(_ request: BulkRequest) -> JSONObject {
    request.delivery?.eventType.map { ["eventType": .string($0)] } ?? [:]
  }

  private func record(of answer: DeliveryAnswer, to request: BulkRequest) -> JSONObject {
    var record = self.answer(request)
    record["status"] = .number(JSONNumber(answer.status))
    record["ms"] = .number(JSONNumber(Int((answer.duration / .milliseconds(1)).rounded())))
    record["response"] = .object(answer.record)
    return record
  }

  private static func noRoute(_ request: BulkRequest) -> ItemError {
    let type = request.delivery?.eventType.map { "events of the type \($0)" } ?? "events without a type"
    return ItemError(code: "no-route", message: "no route fits \(type): --route '*=URL' takes the rest")
  }
}
