import Basics
public import OrderedJSON

/// Why a call to Mittr failed: the server refused it, or no usable answer came.
///
/// Every call throws this type and nothing else, so that a `catch` knows it:
/// ```swift
/// do throws(MittrError) {
///   try await mittr.events.send("order.created", order, idempotencyKey: "order-\(order.id)-created")
/// } catch {
///   switch error.code {
///   case .badRequest: report(error.problems)
///   case .outcomeUnknown: retryLater(key: error.idempotencyKey)
///   default: log(error)
///   }
/// }
/// ```
/// It holds no secret: where a server echoes the API key, the key is replaced with `mtr_…`.
public struct MittrError: Error, Sendable, Hashable {
  /// What the server sent with its refusal.
  public enum Body: Sendable, Hashable {
    /// A body that is JSON, whatever its shape.
    case json(JSONValue)
    /// A body that is not, as text; of a long one the beginning (`MittrError.maximumTextBytes`).
    case text(String)
    /// An empty body, or no answer at all.
    case none
  }

  /// A stable word for the cause: the server's `code`, or one of the SDK's own.
  public let code: Code
  /// What happened, for people: the server's `error`, or a sentence of ours without a full stop. A server's text is
  /// as it came; `description` shows it with control characters escaped.
  public let message: String
  /// The HTTP status; nil when no answer came.
  public let status: Int?
  /// What the server sent with its refusal.
  public let body: Body
  /// The server's `details`, of whatever shape.
  public let details: JSONValue?
  /// What the server calls this request in its logs (`X-Request-Id` and the like).
  public let requestID: String?
  /// How long the server asked to wait before trying again.
  public let retryAfter: Duration?
  /// What the answer said about the rate limit.
  public let rateLimit: RateLimit?
  /// What the network did, when no answer came.
  public let transportError: TransportError?
  /// The idempotency key that an event was sent under. Sending it again under this key cannot create it twice.
  public internal(set) var idempotencyKey: String?
  /// Whether the request may have taken effect all the same: it was written, and either no answer came or one that
  /// does not tell: a server that failed, a redirect, a login page, an answer about something else. The code then is
  /// `OUTCOME_UNKNOWN`, or `CANCELLED` when the calling task was. False for reads, and for whatever was refused before it
  /// was processed.
  public internal(set) var isOutcomeUnknown: Bool

  /// An error of your own making, for a test or a double of the client.
  /// ```swift
  /// let error = MittrError(code: .rateLimited, message: "slow down", status: 429, retryAfter: .seconds(30))
  /// ```
  public init(
    code: Code, message: String, status: Int? = nil, body: Body = .none, details: JSONValue? = nil,
    requestID: String? = nil, retryAfter: Duration? = nil, rateLimit: RateLimit? = nil,
    transportError: TransportError? = nil, idempotencyKey: String? = nil, isOutcomeUnknown: Bool = false
  ) {
    self.code = code
    self.message = message
    self.status = status
    self.body = body
    self.details = details
    self.requestID = requestID
    self.retryAfter = retryAfter
    self.rateLimit = rateLimit
    self.transportError = transportError
    self.idempotencyKey = idempotencyKey
    self.isOutcomeUnknown = isOutcomeUnknown
  }

  /// How much of a body that is not JSON is kept, in bytes of UTF-8.
  public static let maximumTextBytes = 4096
}

extension MittrError: CustomStringConvertible, CustomDebugStringConvertible {
  /// One sentence without a full stop, such as
  /// `NOT_FOUND: no event evt_1 (status 404, request req_7)`. Control and bidirectional characters are escaped, a
  /// long message is cut.
  public var description: String {
    let facts = [
      status.map { "status \($0)" }, requestID.map { "request \(SafeText.escaped($0, limit: 100))" },
      retryAfter.map { "retry after \($0.components.seconds) s" },
      isOutcomeUnknown ? "it may have taken effect" : nil,
    ].compactMap(\.self)
    let suffix = facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))"
    return "\(SafeText.escaped(code.rawValue, limit: 100)): \(SafeText.escaped(message, limit: 1000))\(suffix)"
  }

  public var debugDescription: String { description }
}

extension MittrError {
  /// Whether the calling task was cancelled. `isOutcomeUnknown` says whether the request had gone out by then.
  public var isCancelled: Bool { code == .cancelled }

  /// Whether the server sent the client elsewhere, so that the base URL is wrong for every request.
  package var isRedirect: Bool { status.map { 300..<400 ~= $0 && $0 != 304 } ?? false }

  /// Whether the same request may well get another answer later: the network failed, or the server did for the moment.
  package var isTransient: Bool {
    guard let status else { return transportError?.kind != .invalidResponse }
    return status == 408 || 500..<600 ~= status && status != 501
  }
}
