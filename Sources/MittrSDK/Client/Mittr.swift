import Basics
public import OrderedJSON

/// A client of the Mittr webhook platform.
///
/// ```swift
/// let mittr = Mittr(apiKey: key)
/// let event = try await mittr.events.send(
///   EventInput(eventType: "order.created", payload: ["orderId": "ord_123", "amount": 9900]))
/// ```
/// Making one costs nothing: threads and connections come with the first request. Copies share them, and any number of
/// tasks may use one client at a time. Every call throws `MittrError` and nothing else; a key or a base URL that
/// cannot be used is reported by the calls, as `INVALID_REQUEST`.
public struct Mittr: Sendable {
  /// The version of this package, as in `User-Agent: mittr-swift/<version>`.
  public static let version = ReleaseVersion.text

  /// The hosted platform.
  public static let defaultBaseURL = "https://app.mittr.io"

  let client: APIClient
  /// The transport that this client made itself, and so ends itself.
  let ownTransport: AsyncHTTPTransport?

  /// - Parameters:
  ///   - apiKey: the key of a project, `mtr_…`. It goes into the `X-API-Key` header and nowhere else.
  ///   - baseURL: where the server is; a path prefix and a slash at the end are fine.
  ///   - projectID: the project to work on, for keys that have several (`X-Project-ID`).
  ///   - transport: what performs the HTTP exchanges; nil for an `AsyncHTTPTransport` with its default limits. One that
  ///     is given is the caller's to end.
  ///   - network: proxies, and the authorities to trust, for the client's own transport; by default no proxy, and the
  ///     system's authorities.
  ///   - middlewares: see each attempt of each call, the first one first; none unless they are given.
  ///   - retryPolicy: when a failed request is sent again.
  ///   - timeout: how long one attempt may take, from connecting to the last byte of the answer.
  ///   - environment: time and chance, for tests.
  public init(
    apiKey: String, baseURL: String = Mittr.defaultBaseURL, projectID: String? = nil,
    transport: (any Transport)? = nil, network: NetworkConfiguration = NetworkConfiguration(),
    middlewares: [any ClientMiddleware] = [], retryPolicy: RetryPolicy = .default, timeout: Duration = .seconds(30),
    environment: ClientEnvironment = .live
  ) {
    let usedTransport: any Transport
    if let transport {
      (usedTransport, ownTransport) = (transport, nil)
    } else {
      let own = AsyncHTTPTransport(network: network)
      (usedTransport, ownTransport) = (own, own)
    }
    client = APIClient(
      apiKey: apiKey, baseURL: baseURL, projectID: projectID, transport: usedTransport,
      middlewares: middlewares, retryPolicy: retryPolicy, timeout: timeout, environment: environment)
  }

  init(client: APIClient, ownTransport: AsyncHTTPTransport?) {
    self.client = client
    self.ownTransport = ownTransport
  }

  /// Where the server is, without a slash at the end; nil when the base URL is not usable.
  public var baseURL: String? { client.baseURL }

  /// The project that the client was made for (`X-Project-ID`).
  public var projectID: String? { client.projectID }

  /// The same client with another time limit; the two share their connections and everything else.
  /// ```swift
  /// let event = try await mittr.with(timeout: .seconds(2)).events.get(id)
  /// ```
  /// - Parameter timeout: how long one attempt may take, from connecting to the last byte of the answer.
  public func with(timeout: Duration) -> Mittr {
    Mittr(client: client.with(timeout: timeout), ownTransport: ownTransport)
  }

  /// The same client with another retry policy; the two share their connections and everything else.
  /// ```swift
  /// let once = mittr.with(retryPolicy: .never)
  /// ```
  public func with(retryPolicy: RetryPolicy) -> Mittr {
    Mittr(client: client.with(retryPolicy: retryPolicy), ownTransport: ownTransport)
  }

  /// The same client, which tells what answers say about the rate limit; the two share their connections and everything
  /// else.
  /// - Parameter onRateLimit: called, from any thread, with what each answer says about the rate limit, if it does.
  public func with(onRateLimit: @escaping @Sendable (RateLimit) -> Void) -> Mittr {
    Mittr(client: client.with(onRateLimit: onRateLimit), ownTransport: ownTransport)
  }

  /// The same client, which tells when it waits before it sends a request again; the two share their connections.
  /// - Parameter onWait: called, from any thread, with how the last attempt failed, and for how long it waits.
  public func with(onWait: @escaping @Sendable (MittrError, Duration) -> Void) -> Mittr {
    Mittr(client: client.with(onWait: onWait), ownTransport: ownTransport)
  }

  /// The same client, which hands on what a local sandbox says of itself; the two share their connections.
  /// - Parameter onSandboxNotice: called, from any thread, with the text of each answer that has one.
  package func with(onSandboxNotice: @escaping @Sendable (String) -> Void) -> Mittr {
    Mittr(client: client.with(onSandboxNotice: onSandboxNotice), ownTransport: ownTransport)
  }

  /// Sending, finding and replaying events.
  public var events: Events { Events(client: client) }
  /// Managing endpoints.
  public var endpoints: Endpoints { Endpoints(client: client) }

  /// Events as bare records, whatever fields they have.
  package var eventRecords: Records<EventListParameters> { events.records }
  /// Endpoints as bare records, whatever fields they have.
  package var endpointRecords: Records<ListParameters> { endpoints.records }

  /// Calls anything that the API has and this client does not name.
  ///
  /// A GET, HEAD or OPTIONS request is retried as a read; every other only when it was refused before it was processed.
  /// - Parameters:
  ///   - method: the HTTP method, in capital letters.
  ///   - path: the path from the server's root, such as `/api/v1/events`; it may carry a query. What is not yet
  ///     percent-encoded and must be, is.
  ///   - query: pairs to be added to the query, in this order, not percent-encoded.
  ///   - body: sent as JSON; nil sends no body, `.null` the text `null`.
  ///   - headers: replace the client's own of the same name; `X-API-Key` and those of the connection cannot be set.
  /// - Returns: the answer's JSON, of any shape; `.null` when it is empty. A read's answer that is not JSON is a `.string`
  ///   with its text; after any other request such an answer, like an object with an `error`, leaves open what was done.
  public func request(
    _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: JSONValue? = nil,
    headers: [(name: String, value: String)] = []
  ) async throws(MittrError) -> JSONValue {
    guard !method.isEmpty, method.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }) else {
      throw .invalidRequest("'\(SafeText.escaped(method, limit: 100))' is not an HTTP method in capital letters")
    }
    guard path.hasPrefix("/") else { throw .invalidRequest("the path does not begin with a slash") }
    guard !path.utf8.contains(UInt8(ascii: "#")) else { throw .invalidRequest("the path has a fragment ('#')") }
    let isRead = ["GET", "HEAD", "OPTIONS"].contains(method)
    let response = try await client.request(
      APIRequest(
        method: method, path: path.percentEncodedPath, query: query, body: body,
        headers: headers.map { HeaderField($0.name, $0.value) }, effect: isRead ? .none : .everyTime))
    guard !response.body.isEmpty else { return .null }
    return (try? JSONValue(parsing: response.body)) ?? .string(String(decoding: response.body, as: UTF8.self))
  }

  /// What `request` asks the server for: the path with its query, percent-encoded.
  package static func target(_ path: String, query: [(name: String, value: String)]) -> String {
    APIRequest.get(path.percentEncodedPath, query: query).target
  }

  /// Closes the connections that this client and its copies made; later calls fail. A transport that was passed in is
  /// left alone. Not calling it is no leak: connections also close when the last copy is gone.
  public func shutdown() async { await ownTransport?.shutdown() }
}
