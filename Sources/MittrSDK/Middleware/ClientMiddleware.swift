/// Stands between the client and its transport, and sees each attempt of each call.
///
/// It may change an attempt's headers, look at the answer, answer in the server's place, or refuse. What it makes of an
/// answer is judged as the server's would be: a 503 is retried, a `TransportError` says itself whether the request may
/// have been served.
/// ```swift
/// struct RequestIDs: ClientMiddleware {
///   func intercept(
///     _ request: TransportRequest, context: CallContext, next: NextTransport
///   ) async throws(TransportError) -> TransportResponse {
///     var request = request
///     request.setHeader("X-Request-Id", "\(context.operation)-\(context.attempt)")
///     return try await next(request)
///   }
/// }
///
/// let mittr = Mittr(apiKey: key, middlewares: [RequestIDs()])
/// ```
/// The request's headers hold the API key. Its description and its mirror do not show them.
public protocol ClientMiddleware: Sendable {
  /// Handles one attempt.
  /// - Parameters:
  ///   - request: as the middlewares before this one left it.
  ///   - context: which call it belongs to.
  ///   - next: sends the request on: to the next middleware, in the end to the transport. Call it once at most. To try
  ///     again is the retry policy's part, which knows what must not be done twice.
  /// - Throws: `TransportError` when there is no answer.
  func intercept(
    _ request: TransportRequest, context: CallContext, next: NextTransport
  ) async throws(TransportError) -> TransportResponse
}

/// What a middleware hands a request on to.
public typealias NextTransport =
  @Sendable (_ request: TransportRequest) async throws(TransportError) -> TransportResponse

/// Which call an attempt belongs to.
public struct CallContext: Sendable, Hashable {
  /// What the call does.
  public let operation: ClientOperation
  /// The number of the attempt, from 1.
  public let attempt: Int
  /// The key that an event is sent under, the same for all attempts; nil for every other call.
  public let idempotencyKey: String?

  /// A context for tests of a middleware.
  public init(operation: ClientOperation, attempt: Int = 1, idempotencyKey: String? = nil) {
    self.operation = operation
    self.attempt = attempt
    self.idempotencyKey = idempotencyKey
  }
}

extension [any ClientMiddleware] {
  /// Sends a request through all of them, the first one first, and then by the transport.
  func send(
    _ request: TransportRequest, _ context: CallContext, by transport: any Transport
  ) async throws(TransportError) -> TransportResponse {
    var next: NextTransport = { (request) throws(TransportError) in try await transport.send(request) }
    for middleware in reversed() {
      next = { [next] (request) throws(TransportError) in
        try await middleware.intercept(request, context: context, next: next)
      }
    }
    return try await next(request)
  }
}
