/// Which events to list: those that meet every condition given.
///
/// The values are sent as they are; what they may be is the server's business.
/// ```swift
/// let page = try await mittr.events.list(.init(status: .failed, since: yesterday, limit: 50))
/// ```
public struct EventListParameters: Sendable, Hashable {
  /// Where the events stand.
  public var status: EventStatus?
  /// Their type; `*` stands for any text.
  public var eventType: String?
  /// The endpoint that they go to.
  public var endpointId: String?
  /// The earliest creation time, ISO 8601.
  public var since: String?
  /// The latest creation time, ISO 8601.
  public var until: String?
  /// How many items a page has; nil leaves it to the server, or is 100 where all pages are walked.
  public var limit: Int?
  /// Where to go on, from an earlier page's `pagination.cursor`; nil is the beginning.
  public var cursor: String?

  /// Nil sets no condition. Times are ISO 8601; with the trait `Codable` they may be `Date`.
  public init(
    status: EventStatus? = nil, eventType: String? = nil, endpointId: String? = nil, since: String? = nil,
    until: String? = nil, limit: Int? = nil, cursor: String? = nil
  ) {
    self.status = status
    self.eventType = eventType
    self.endpointId = endpointId
    self.since = since
    self.until = until
    self.limit = limit
    self.cursor = cursor
  }

  /// The path of the request with its query, as it is sent.
  package var target: String { APIRequest.get(ResourcePath.events.collection, query: query).target }

  package var query: [(name: String, value: String)] {
    let conditions: [(name: String, value: String?)] = [
      ("status", status?.rawValue), ("eventType", eventType), ("endpointId", endpointId), ("since", since),
      ("until", until),
    ]
    return conditions.compactMap { condition in condition.value.map { (condition.name, $0) } }
      + ListParameters(limit: limit, cursor: cursor).query
  }
}

extension EventListParameters: PageParameters {
  /// An event that is replayed leaves the list of the failed ones.
  package var mayShrink: Bool { status != nil }
}
