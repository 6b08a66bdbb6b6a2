/// A request as it came: nothing is parsed, decoded or joined but the framing of its body.
public struct ReceivedRequest: Sendable {
  public let method: String
  /// The request line's target, as it was sent: `/hook?a=1`, or a whole URL from a sender that takes this for a proxy.
  public let target: String
  /// In the order and the case received.
  public let headers: [(name: String, value: String)]
  public let body: [UInt8]
  /// Seconds since 1970.
  public let receivedAt: Double
  /// The address of this machine that the connection came to, if it is known.
  let localAddress: String?

  public init(
    method: String, target: String, headers: [(name: String, value: String)], body: [UInt8], receivedAt: Double,
    localAddress: String? = nil
  ) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.receivedAt = receivedAt
    self.localAddress = localAddress
  }

  /// The first value of a header; names in any case.
  public func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }

  /// What Mittr calls the event that is delivered; nil when the sender does not say.
  public var eventID: String? { header("X-Mittr-Event-ID") }

  /// Which attempt at its event it is, from 1; nil when the sender does not say.
  public var statedAttempt: Int? {
    header("X-Mittr-Attempt").flatMap { Int($0) }.flatMap { 1...1_000_000 ~= $0 ? $0 : nil }
  }

  /// Whether it only asks if the server is there: it reads, and says nothing of Mittr's.
  var isProbe: Bool {
    ["HEAD", "GET", "OPTIONS"].contains(method) && !headers.contains { $0.name.lowercased().hasPrefix("x-mittr-") }
  }

  /// The target without scheme, host and query.
  public var path: String { String(originTarget.prefix { $0 != "?" }) }

  /// The target as a server of one host knows it: it starts with a slash.
  var originTarget: String {
    if target.hasPrefix("/") { return target }
    guard let scheme = target.firstRange(of: "://") else { return "/" }
    return String(
      target[scheme.upperBound...].drop { $0 != "/" }.isEmpty ? "/" : target[scheme.upperBound...].drop { $0 != "/" })
  }

  /// How much memory keeping it takes, about.
  var size: Int {
    headers.reduce(body.count + target.utf8.count + 256) { $0 + $1.name.utf8.count + $1.value.utf8.count + 32 }
  }
}
