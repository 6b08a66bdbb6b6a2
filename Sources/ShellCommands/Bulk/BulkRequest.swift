import MittrSDK
import OrderedJSON

/// One request of a bulk command, ready to be sent.
struct BulkRequest: Sendable {
  let id: String
  let method: String
  let path: String
  var body: JSONObject?
  /// Answers what the server says of the object now; nil when it is gone.
  let send: @Sendable (Mittr) async throws(MittrError) -> JSONObject?

  /// What `--dry-run` shows.
  var description: JSONValue {
    var record: JSONObject = ["method": .string(method), "path": .string(path)]
    record["body"] = body.map { .object($0) }
    return .object(record)
  }

  /// Sends it. An answer that says it was done but cannot be read is a success that tells nothing more.
  func outcome(_ client: Mittr) async -> Result<JSONObject?, MittrError> {
    do throws(MittrError) {
      return .success(try await send(client))
    } catch {
      let wasDone = error.code == MittrError.Code.invalidResponse && 200..<300 ~= error.status ?? 0
      return wasDone ? .success(nil) : .failure(error)
    }
  }

  /// `{id, ok: true, …}` with the object's other fields.
  func success(_ answer: JSONObject?) -> JSONValue {
    var record: JSONObject = ["id": .string(id), "ok": true]
    for (key, value) in answer ?? [:] where key != "id" && key != "ok" { record[key] = value }
    return .object(record)
  }

  /// `{id, ok: false, error: {code, message, status}}`.
  func failure(_ error: MittrError) -> JSONValue {
    .object(["id": .string(id), "ok": false, "error": .object(error.record)])
  }
}
