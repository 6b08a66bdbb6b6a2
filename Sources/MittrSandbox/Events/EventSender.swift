import GRDB
import OrderedJSON

/// Turns a submission into events, once for each idempotency key.
struct EventSender: Sendable {
  let submission: EventSubmission
  let now: Timestamp
  let identifiers: IdentifierGenerator
  /// How many submissions are taken in all; nil for any number.
  let quota: Int?

  /// What was answered.
  struct SubmissionResult: Sendable {
    let json: String
    /// Whether it is the answer to an earlier request with the same key and body.
    let isRepeated: Bool
  }

  /// - Throws: `APIError` when the key was used for another body or the quota is used up.
  func send(_ db: Database) throws -> SubmissionResult {
    let key = submission.idempotencyKey
    let known = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT request, answer FROM sending WHERE idempotency_key = ?"), arguments: [key])
    if let known {
      guard known["request"] as String == submission.text else {
        throw APIError.conflict("the idempotency key was used for another event")
      }
      return SubmissionResult(json: known["answer"], isRepeated: true)
    }
    if let quota, try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM sending") ?? 0 >= quota {
      throw APIError.quotaExceeded(limit: quota)
    }
    let json = try insert(db)
    try db.cachedStatement(sql: "INSERT INTO sending (idempotency_key, request, answer) VALUES (?, ?, ?)")
      .execute(arguments: [key, submission.text, json])
    return SubmissionResult(json: json, isRepeated: false)
  }

  /// Inserts one event for each receiver.
  /// - Returns: the first event, with the ids of all as `fanOut` when there are several.
  private func insert(_ db: Database) throws -> String {
    let table = EventTable(db)
    let first = try table.nextSequence()
    let events: [Event]
    switch submission.target {
    case .destination(let url, let eventType):
      let event = event(first, eventType: eventType, destination: url.text, endpoint: nil)
      try table.insert(event, nextAttempt: now, isHeld: false)
      events = [event]
    case .subscribers(let eventType):
      let endpoints = try EndpointTable(db).enabled().filter {
        $0.subscribes(to: eventType, payload: submission.payload)
      }
      if endpoints.isEmpty {
        var event = event(first, eventType: eventType, destination: nil, endpoint: nil)
        event.status = .dead
        event.lastError = "no enabled endpoint subscribes to '\(eventType)'"
        try table.insert(event, nextAttempt: nil, isHeld: false)
        events = [event]
      } else {
        events = zip(first..., endpoints).map {
          event($0, eventType: eventType, destination: nil, endpoint: $1)
        }
        for (event, endpoint) in zip(events, endpoints) {
          try table.insert(event, nextAttempt: now, isHeld: !endpoint.isAccepting)
        }
      }
    }
    var answer = events[0].object
    if events.count > 1 { answer.add("fanOut", .array(events.map { .string($0.id) })) }
    return answer.string
  }

  private func event(_ sequence: Int64, eventType: String?, destination: String?, endpoint: Endpoint?) -> Event {
    Event(
      id: identifiers.eventID(sequence), eventType: eventType, status: .pending, payload: submission.payload,
      headers: submission.headers, destination: destination, endpointID: endpoint?.id,
      maxAttempts: submission.maxAttempts ?? endpoint?.maxAttempts ?? EventSubmission.defaultAttempts,
      priority: submission.priority, idempotencyKey: submission.idempotencyKey, createdAt: now, updatedAt: now)
  }
}
