import OrderedJSON

/// Sending, finding and replaying events: `/api/v1/events`.
///
/// Every method throws `MittrError`, and nothing else.
public struct Events: Sendable {
  let client: APIClient

  private static let path = ResourcePath.events

  /// Sends an event.
  ///
  /// It is retried under the same key when its answer was lost, so that it is created once. When it fails in the end
  /// and may have been accepted all the same, the error's `isOutcomeUnknown` says so and its `idempotencyKey` is the
  /// key to send it again under.
  /// - Parameters:
  ///   - idempotencyKey: the same key for the same event, such as `order-123-created`; nil takes a fresh UUID.
  /// - Returns: the event as the server accepted it; one without any field if it answered without a body.
  public func send(_ input: EventInput, idempotencyKey: String? = nil) async throws(MittrError) -> Event {
    let key = idempotencyKey ?? client.environment.newIdempotencyKey()
    guard !key.isEmpty else { throw .invalidRequest("the idempotency key is empty") }
    let answer = try await client.change(
      APIRequest(
        method: "POST", path: Self.path.collection, body: .object(input.json),
        headers: [HeaderField("X-Idempotency-Key", key)], effect: .oncePerKey(key)))
    return Event(json: answer ?? [:])
  }

  /// Gets one page of events.
  public func list(_ parameters: EventListParameters = .init()) async throws(MittrError) -> Page<Event> {
    try await client.page(.get(Self.path.collection, query: parameters.query), item: Event.init(json:))
  }

  /// Walks all events, page by page, as they are asked for. See `PageSequence`.
  /// - Parameters:
  ///   - parameters: `limit` is the size of a page, 100 when nil; `cursor` is where to begin.
  ///   - maximum: how many events are wanted at most. No page is larger than what is left of it; 0 requests nothing.
  ///   - likely: how many will probably do, though maybe more are needed: the first page is no larger, and the second
  ///     is not asked for ahead.
  public func iterate(
    _ parameters: EventListParameters = .init(), maximum: Int? = nil, likely: Int? = nil
  ) -> PageSequence<Event> {
    let walk = PageWalk(
      limit: parameters.limit, cursor: parameters.cursor, maximum: maximum, likely: likely,
      mayShrink: parameters.status != nil)
    let source = PageSequence<Event>.Source(
      changes: client.changes, id: { $0.id ?? $0.description },
      load: { (request) throws(MittrError) in
        var parameters = parameters
        parameters.limit = request.limit
        parameters.cursor = request.cursor
        return try await list(parameters)
      })
    return PageSequence(walk, source)
  }

  /// Gets an event.
  public func get(_ id: String) async throws(MittrError) -> Event {
    Event(json: try await client.object(.get(Self.path.item(id))))
  }

  /// Has an event delivered again.
  ///
  /// It is never repeated unless it was refused before it was processed. When its answer was lost, or does not tell
  /// whether it was done, the error's code is `OUTCOME_UNKNOWN`.
  /// - Returns: the event as it is now; only its id if the server answered without a body.
  public func replay(_ id: String) async throws(MittrError) -> Event {
    let path = ResourcePath.replay(ofItemAt: try Self.path.item(id))
    let answer = try await client.change(APIRequest(method: "POST", path: path, effect: .everyTime), id: id)
    return Event(json: answer ?? ["id": .string(id)])
  }
}
