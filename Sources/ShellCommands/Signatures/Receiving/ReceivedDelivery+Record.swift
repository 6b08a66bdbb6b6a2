import Interpreter
import MittrWebhooks
import OrderedJSON
import WebhookReceiver

extension ReceivedDelivery {
  /// What `deliveries` yields.
  var record: JSONObject {
    var record: JSONObject = [
      "number": .number(JSONNumber(number)), "receivedAt": .string(TimeReference.iso8601(request.receivedAt)),
      "method": .string(request.method), "path": .string(request.path),
      "eventId": request.eventID.map { .string($0) } ?? .null, "eventType": eventType.map { .string($0) } ?? .null,
      "status": .number(JSONNumber(status)), "valid": diagnosis.map { .bool($0.valid) } ?? .null,
      "reason": diagnosis.map { .string($0.reason.rawValue) } ?? .null,
      "size": .number(JSONNumber(request.body.count)),
    ]
    if let problem { record["error"] = .string(problem) }
    record["target"] = .string(request.target)
    record["headers"] = .object(request.headers.record)
    request.body.put(into: &record)
    return record
  }

  /// One line for a person: what came, whether it holds, what was answered.
  var notice: String {
    var words = ["delivery \(number):", request.method, Self.shortened(request.path)]
    if let eventType { words.append(Self.shortened(eventType)) }
    if let id = request.eventID { words.append(Self.shortened(id)) }
    let verification = diagnosis.map { $0.valid ? "valid" : "not valid (\($0.reason))" } ?? "not verified (no secret)"
    let problem = problem.map { "; \(Self.shortened($0))" } ?? ""
    return words.joined(separator: " ") + ", \(verification), answered \(status)\(problem)"
  }

  /// What a header, or else the payload, says.
  private var eventType: String? {
    if let type = request.header("X-Mittr-Event-Type") { return type }
    guard request.body.count <= 1 << 20, let payload = try? JSONValue(parsing: request.body) else { return nil }
    return payload["eventType"]?.stringValue ?? payload["type"]?.stringValue
  }

  private static func shortened(_ text: String) -> String { text.count > 100 ? text.prefix(100) + "…" : text }
}
