import OrderedJSON

/// Managing endpoints: `/api/v1/endpoints`.
///
/// Every method throws `MittrError`, and nothing else. Changes are never repeated unless they were refused before they
/// were processed; when the answer to one was lost, or does not tell whether it was done, the error's code is
/// `OUTCOME_UNKNOWN`.
public struct Endpoints: Sendable {
  let client: APIClient

  private static let path = ResourcePath.endpoints

  /// Creates an endpoint.
  /// - Returns: the endpoint, with its signing secret where the server shows it; one without any field if the server
  ///   answered without a body.
  public func create(_ input: EndpointInput) async throws(MittrError) -> Endpoint {
    try await change("POST", Self.path.collection, input.json, id: nil)
  }

  /// Gets one page of endpoints.
  public func list(_ parameters: ListParameters = .init()) async throws(MittrError) -> Page<Endpoint> {
    try await client.page(.get(Self.path.collection, query: parameters.query), item: Endpoint.init(json:))
  }

  /// Walks all endpoints, page by page, as they are asked for. See `PageSequence`.
  /// - Parameters:
  ///   - parameters: `limit` is the size of a page, 100 when nil; `cursor` is where to begin.
  ///   - maximum: how many are wanted at most. No page is larger than what is left of it; 0 requests nothing.
  public func iterate(_ parameters: ListParameters = .init(), maximum: Int? = nil) -> PageSequence<Endpoint> {
    let walk = PageWalk(limit: parameters.limit, cursor: parameters.cursor, maximum: maximum, mayShrink: true)
    let source = PageSequence<Endpoint>.Source(
      changes: client.changes, id: { $0.id ?? JSONWriter.compact.string(.object($0.json)) },
      load: { (request) throws(MittrError) in
        try await list(ListParameters(limit: request.limit, cursor: request.cursor))
      })
    return PageSequence(walk, source)
  }

  /// Gets an endpoint.
  public func get(_ id: String) async throws(MittrError) -> Endpoint {
    Endpoint(json: try await client.object(.get(Self.path.item(id))))
  }

  /// Changes what the patch names, and leaves the rest.
  /// - Returns: the endpoint as it is now; only its id if the server answered without a body.
  public func update(_ id: String, _ patch: EndpointPatch) async throws(MittrError) -> Endpoint {
    try await change("PATCH", Self.path.item(id), patch.json, id: id)
  }

  /// Deletes an endpoint.
  public func delete(_ id: String) async throws(MittrError) {
    _ = try await client.change(
      APIRequest(method: "DELETE", path: Self.path.item(id), effect: .everyTime), id: id)
  }

  private func change(
    _ method: String, _ path: String, _ body: JSONObject, id: String?
  ) async throws(MittrError) -> Endpoint {
    let answer = try await client.change(
      APIRequest(method: method, path: path, body: .object(body), effect: .everyTime), id: id)
    return Endpoint(json: answer ?? id.map { ["id": .string($0)] } ?? [:])
  }
}
