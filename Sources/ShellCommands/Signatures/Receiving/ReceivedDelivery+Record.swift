import Interpreter
import MittrWebhooks
import OrderedJSON
import WebhookReceiver

extension ReceivedDelivery {
  /// What `deliveries` yields.
  /// - Parameter eventType: of its event; nil where it is not known.
  func record(eventType: String?) -> JSONObject {
    var record: JSONObject = [
      "number": .number(JSONNumber(number)), "receivedAt": .string(TimeReference.iso8601(request.receivedAt)),
      "method": .string(request.method), "path": .string(request.path),
      "eventId": request.eventID.map { .string($0) } ?? .null, "eventType": eventType.map { .string($0) } ?? .null,
      "status": .number(JSONNumber(status)), "valid": diagnosis.map { .bool($0.valid) } ?? .null,
      "reason": diagnosis.map { .string($0.reason.rawValue) } ?? .null,
      "size": .number(JSONNumber(request.body.count)),
      "attempt": attempt.map { .number(JSONNumber($0)) } ?? .null,
      "ms": .number(JSONNumber(Int((duration / .milliseconds(1)).rounded()))), "port": .number(JSONNumber(port)),
    ]
    if let problem { record["error"] = ["code": .string(problem.code), "message": .string(problem.message)] }
    record["target"] = .string(request.target)
    record["headers"] = .object(request.headers.record)
    request.body.put(into: &record)
    record["response"] = .object(responseRecord)
    return record
  }

  /// `{status, headers, body}`, or `bodyBase64` for what is not text; `truncated` where only the beginning is kept.
  private var responseRecord: JSONObject {
    var record: JSONObject = [
      "status": .number(JSONNumber(status)),
      "headers": .object(response.headers.map { (name: $0.name, value: $0.value) }.record),
    ]
    response.body.put(into: &record)
    if isResponseCut { record["truncated"] = true }
    return record
  }

  /// One line for a person: what came, whether it holds, what was answered.
  /// - Parameters:
  ///   - eventType: of its event; nil where it is not known.
  ///   - tellsPort: whether there are several receivers.
  func notice(eventType: String?, tellsPort: Bool) -> String {
    var words = ["delivery \(number):", request.method, Self.shortened(request.path)]
    if let eventType { words.append(Self.shortened(eventType)) }
    if let id = request.eventID { words.append(Self.shortened(id)) }
    if tellsPort { words.append("on port \(port)") }
    let verification = diagnosis.map { $0.valid ? "valid" : "not valid (\($0.reason))" } ?? "not verified (no secret)"
    let problem = problem.map { "; \(Self.shortened($0.message))" } ?? ""
    return words.joined(separator: " ") + ", \(verification), answered \(status)\(problem)"
  }

  private static func shortened(_ text: String) -> String { text.count > 100 ? text.prefix(100) + "…" : text }
}
