/// One HTTP request as it goes to the server.
///
/// Its headers hold the API key. Descriptions and mirrors show the names of the headers only, so that a request can be
/// logged; code that reads `headers` itself handles a secret.
public struct TransportRequest: Sendable {
  /// The method, such as `GET`.
  public let method: String
  /// The absolute URL, percent-encoded throughout.
  public let url: String
  /// Every header but those that the transport itself is responsible for (`Host`, `Content-Length`, …).
  public var headers: [HeaderField]
  /// The body's bytes; nil when the request has none.
  public let body: [UInt8]?
  /// How long the whole exchange may take, connecting included.
  public let timeout: Duration

  /// A request for tests of a transport.
  public init(
    method: String, url: String, headers: [HeaderField] = [], body: [UInt8]? = nil, timeout: Duration = .seconds(30)
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
  }

  /// The value of the first header of that name, in any case.
  public func header(_ name: String) -> String? { headers.first { $0.isNamed(name) }?.value }

  /// Puts a header in the place of all others of its name, in any case.
  public mutating func setHeader(_ name: String, _ value: String) {
    headers.removeAll { $0.isNamed(name) }
    headers.append(HeaderField(name, value))
  }
}

extension TransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "\(method) \(url)" }

  public var debugDescription: String { description }

  public var customMirror: Mirror {
    Mirror(
      self,
      children: [
        "method": method, "url": url, "headerNames": headers.map(\.name), "bodyBytes": body?.count ?? 0,
      ])
  }
}
