import Interpreter
import MittrSDK
import OrderedJSON

enum EventsTypesCommand {
  static let command = Command(
    "events types", topic: .events, "counts events by type and status, the most frequent types first",
    discussion: """
      It counts what `events list` with the same flags would list: one page, or with --all every page. newestAt is when \
      the newest of them was created.
      """,
    input: .none, result: .stream, itemKind: .eventTypeCount, parameters: EventListing.parameters,
    requests: requests,
    searchWords: ["event types", "topics", "kinds", "summary", "overview", "group by type", "stats", "failure rate"],
    examples: [
      .init("events types --all", "what there is, and how much of it failed"),
      .init("events types --all --since 24h | where .failed + .dead > 0 | select type failed dead", "what goes wrong"),
    ]
  ) { call throws(Interruption) in
    let events = try await EventListing.stream(call)
    var counts: [JSONValue]?
    return .stream(
      ItemStream(kind: .eventTypeCount, cleanUp: { await events.close() }) {
        () async throws(Interruption) -> JSONValue? in
        if counts == nil {
          var tally = EventTypeTally()
          while let event = try await events.next() { tally.add(event) }
          counts = tally.records.reversed()
        }
        return counts?.popLast()
      })
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    demand.atMost == 0 ? [] : try await EventListing.allRequests(call)
  }
}

/// How many events there are of each type, and how they stand.
private struct EventTypeTally {
  private struct Entry {
    let type: String
    var count = 0
    var statuses: [String: Int] = [:]
    var newest: String?
  }

  private var entries: [Entry] = []
  private var places: [String: Int] = [:]

  mutating func add(_ event: JSONValue) {
    // An event that is delivered directly has no type.
    let type = event["eventType"]?.stringValue ?? ""
    let place = places[type] ?? entries.count
    if place == entries.count {
      places[type] = place
      // Events come newest first.
      entries.append(Entry(type: type, newest: event["createdAt"]?.stringValue))
    }
    entries[place].count += 1
    if let status = event["status"]?.stringValue { entries[place].statuses[status, default: 0] += 1 }
  }

  /// The most frequent types first, those of one count in the order in which they came.
  var records: [JSONValue] {
    entries.enumerated().sorted { left, right in
      left.element.count == right.element.count
        ? left.offset < right.offset : left.element.count > right.element.count
    }.map { _, entry in
      var record: JSONObject = [
        "type": entry.type.isEmpty ? .null : .string(entry.type), "count": .number(JSONNumber(entry.count)),
      ]
      for status in ["delivered", "failed", "dead", "pending", "processing"] {
        record[status] = .number(JSONNumber(entry.statuses[status] ?? 0))
      }
      record["newestAt"] = entry.newest.map { .string($0) } ?? .null
      return .object(record)
    }
  }
}

extension ItemKind {
  static let eventTypeCount = ItemKind(
    "event type", columns: ["type", "count", "delivered", "failed", "dead", "pending", "processing", "newestAt"])
}
