import OrderedJSON

/// Sending, finding and replaying events: `/api/v1/events`.
///
/// Every method throws `MittrError`, and nothing else.
public struct Events: Sendable {
  let client: APIClient

  var records: Records<EventListParameters> { Records(client: client, path: .events) }

  /// Sends an event.
  ///
  /// It is retried under the same key when its answer was lost, so that it is created once. When it fails in the end
  /// and may have been accepted all the same, the error's code is `OUTCOME_UNKNOWN` and its `idempotencyKey` is the key to
  /// send it again under.
  /// ```swift
  /// try await mittr.events.send(
  ///   EventInput(eventType: "order.created", payload: order), idempotencyKey: "order-\(order.id)-created")
  /// ```
  /// - Parameters:
  ///   - input: the event.
  ///   - idempotencyKey: the same key for the same event, such as `order-123-created`; nil takes a fresh UUID.
  /// - Returns: the event as the server accepted it.
  /// - Throws: `MittrError`; with the code `INVALID_RESPONSE` when the server accepted the event and did not say its id.
  @discardableResult
  public func send(_ input: EventInput, idempotencyKey: String? = nil) async throws(MittrError) -> Event {
    let key = idempotencyKey ?? client.environment.newIdempotencyKey()
    let answer = try await records.send(input.json, key: key)
    do throws(MittrError) {
      return try Event(json: answer)
    } catch {
      var error = error
      error.idempotencyKey = key
      throw error
    }
  }

  /// Gets one page of events.
  /// ```swift
  /// let page = try await mittr.events.list(.init(status: .failed, limit: 100))
  /// ```
  public func list(_ parameters: EventListParameters = .init()) async throws(MittrError) -> Page<Event> {
    try await records.page(parameters, item: Event.init(json:))
  }

  /// Walks all events, page by page, as they are asked for. See `PageSequence`.
  /// ```swift
  /// for try await event in mittr.events.iterate(.init(status: .failed)) {
  ///   try await mittr.events.replay(event.id)
  /// }
  /// ```
  /// - Parameters:
  ///   - parameters: `limit` is the size of a page, 100 when nil; `cursor` is where to begin.
  ///   - maximum: how many events are wanted at most. No page is larger than what is left of it; 0 requests nothing.
  public func iterate(_ parameters: EventListParameters = .init(), maximum: Int? = nil) -> PageSequence<Event> {
    records.iterate(parameters, maximum: maximum, likely: nil, id: \.id, item: Event.init(json:))
  }

  /// Gets an event.
  public func get(_ id: String) async throws(MittrError) -> Event {
    try Event(json: await records.get(id))
  }

  /// Has an event delivered again.
  ///
  /// It is never repeated unless it was refused before it was processed. When its answer was lost, or does not tell
  /// whether it was done, the error's code is `OUTCOME_UNKNOWN`.
  /// - Returns: the event as it is now; only its id if the server answered without one.
  @discardableResult
  public func replay(_ id: String) async throws(MittrError) -> Event {
    Event(json: try await records.replay(id), id: id)
  }
}
