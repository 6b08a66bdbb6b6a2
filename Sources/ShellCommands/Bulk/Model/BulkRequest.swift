import MittrSDK
import OrderedJSON

/// One request of a bulk command, ready to be sent.
struct BulkRequest: JobRequest {
  /// How what an earlier attempt may have done is dealt with.
  enum Strategy: Sendable {
    case send
    /// An earlier run sent it and never learnt what became of it: it is looked at, and never sent again.
    case settle
    /// The same, but it is sent again if nothing has changed since: the user asked for that.
    case settleThenSend
  }

  let operation: BulkOperation
  /// By what the item is known: the id of the event or endpoint; for an event to be sent, its idempotency key.
  let name: String
  var body: JSONObject?
  /// What is posted to a receiver.
  var delivery: OutgoingDelivery?
  /// What is asked of the API, where the operation leaves that open.
  var call: APICall?
  /// The number of the item, from 1, where it is known by nothing else.
  var itemNumber: Int?
  /// What the record from the pipe showed of an event to be replayed.
  var before: EventTrace?
  /// Whether the idempotency key was made for this item, and so cannot have been used for another one.
  var hasOwnKey = false
  var strategy = Strategy.send
  /// Whether an earlier run may have sent it already.
  var isResent = false

  /// Whether doing it twice does no more than doing it once.
  var isRepeatable: Bool { call?.isRepeatable ?? operation.isRepeatable }

  /// What `--dry-run` shows.
  var description: JSONValue {
    if let delivery { return delivery.description }
    if let call { return .object(call.description(body: body.map { .object($0) })) }
    var record: JSONObject = ["method": .string(operation.method), "path": .string(operation.path(name))]
    record["body"] = body.map { .object($0) }
    if operation == .send, !hasOwnKey { record["headers"] = ["X-Idempotency-Key": .string(name)] }
    return .object(record)
  }

  /// Sends it once.
  /// - Returns: what the server says of the object now; nil when it is gone.
  func send(_ client: Mittr) async throws(MittrError) -> JSONObject? {
    switch operation {
    case .replay: return try await client.eventRecords.replay(name)
    case .update: return try await client.endpointRecords.change(name, body: body ?? [:])
    case .send: return try await client.eventRecords.send(body ?? [:], idempotencyKey: name)
    case .delete:
      try await client.endpoints.delete(name)
      return nil
    case .api:
      guard let call else { return nil }
      let answer = try await call.send(client, body: body.map { .object($0) })
      return answer.objectValue ?? ["answer": answer]
    // Receivers have a sender of their own.
    case .deliver: return nil
    }
  }

  /// `{id, ok: true, …}` with the object's other fields, or `{id, ok: false, error}`.
  /// - Parameter isSkipped: whether an earlier run has done with it, which the record then says.
  func record(of outcome: Outcome, isSkipped: Bool = false) -> JSONValue {
    var record: JSONObject = ["id": id(in: outcome), "ok": .bool(outcome.kind == .done)]
    record["item"] = itemNumber.map { .number(JSONNumber($0)) }
    if operation == .send, outcome.kind != .done, !name.isEmpty { record["idempotencyKey"] = .string(name) }
    for (key, value) in outcome.answer ?? [:] where key != "id" && key != "ok" { record[key] = value }
    record["evidence"] = outcome.evidence.map { .string($0) }
    record["error"] = outcome.error.map { .object($0.record) }
    if isSkipped { record["skipped"] = true }
    return .object(record)
  }

  /// An event that was not sent has no id yet.
  private func id(in outcome: Outcome) -> JSONValue {
    switch operation {
    case .send: outcome.answer?["id"] ?? .null
    case .deliver: delivery?.eventID.map { .string($0) } ?? (name.isEmpty ? .null : .string(name))
    case .api: outcome.answer?["id"] ?? .string(name)
    case .replay, .update, .delete: name.isEmpty ? .null : .string(name)
    }
  }
}
