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

  func place() async throws(Interruption) -> BulkPlace { BulkPlace(server: name) }

  func sender(
    heard _: @escaping @Sendable (RateLimit) -> Void
  ) async throws(Interruption) -> any RequestSender {
    ReceiverRequestSender(client: client, now: call.session.now)
  }

  func close() async { await client.shutdown() }
}

/// Posts each delivery once. Whatever a receiver answers is what became of it: nothing is sent again by itself.
private struct ReceiverRequestSender: RequestSender {
  let client: ReceiverClient
  let now: @Sendable () -> Double

  func attempt(_ request: BulkRequest, wasLost _: Bool) async -> AttemptResult<Outcome> {
    guard request.strategy == .send else {
      return .settled(
        Outcome(kind: .unknown, error: .leftOpen(found: "the receiver may have it, so it is not sent again")))
    }
    guard let delivery = request.delivery else { return .abandoned }
    let outgoing: DeliveryRequest
    do throws(ItemError) { outgoing = try delivery.request.get() } catch {
      return .settled(Outcome(kind: .refused, answer: answer(request), error: error))
    }
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
}
