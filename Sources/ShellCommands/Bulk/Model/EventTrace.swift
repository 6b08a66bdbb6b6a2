import OrderedJSON

/// What a replay changes in an event, as a record showed it at some moment.
struct EventTrace: Sendable, Hashable {
  var status: String?
  var attempts: Int?
  var updatedAt: String?

  /// Nil when the record shows nothing of it.
  init?(_ record: JSONObject) {
    status = record["status"]?.stringValue
    attempts = record["attempts"]?.intValue
    updatedAt = record["updatedAt"]?.stringValue
    if status == nil || attempts == nil && updatedAt == nil { return nil }
  }

  var record: JSONObject {
    var record = JSONObject()
    record["status"] = status.map { .string($0) }
    record["attempts"] = attempts.map { .number(JSONNumber($0)) }
    record["updatedAt"] = updatedAt.map { .string($0) }
    return record
  }
}
