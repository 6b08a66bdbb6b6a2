import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// Gathers one response, and notes whether the request left.
final class ResponseCollector: HTTPClientResponseDelegate {
  private struct State {
    var headWasSent = false
    var head: HTTPResponseHead?
    var body: [UInt8] = []
  }

  private let maximumBytes: Int
  private let state = Mutex(State())

  init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

  /// Whether the request's first bytes were written to a connection.
  var headWasSent: Bool { state.withLock(\.headWasSent) }

  func didSendRequestHead(task: HTTPClient.Task<TransportResponse>, _ head: HTTPRequestHead) {
    state.withLock { $0.headWasSent = true }
  }

  func didReceiveHead(
    task: HTTPClient.Task<TransportResponse>, _ head: HTTPResponseHead
  ) -> EventLoopFuture<Void> {
    let announced = head.headers.first(name: "Content-Length").flatMap { Int($0) }
    if let announced, announced > maximumBytes { return task.eventLoop.makeFailedFuture(tooLarge) }
    state.withLock {
      $0.head = head
      // What a server announces is not yet sent: only so much is believed beforehand.
      $0.body.reserveCapacity(min(announced ?? 0, 1 << 20))
    }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<TransportResponse>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    let fits = state.withLock { state in
      guard buffer.readableBytes <= maximumBytes - state.body.count else { return false }
      state.body.append(contentsOf: buffer.readableBytesView)
      return true
    }
    return fits ? task.eventLoop.makeSucceededVoidFuture() : task.eventLoop.makeFailedFuture(tooLarge)
  }

  func didFinishRequest(task: HTTPClient.Task<TransportResponse>) throws -> TransportResponse {
    try state.withLock { state in
      guard let head = state.head else { throw HTTPClientError.remoteConnectionClosed }
      return TransportResponse(
        status: Int(head.status.code), headers: head.headers.map { HeaderField($0.name, $0.value) }, body: state.body)
    }
  }

  private var tooLarge: TransportError {
    TransportError(
      .responseTooLarge, mayHaveReachedServer: true, message: "the response is larger than \(maximumBytes) bytes")
  }
}
