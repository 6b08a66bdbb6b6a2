extension Endpoints {
  /// Changes what the patch names in many endpoints, several at a time. See `BulkSequence`.
  /// - Parameters:
  ///   - ids: one that comes again is passed over.
  ///   - patch: what to change, the same in each.
  ///   - concurrency: how many requests are under way at once; less than 1 counts as 1.
  public func update<IDs: Sequence & Sendable>(
    _ ids: IDs, _ patch: EndpointPatch, concurrency: Int = 8
  ) -> BulkSequence<String, Endpoint> where IDs.Element == String {
    BulkSequence(ItemSource(ids), Self.updating(patch) { $0 }, by: client, concurrency: concurrency)
  }

  /// Changes what the patch names in many endpoints, several at a time. See `BulkSequence`.
  /// - Parameters:
  ///   - endpoints: such as `iterate()`. One that comes again is passed over; one without an id fails alone.
  ///   - patch: what to change, the same in each.
  ///   - concurrency: how many requests are under way at once; less than 1 counts as 1.
  public func update<Items: AsyncSequence & Sendable>(
    _ endpoints: Items, _ patch: EndpointPatch, concurrency: Int = 8
  ) -> BulkSequence<Endpoint, Endpoint> where Items.Element == Endpoint {
    BulkSequence(
      ItemSource(endpoints), Self.updating(patch) { $0.json.string("id") ?? "" }, by: client, concurrency: concurrency)
  }

  /// Deletes many endpoints, several at a time. See `BulkSequence`.
  /// - Parameters:
  ///   - ids: one that comes again is passed over.
  ///   - concurrency: how many requests are under way at once; less than 1 counts as 1.
  public func delete<IDs: Sequence & Sendable>(
    _ ids: IDs, concurrency: Int = 8
  ) -> BulkSequence<String, Void> where IDs.Element == String {
    BulkSequence(ItemSource(ids), Self.deleting { $0 }, by: client, concurrency: concurrency)
  }

  /// Deletes many endpoints, several at a time. See `BulkSequence`.
  /// - Parameters:
  ///   - endpoints: such as `iterate()`. One that comes again is passed over; one without an id fails alone.
  ///   - concurrency: how many requests are under way at once; less than 1 counts as 1.
  public func delete<Items: AsyncSequence & Sendable>(
    _ endpoints: Items, concurrency: Int = 8
  ) -> BulkSequence<Endpoint, Void> where Items.Element == Endpoint {
    BulkSequence(
      ItemSource(endpoints), Self.deleting { $0.json.string("id") ?? "" }, by: client, concurrency: concurrency)
  }

  /// It sets fields to what they are then already: twice does no more than once.
  private static func updating<Item: Sendable>(
    _ patch: EndpointPatch, _ id: @escaping @Sendable (Item) -> String
  ) -> BulkAction<Item, Endpoint> {
    BulkAction(
      isRepeatable: true, name: { id($0).isEmpty ? nil : id($0) },
      prepare: { (item) throws(MittrError) in
        let id = id(item)
        _ = try ResourcePath.endpoints.item(id)
        return { (client) throws(MittrError) in try await Endpoints(client: client).update(id, patch) }
      })
  }

  /// What is gone after an attempt whose answer was lost was deleted by it.
  private static func deleting<Item: Sendable>(_ id: @escaping @Sendable (Item) -> String) -> BulkAction<Item, Void> {
    BulkAction(
      isRepeatable: true, name: { id($0).isEmpty ? nil : id($0) },
      prepare: { (item) throws(MittrError) in
        let id = id(item)
        _ = try ResourcePath.endpoints.item(id)
        return { (client) throws(MittrError) in try await Endpoints(client: client).delete(id) }
      }, proof: { $0.status == 404 ? () : nil })
  }
}
