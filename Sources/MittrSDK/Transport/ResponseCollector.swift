import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1
import OutboundHTTP
import Synchronization

/// Gathers one response, and notes whether the request left.
final class ResponseCollector: HTTPClientResponseDelegate {
  private struct State {
    var headWasSent = false
    /// A redirect that is not followed.
    var redirect: HTTPResponseHead?
    var head: HTTPResponseHead?
    var body: [UInt8] = []
    /// How many bytes the body has room for; so many are taken from the budget.
    var room = 0
  }

  private let maximumBytes: Int
  private let budget: BodyBudget
  private let stopsAtRedirects: Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - maximumBytes: the largest body that is accepted.
  ///   - budget: what the bodies of all exchanges may take together. It gets its part back when the collector is released.
  ///   - stopsAtRedirects: whether the client would follow redirects, which it is kept from: they would take the API key to
  ///     wherever a server says.
  init(maximumBytes: Int, budget: BodyBudget, stopsAtRedirects: Bool = false) {
    self.maximumBytes = maximumBytes
    self.budget = budget
    self.stopsAtRedirects = stopsAtRedirects
  }

  deinit { budget.giveBack(state.withLock(\.room)) }

  /// Whether the request's first bytes were written to a connection.
  var headWasSent: Bool { state.withLock(\.headWasSent) }

  func didSendRequestHead(task: HTTPClient.Task<TransportResponse>, _ head: HTTPRequestHead) {
    state.withLock { $0.headWasSent = true }
  }

  /// The redirect that ended the exchange, without its body.
  var redirect: TransportResponse? {
    state.withLock(\.redirect).map { TransportResponse($0, body: []) }
  }

  func didVisitURL(
    task: HTTPClient.Task<TransportResponse>, _ request: HTTPClient.Request, _ head: HTTPResponseHead
  ) {
    guard stopsAtRedirects, 300..<400 ~= head.status.code, head.headers.contains(name: "Location") else { return }
    state.withLock { $0.redirect = head }
    // The client then looks no further at it.
    task.cancel()
  }

  func didReceiveHead(
    task: HTTPClient.Task<TransportResponse>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    let announced = head.headers.first(name: "Content-Length").flatMap { Int($0) }
    // What a server announces is not yet sent: it is believed when it comes.
    if let announced, announced > maximumBytes { return task.eventLoop.makeFailedFuture(tooLarge) }
    state.withLock { $0.head = head }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<TransportResponse>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    let failure = state.withLock { state -> ExchangeFailure? in
      guard buffer.readableBytes <= maximumBytes - state.body.count else { return tooLarge }
      let needed = state.body.count + buffer.readableBytes
      if needed > state.room {
        // Twice the room each time keeps the copying in bounds.
        let room = min(max(needed, 2 * state.room, Self.smallestRoom), max(needed, maximumBytes))
        guard budget.take(room - state.room) else { return Self.noRoom }
        state.body.reserveCapacity(room)
        state.room = room
      }
      state.body.append(contentsOf: buffer.readableBytesView)
      return nil
    }
    return failure.map(task.eventLoop.makeFailedFuture) ?? task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<TransportResponse>) throws -> TransportResponse {
    try state.withLock { state in
      guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
      return TransportResponse(head, body: state.body)
    }
  }

  private static let smallestRoom = 4096

  private var tooLarge: ExchangeFailure {
    ExchangeFailure(
      .responseTooLarge, mayHaveReachedServer: true, "the response is larger than \(maximumBytes) bytes")
  }

  private static let noRoom = ExchangeFailure(
    .responseTooLarge, mayHaveReachedServer: true,
    "the responses that are under way are too large together: let fewer requests go out at once")
}

extension TransportResponse {
  fileprivate init(_ head: HTTPResponseHead, body: [UInt8]) {
    self.init(
      status: Int(head.status.code), headers: head.headers.map { HeaderField($0.name, $0.value) }, body: body)
  }
}
