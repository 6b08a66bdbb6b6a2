import OrderedJSON

/// One call of the API, before it is turned into an HTTP request.
struct APIRequest: Sendable {
  /// What happens when a request is done twice, or its answer is lost.
  enum Effect: Sendable, Hashable {
    /// It changes nothing.
    case none
    /// It changes something, once for each key, however often it is sent.
    case oncePerKey(String)
    /// It changes something every time.
    case everyTime
  }

  let method: String
  /// With a leading slash, percent-encoded.
  let path: String
  var query: [(name: String, value: String)] = []
  var body: JSONValue?
  var headers: [HeaderField] = []
  let effect: Effect

  static func get(_ path: String, query: [(name: String, value: String)] = []) -> APIRequest {
    APIRequest(method: "GET", path: path, query: query, effect: .none)
  }

  /// The path with the query behind it.
  var target: String {
    guard !query.isEmpty else { return path }
    let pairs = query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
    return path + (path.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + pairs
  }
}

extension APIRequest.Effect {
  var isRepeatable: Bool { self != .everyTime }

  var idempotencyKey: String? { if case .oncePerKey(let key) = self { key } else { nil } }
}
