import AsyncHTTPClient
import MittrSandbox
import NIOCore
import NIOHTTP1
import OrderedJSON

/// Speaks to a sandbox over its socket, with the right key unless told otherwise.
struct Client {
  let baseURL: String
  var apiKey: String? = "mtr_sandbox"

  init(_ sandbox: RunningSandbox) { baseURL = sandbox.baseURL }
  init(baseURL: String) { self.baseURL = baseURL }

  struct Answer {
    let status: Int
    fileprivate let headers: HTTPHeaders
    let text: String

    /// The first header of this name.
    func header(_ name: String) -> String? { headers.first(name: name) }

    /// The body as JSON; null when it is not JSON.
    var json: JSONValue { (try? JSONValue(parsing: text)) ?? .null }
    var code: String? { json["code"]?.stringValue }
    /// The fields that `details` names.
    var fields: [String] { json["details"]?.arrayValue?.compactMap { $0["field"]?.stringValue } ?? [] }
    var items: [JSONValue] { json["data"]?.arrayValue ?? [] }
    var ids: [String] { items.compactMap { $0["id"]?.stringValue } }
    var cursor: String? { json["pagination"]?["cursor"]?.stringValue }
  }

  func call(
    _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8]? = nil
  ) async throws -> Answer {
    var request = HTTPClientRequest(url: baseURL + path)
    request.method = HTTPMethod(rawValue: method)
    if let apiKey { request.headers.add(name: "X-API-Key", value: apiKey) }
    for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
    if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let answer = try await response.body.collect(upTo: 1 << 26)
    return Answer(status: Int(response.status.code), headers: response.headers, text: String(buffer: answer))
  }

  func get(_ path: String) async throws -> Answer { try await call("GET", path) }

  func post(_ path: String, _ body: String, headers: [String: String] = [:]) async throws -> Answer {
    try await call("POST", path, headers: headers, body: Array(body.utf8))
  }

  func send(_ body: String, key: String) async throws -> Answer {
    try await post("/api/v1/events", body, headers: ["X-Idempotency-Key": key])
  }

  /// Creates an endpoint and returns its id.
  func endpoint(_ body: String) async throws -> String {
    let answer = try await post("/api/v1/endpoints", body)
    return answer.json["id"]?.stringValue ?? "none: \(answer.text)"
  }

  func patch(_ path: String, _ body: String) async throws -> Answer {
    try await call("PATCH", path, body: Array(body.utf8))
  }

  func event(_ id: String) async throws -> JSONValue { try await get("/api/v1/events/\(id)").json }
}

extension JSONValue {
  var id: String { self["id"]?.stringValue ?? "" }
  var status: String { self["status"]?.stringValue ?? "" }
}

/// A configuration with some settings changed.
func configuration(_ change: (inout SandboxConfiguration) -> Void = { _ in }) -> SandboxConfiguration {
  var configuration = SandboxConfiguration()
  configuration.deterministicIDs = true
  change(&configuration)
  return configuration
}
