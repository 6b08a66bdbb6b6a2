import MittrSDK
import OrderedJSON

/// A request that `api` sends, but for its body.
struct APICall: Sendable {
  let method: String
  let path: String
  var query: [(name: String, value: String)] = []
  var headers: [(name: String, value: String)] = []

  /// What HTTP says of the method: whether doing it twice does no more than doing it once.
  var isRepeatable: Bool { method == "GET" || method == "PUT" || method == "DELETE" }

  func send(_ client: Mittr, body: JSONValue?) async throws(MittrError) -> JSONValue {
    try await client.request(method, path, query: query, body: body, headers: headers)
  }

  /// What `--dry-run` shows.
  func description(body: JSONValue?) -> JSONObject {
    var record: JSONObject = ["method": .string(method), "path": .string(target)]
    record["body"] = body
    return record
  }

  /// The path with its query, as it is sent.
  var target: String { Mittr.target(path, query: query) }
}
