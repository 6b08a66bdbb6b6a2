extension Events {
  /// Has many events delivered again, several at a time. See `BulkSequence`.
  /// - Parameters:
  ///   - events: such as `iterate(…)`. One that comes again is passed over; one without an id fails alone.
  ///   - concurrency: how many requests are under way at once; less than 1 counts as 1.
  /// - Returns: each event as it was given, with what it is now.
  public func replay<Items: AsyncSequence & Sendable>(
    _ events: Items, concurrency: Int = 8
  ) -> BulkSequence<Event, Event> where Items.Element == Event {
    BulkSequence(
      ItemSource(events), Self.replaying { $0.json.string("id") ?? "" }, by: client, concurrency: concurrency)
  }

  /// Has many events delivered again, several at a time. See `BulkSequence`.
  /// - Parameters:
  ///   - ids: one that comes again is passed over.
  ///   - concurrency: how many requests are under way at once; less than 1 counts as 1.
  public func replay<IDs: Sequence & Sendable>(
    _ ids: IDs, concurrency: Int = 8
  ) -> BulkSequence<String, Event> where IDs.Element == String {
    BulkSequence(ItemSource(ids), Self.replaying { $0 }, by: client, concurrency: concurrency)
  }

  /// Sends many events, several at a time. See `BulkSequence`. Each is created once, even where its answer is lost.
  /// - Parameters:
  ///   - inputs: those that are equal are different events all the same, unless their keys are equal.
  ///   - concurrency: how many requests are under way at once; less than 1 counts as 1.
  ///   - idempotencyKey: the key of an event, such as `order-123-created`; nil takes a fresh UUID. With keys of your own a
  ///     run that was broken off can be done again from its start.
  public func send<Inputs: Sequence & Sendable>(
    _ inputs: Inputs, concurrency: Int = 8, idempotencyKey: @escaping @Sendable (EventInput) -> String? = { _ in nil }
  ) -> BulkSequence<EventInput, Event> where Inputs.Element == EventInput {
    BulkSequence(ItemSource(inputs), sending(idempotencyKey), by: client, concurrency: concurrency)
  }

  /// Sends many events as they come, several at a time. The parameters are those of the other method.
  public func send<Inputs: AsyncSequence & Sendable>(
    _ inputs: Inputs, concurrency: Int = 8, idempotencyKey: @escaping @Sendable (EventInput) -> String? = { _ in nil }
  ) -> BulkSequence<EventInput, Event> where Inputs.Element == EventInput {
    BulkSequence(ItemSource(inputs), sending(idempotencyKey), by: client, concurrency: concurrency)
  }

  private static func replaying<Item: Sendable>(
    _ id: @escaping @Sendable (Item) -> String
  ) -> BulkAction<Item, Event> {
    BulkAction(
      isRepeatable: false, name: { id($0).isEmpty ? nil : id($0) },
      prepare: { (item) throws(MittrError) in
        let id = id(item)
        _ = try ResourcePath.events.item(id)
        return { (client) throws(MittrError) in try await Events(client: client).replay(id) }
      })
  }

  private func sending(_ key: @escaping @Sendable (EventInput) -> String?) -> BulkAction<EventInput, Event> {
    BulkAction(
      isRepeatable: true,
      prepare: { [client] (input) throws(MittrError) in
        let key = key(input) ?? client.environment.newIdempotencyKey()
        guard RequestHeaders.isIdempotencyKey(key) else {
          throw .invalidRequest("the idempotency key is empty, or cannot stand in a header")
        }
        return { (client) throws(MittrError) in try await Events(client: client).send(input, idempotencyKey: key) }
      })
  }
}
