package import OrderedJSON

/// One kind of thing in the API, as bare records: whatever fields they have, an id or not.
///
/// `Events` and `Endpoints` make their types of them. The shell, which shows what came, takes them as they are.
package struct Records<Parameters: PageParameters>: Sendable {
  let client: APIClient
  let path: ResourcePath

  /// One page.
  package func list(_ parameters: Parameters) async throws(MittrError) -> Page<JSONObject> {
    try await page(parameters) { $0 }
  }

  /// All pages, as they are asked for.
  /// - Parameters:
  ///   - maximum: how many are wanted at most.
  ///   - likely: how many will probably do.
  package func iterate(
    _ parameters: Parameters, maximum: Int? = nil, likely: Int? = nil
  ) -> PageSequence<JSONObject> {
    iterate(parameters, maximum: maximum, likely: likely, id: { $0.string("id") ?? $0.description }, item: { $0 })
  }

  /// One record.
  package func get(_ id: String) async throws(MittrError) -> JSONObject {
    try await client.object(.get(path.item(id)))
  }

  /// Changes one record.
  /// - Returns: the record as it is now; only its id if the server answered without a body.
  package func change(
    _ id: String, method: String = "PATCH", path itemPath: (String) -> String = { $0 }, body: JSONObject? = nil
  ) async throws(MittrError) -> JSONObject {
    let answer = try await client.change(
      APIRequest(
        method: method, path: itemPath(try path.item(id)), body: body.map(JSONValue.object), effect: .everyTime),
      id: id)
    return answer ?? ["id": .string(id)]
  }

  /// Makes a record.
  /// - Returns: the record as the server accepted it; one without any field if it answered without a body.
  func create(
    _ body: JSONObject, headers: [HeaderField] = [], effect: APIRequest.Effect = .everyTime
  ) async throws(MittrError) -> JSONObject {
    let answer = try await client.change(
      APIRequest(method: "POST", path: path.collection, body: .object(body), headers: headers, effect: effect))
    return answer ?? [:]
  }

  func page<Item>(
    _ parameters: Parameters, item: (JSONObject) throws(MittrError) -> Item
  ) async throws(MittrError) -> Page<Item> {
    try await client.page(.get(path.collection, query: parameters.query), item: item)
  }

  func iterate<Item>(
    _ parameters: Parameters, maximum: Int?, likely: Int?, id: @escaping @Sendable (Item) -> String,
    item: @escaping @Sendable (JSONObject) throws(MittrError) -> Item
  ) -> PageSequence<Item> {
    let walk = PageWalk(
      limit: parameters.limit, cursor: parameters.cursor, maximum: maximum, likely: likely,
      mayShrink: parameters.mayShrink)
    let source = PageSequence<Item>.Source(
      changes: client.changes, id: id,
      load: { (request) throws(MittrError) in
        var parameters = parameters
        parameters.limit = request.limit
        parameters.cursor = request.cursor
        return try await page(parameters, item: item)
      })
    return PageSequence(walk, source)
  }
}

extension Records<EventListParameters> {
  /// Sends an event.
  /// - Parameter idempotencyKey: nil takes a fresh UUID.
  package func send(_ event: JSONObject, idempotencyKey: String? = nil) async throws(MittrError) -> JSONObject {
    try await send(event, key: idempotencyKey ?? client.environment.newIdempotencyKey())
  }

  func send(_ event: JSONObject, key: String) async throws(MittrError) -> JSONObject {
    guard !key.isEmpty else { throw .invalidRequest("the idempotency key is empty") }
    return try await create(event, headers: [HeaderField("X-Idempotency-Key", key)], effect: .oncePerKey(key))
  }

  /// Has an event delivered again.
  package func replay(_ id: String) async throws(MittrError) -> JSONObject {
    try await change(id, method: "POST", path: ResourcePath.replay(ofItemAt:))
  }
}

extension Records<ListParameters> {
  /// Makes an endpoint.
  package func create(_ endpoint: JSONObject) async throws(MittrError) -> JSONObject {
    try await create(endpoint, headers: [], effect: .everyTime)
  }
}

extension MittrError {
  /// A record that the server sent without an id, which each has.
  static func noID(_ noun: String) -> MittrError {
    .invalidResponse("the server answered with an \(noun) that has no id")
  }
}
