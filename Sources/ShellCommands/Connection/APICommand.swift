import Basics
import Interpreter
import MittrSDK
import OrderedJSON

enum APICommand {
  private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
  private static let method = Parameter.positional("method", .choice(methods), "the HTTP method")
  private static let path = Parameter.positional(
    "path",
    ParameterKind<String>(.text) { value throws(ConversionError) in
      guard case .string(let text, _) = value, text.hasPrefix("/") else {
        throw .expected("a path that begins with a slash", got: value)
      }
      return text
    }, "the path, such as /api/v1/events; a query may follow")
  private static let body = Parameter.optionalPositional("body", .value, "the JSON body")
  private static let headers = Parameter.option("headers", .record, "more headers, a record")

  static let command = Command(
    "api", topic: .api, "sends any request: whatever the API has and the shell does not name",
    input: .none, result: .value, parameters: [method, path, body, headers], requests: requests,
    examples: [
      .init("api GET /health", "what the server says of itself"),
      .init("api GET '/api/v1/events?limit=2' | get .pagination", "a query in the path"),
    ]
  ) { call throws(Interruption) in
    let method = try await call.value(method)
    let (path, query) = split(try await call.value(path))
    let body = try await call.value(body)
    let headers = (try await call.value(Self.headers) ?? [:]).map { (name: $0.key, value: $0.value.text) }
    guard !headers.contains(where: { $0.name.lowercased() == "x-api-key" }) else {
      throw .failure(
        Failure(
          .badArgument, "--headers: the key cannot be given as a header", at: call.span(of: Self.headers),
          help: "set MITTR_API_KEY, or use --profile"))
    }
    if call.session.isDryRun, method != "GET" {
      return .value(.object(["method": .string(method), "path": .string(path), "body": body ?? .null]), kind: .request)
    }
    return .value(
      try await call.request { client throws(MittrError) in
        try await client.request(method, path, query: query, body: body, headers: headers)
      })
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    let method = try await call.value(method)
    if call.session.isDryRun, method != "GET" { return [] }
    let text = try await call.value(path)
    let (path, query) = split(text)
    let isKnown = try await !call.isUnknown(Self.path)
    return [
      PlannedRequest(
        method, isKnown ? Mittr.target(path, query: query) : text, times: "once", body: try await call.value(body))
    ]
  }

  private static func split(_ text: String) -> (path: String, query: [(name: String, value: String)]) {
    guard let mark = text.firstIndex(of: "?") else { return (text, []) }
    // The client encodes anew.
    let pairs = text[text.index(after: mark)...].split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (
        name: PercentCoding.decodedLeniently(parts[0]),
        value: parts.count > 1 ? PercentCoding.decodedLeniently(parts[1]) : ""
      )
    }
    return (String(text[..<mark]), pairs)
  }
}
