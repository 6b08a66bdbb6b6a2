import OrderedJSON

/// Managing endpoints: `/api/v1/endpoints`.
///
/// Every method throws `MittrError`, and nothing else. Changes are never repeated unless they were refused before they
/// were processed; when the answer to one was lost the error's code is `OUTCOME_UNKNOWN`.
public struct Endpoints: Sendable {
  let client: APIClient

  private static let path = ResourcePath.endpoints

  /// Creates an endpoint.
  /// - Returns: the endpoint, with its signing secret where the server shows it.
  public func create(_ input: EndpointInput) async throws(MittrError) -> Endpoint {
    try await change("POST", Self.path.collection, input.json)
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
    PageSequence(limit: parameters.limit, cursor: parameters.cursor, maximum: maximum) {
      (request) throws(MittrError) in
      try await list(ListParameters(limit: request.limit, cursor: request.cursor))
    }
  }

  /// Gets an endpoint.
  public func get(_ id: String) async throws(MittrError) -> Endpoint {
    Endpoint(json: try await client.object(.get(Self.path.item(id))))
  }

  /// Changes what the patch names, and leaves the rest.
  /// - Returns: the endpoint as it is now.
  public func update(_ id: String, _ patch: EndpointPatch) async throws(MittrError) -> Endpoint {
    try await change("PATCH", Self.path.item(id), patch.json)
  }

  /// Deletes an endpoint. What the server answers with, if anything, is not looked at.
  public func delete(_ id: String) async throws(MittrError) {
    _ = try await client.send(APIRequest(method: "DELETE", path: Self.path.item(id), effect: .everyTime))
  }

  private func change(_ method: String, _ path: String, _ body: JSONObject) async throws(MittrError) -> Endpoint {
    Endpoint(
      json: try await client.object(APIRequest(method: method, path: path, body: .object(body), effect: .everyTime)))
  }
}
