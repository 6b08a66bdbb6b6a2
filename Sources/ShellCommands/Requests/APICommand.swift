import Basics
import Interpreter
import MittrSDK
import OrderedJSON

enum APICommand {
  private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
  private static let method = Parameter.positional("method", .choice(methods, harmless: ["GET"]), "the HTTP method")
  private static let path = Parameter.positional(
    "path",
    ParameterKind<String>(.text) { value throws(ConversionError) in
      guard case .string(let text, _) = value, text.hasPrefix("/") else {
        throw .expected("a path that begins with a slash", got: value)
      }
      return text
    }, "the path, such as /api/v1/events; a query may follow", isPerItem: true)
  private static let body = Parameter.optionalPositional("body", .value, "the JSON body", isPerItem: true)
  private static let headers = Parameter.option("headers", .record, "more headers, a record")
  private static let all = Parameter.flag("all", "all pages of a list, item by item: follows pagination.cursor")

  static let command = Command(
    "api", topic: .api, "sends any request: whatever the API has and the shell does not name",
    discussion: """
      With a pipe it sends a request for each item, of which path and body may take fields, and yields {id, ok, …} or
      {id, ok: false, error} each, in their order: concurrency, rate and journal are those of other bulk commands. A body
      is then a record. GET, PUT and DELETE are repeated when their answer was lost, others never.
      """,
    input: .optional, result: .asInput, parameters: [method, path, body, headers, all] + BulkOptions.all,
    requests: requests, changesData: true, searchWords: ["curl", "http", "request", "rest", "fetch", "post", "page"],
    examples: [
      .init("api GET /health", "what the server says of itself"),
      .init("api GET '/api/v1/events?limit=2' | get .pagination", "a query in the path"),
      .init("api GET /api/v1/endpoints --all | select id url", "all pages of a list"),
      .init(
        #"events list | first 2 | api GET "/api/v1/events/\(.id)" | select id ok status"#, "a request for each item"),
    ]
  ) { call throws(Interruption) in
    let method = try await call.value(method)
    let headers = try await headers(call)
    if call.input != nil { return try await bulk(call, method, headers) }
    let request = try await request(call, method, headers, for: nil)
    let body = try await call.value(body)
    if try await call.value(all) {
      guard method == "GET" else {
        throw .failure(Failure(.badArgument, "--all reads lists: it goes with GET", at: call.span(of: all)))
      }
      return .stream(APIPages(call: call, request: request).stream())
    }
    let isDryRun = try await call.value(BulkOptions.dryRun)
    if isDryRun || call.session.isDryRun, method != "GET" {
      return .value(.object(request.description(body: body ?? .null)), kind: .request)
    }
    return .value(try await call.request { client throws(MittrError) in try await request.send(client, body: body) })
  }

  private static func bulk(
    _ call: Call, _ method: String, _ headers: [(name: String, value: String)]
  ) async throws(Interruption) -> Output {
    if try await call.value(all) {
      throw .failure(Failure(.badArgument, "--all goes with one request, not with a pipe", at: call.span(of: all)))
    }
    // The same request, asked for by several items, is sent as often: it is known by how often it has come.
    var counts: [String: Int] = [:]
    var bulk = BulkCommand(
      call: call, verb: "api \(method)", operation: .api,
      request: { item, _ throws(Interruption) in
        let request = try await request(call, method, headers, for: item)
        let body = try await call.value(body, for: item)
        guard body == nil || body?.objectValue != nil else {
          throw .failure(
            Failure("wrong-kind", "expected a record as the body, got \(body?.kindWithArticle ?? "nothing")"))
        }
        let text = "\(method) \(request.target)" + (body.map { " " + IdempotencyKey.digest($0.text) } ?? "")
        counts[text, default: 0] += 1
        let number = counts[text].flatMap { $0 > 1 ? " #\($0)" : nil } ?? ""
        return BulkRequest(operation: .api, name: text + number, body: body?.objectValue, call: request)
      },
      template: { () throws(Interruption) in
        [.string(method)] + (try await call.template(path)) + (try await call.template(body))
          + (try await call.template(Self.headers))
      })
    bulk.asksFirst = method != "GET"
    bulk.takesAway = method == "DELETE"
    return try await bulk.run([])
  }

  private static func request(
    _ call: Call, _ method: String, _ headers: [(name: String, value: String)], for item: JSONValue?
  ) async throws(Interruption) -> APICall {
    let (path, query) = split(try await call.value(path, for: item))
    return APICall(method: method, path: path, query: query, headers: headers)
  }

  private static func headers(_ call: Call) async throws(Interruption) -> [(name: String, value: String)] {
    let headers = (try await call.value(Self.headers) ?? [:]).map { (name: $0.key, value: $0.value.text) }
    guard !headers.contains(where: { $0.name.lowercased() == "x-api-key" }) else {
      throw .failure(
        Failure(
          .badArgument, "--headers: the key cannot be given as a header", at: call.span(of: Self.headers),
          help: "set MITTR_API_KEY, or use --profile"))
    }
    return headers
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    let method = try await call.value(method)
    let isDryRun = try await call.value(BulkOptions.dryRun)
    if isDryRun || call.session.isDryRun, method != "GET" || call.input != nil { return [] }
    guard demand.atMost != 0 || call.input == nil else { return [] }
    let text = try await call.value(path)
    let (path, query) = split(text)
    let isKnown = try await !call.isUnknown(Self.path)
    let times =
      call.input != nil ? "once an item" : try await call.value(all) ? "a page at a time, to the last" : "once"
    return [
      PlannedRequest(
        method, isKnown ? Mittr.target(path, query: query) : text, times: times, body: try await call.value(body))
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
