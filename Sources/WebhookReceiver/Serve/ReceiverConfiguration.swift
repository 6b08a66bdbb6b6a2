package import OutboundHTTP

/// What a receiver does, and its bounds.
public struct ReceiverConfiguration: Sendable {
  /// What is answered.
  public enum ResponseMode: Sendable {
    /// 200, or 401 when the signature does not hold. What cannot be verified gets 200.
    case verification
    /// One status for every delivery, 200 to 599, with a text of its own.
    case status(Int, body: String? = nil)
    /// What another server answers; 502 when it does not, 504 when it takes too long, 404 where no route fits. What is for
    /// another host than this machine is passed on only when it is signed, and else answered with 403.
    case routes(RouteTable)

    /// Passes every delivery on to one place.
    public static func forward(_ target: ForwardTarget) -> ResponseMode { .routes(RouteTable([], rest: target)) }
  }

  /// 0 for any port that is free.
  public var port = 0
  /// The address to listen on; nil for this machine alone, at 127.0.0.1 and ::1.
  public var host: String?
  public var answer = ResponseMode.verification
  /// What is answered to a delivery whose signature does not hold, which is then not passed on; nil for 401, and for passing
  /// it on all the same.
  public var invalidStatus: Int?
  /// How many attempts of each event are answered with 500 first.
  public var failFirst = 0
  /// Where requests are saved.
  public var folder: DeliveryFolder?
  /// A larger body is answered with 413, in bytes.
  public var maximumBodyBytes = 10_000_000
  /// The memory of the bodies of all requests that are not answered yet, finished or not, together, in bytes: what goes
  /// beyond is answered with 503. One body of `maximumBodyBytes` always fits.
  public var maximumBytesUnderWay = 64 << 20
  /// More connections than this are closed at once.
  public var maximumConnections = 128
  /// How long a new connection may take to send a request's head.
  public var headTimeout = Duration.seconds(10)
  /// How long a body may take, and an answer to be read.
  public var bodyTimeout = Duration.seconds(30)
  /// How long a connection is kept that was of use before. Longer than clients keep theirs, as a rule.
  public var idleTimeout = Duration.seconds(90)
  public var forwardTimeout = Duration.seconds(30)
  /// False for targets whose certificate nobody vouches for.
  public var verifiesCertificates = true
  /// How targets on other machines are reached, and whose certificates are trusted.
  package var network = NetworkSettings()
  /// Verifies a request. Called from any thread, for several requests at a time.
  public var diagnose: @Sendable (ReceivedRequest) async -> Finding = { _ in .unverified }
  /// The type of a delivery's event, for the routes; nil where it is not known. Called from any thread.
  public var eventType: @Sendable (ReceivedRequest) -> String? = { _ in nil }
  /// Told of what was refused before it was a delivery, from any thread.
  public var onRefusal: @Sendable (ReceiverRefusal) -> Void = { _ in }
  /// Told of each delivery before it is answered, from any thread.
  public var onDelivery: @Sendable (ReceivedDelivery) -> Void = { _ in }
  /// Seconds since 1970.
  public var now: @Sendable () -> Double
  /// The time since some fixed moment.
  public var uptime: @Sendable () -> Duration

  public init(
    now: @escaping @Sendable () -> Double, uptime: @escaping @Sendable () -> Duration = { systemUptime() }
  ) {
    self.now = now
    self.uptime = uptime
  }

  private static let start = ContinuousClock.now

  /// The time since this was first asked for.
  public static func systemUptime() -> Duration { ContinuousClock.now - start }
}
