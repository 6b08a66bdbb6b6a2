import Hummingbird
import NIOCore

/// Makes requests to the API's routes go wrong as the plan says.
struct FaultMiddleware: RouterMiddleware {
  typealias Context = SandboxContext

  let injector: FaultInjector
  let clock: SandboxClock

  /// How long a stalled request is held when the client does not give up.
  private static let longestStall = TimeAmount.seconds(60)
  /// How long a connection that is about to close waits for the request that it will close on.
  private static let longestIdle = TimeAmount.seconds(1)

  func handle(
    _ request: Request, context: SandboxContext,
    next: (Request, SandboxContext) async throws -> Response
  ) async throws -> Response {
    let connection = FaultyConnection(channel: context.channel)
    guard !injector.isClosing(context.channel) else { throw await connection.close() }
    let decision = injector.decide(
      method: request.method.rawValue, path: context.endpointPath ?? "", target: request.uri.string)
    guard let decision else { return try await next(request, context) }
    // An answer that says no is an answer, too.
    func answer() async -> Response {
      do { return try await next(request, context) } catch { return Response(APIError(answering: error)) }
    }
    switch decision.fault {
    case .resetDuring: throw await connection.reset()
    case .resetBefore:
      for try await _ in request.body {}
      throw await connection.reset()
    case .resetAfter:
      _ = await answer()
      throw await connection.reset()
    case .half: return try await connection.half(of: answer())
    case .stallBefore: throw await connection.stall(atMost: Self.longestStall) {}
    case .stall: throw await connection.stall(atMost: Self.longestStall) { _ = await answer() }
    case .slow: return try await answer().trickling()
    case .close:
      let response = await answer()
      injector.markClosing(context.channel)
      context.channel.eventLoop.scheduleTask(in: Self.longestIdle) { [channel = context.channel] in
        channel.close(promise: nil)
      }
      return response
    case .badJSON: return try await answer().withHalfTheJSON()
    case .failure: throw APIError.internalError
    case .failureAfter:
      _ = await answer()
      throw APIError.internalError
    case .unavailable: throw APIError.unavailableForASecond
    case .rateLimited: throw APIError.rateLimited(until: decision.chance.isMultiple(of: 2) ? nil : clock.now)
    case .guarded: throw APIError.tooManyObjects
    // A plan has these for deliveries alone.
    case .duplicate, .late, .shuffle, .corrupt: return try await next(request, context)
    }
  }
}

extension APIError {
  fileprivate static var unavailableForASecond: APIError {
    APIError(
      status: .serviceUnavailable, code: "UNAVAILABLE", message: "the sandbox is asked to be unavailable",
      headers: [.retryAfter: "1"])
  }

  /// - Parameter now: asks to wait until the next second begins, as a date; nil asks for one second.
  fileprivate static func rateLimited(until now: Timestamp?) -> APIError {
    let wait = now.map { $0.advanced(byMilliseconds: 1000).httpDate } ?? "1"
    return APIError(
      status: .tooManyRequests, code: "RATE_LIMITED", message: "the sandbox is asked to refuse this request",
      headers: [.retryAfter: wait])
  }

  fileprivate static var tooManyObjects: APIError {
    APIError(
      status: .tooManyRequests, code: "RATE_LIMITED", message: "the project has more than 10,000 objects of this kind")
  }
}
