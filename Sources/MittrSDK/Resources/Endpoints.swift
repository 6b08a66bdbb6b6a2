import OrderedJSON

/// Managing endpoints: `/api/v1/endpoints`.
///
/// Every method throws `MittrError`, and nothing else. Changes are never repeated unless they were refused before they
/// were processed; when the answer to one was lost, or does not tell whether it was done, the error's code is
/// `OUTCOME_UNKNOWN`.
public struct Endpoints: Sendable {
  let client: APIClient

  var records: Records<ListParameters> { Records(client: client, path: .endpoints) }

  /// Creates an endpoint.
  /// ```swift
  /// let endpoint = try await mittr.endpoints.create(
  ///   EndpointInput(url: "https://shop.example/hooks", eventTypes: ["order.*"]))
  /// ```
  /// - Returns: the endpoint, with its signing secret where the server shows it.
  /// - Throws: `MittrError`; with the code `INVALID_RESPONSE` when the server accepted it and did not say its id.
  public func create(_ input: EndpointInput) async throws(MittrError) -> Endpoint {
    try Endpoint(json: await records.create(input.json))
  }

  /// Gets one page of endpoints.
  public func list(_ parameters: ListParameters = .init()) async throws(MittrError) -> Page<Endpoint> {
    try await records.page(parameters, item: Endpoint.init(json:))
  }

  /// Walks all endpoints, page by page, as they are asked for. See `PageSequence`.
  /// - Parameters:
  ///   - parameters: `limit` is the size of a page, 100 when nil; `cursor` is where to begin.
  ///   - maximum: how many are wanted at most. No page is larger than what is left of it; 0 requests nothing.
  public func iterate(_ parameters: ListParameters = .init(), maximum: Int? = nil) -> PageSequence<Endpoint> {
    records.iterate(parameters, maximum: maximum, likely: nil, id: \.id, item: Endpoint.init(json:))
  }

  /// Gets an endpoint.
  public func get(_ id: String) async throws(MittrError) -> Endpoint {
    try Endpoint(json: await records.get(id))
  }

  /// Changes what the patch names, and leaves the rest.
  /// - Returns: the endpoint as it is now; only its id if the server answered without one.
  @discardableResult
  public func update(_ id: String, _ patch: EndpointPatch) async throws(MittrError) -> Endpoint {
    Endpoint(json: try await records.change(id, body: patch.json), id: id)
  }

  /// Deletes an endpoint.
  public func delete(_ id: String) async throws(MittrError) {
    _ = try await client.change(
      APIRequest(method: "DELETE", path: records.path.item(id), effect: .everyTime), id: id)
  }
}
