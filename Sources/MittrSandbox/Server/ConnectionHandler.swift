import Basics
import HTTPTypes
import NIOCore
import NIOHTTP1

/// Keeps one connection within the server's limits, whatever its client does, and ends it so that the client can read
/// the last answer.
///
/// A request that cannot go on is ended by an `APIError` in its body, which then is answered like any other.
final class ConnectionHandler: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private enum State {
    /// Between two requests.
    case idle
    /// The request's head was handed on; its body comes.
    case receiving
    /// The request's body is too large. It is read to its end and thrown away before the answer goes out: many clients send
    /// all before they read, and take an answer in between for a broken connection.
    case draining
    /// The request's head was handed on, and its body never will be as a whole.
    case failed
    /// The whole request was handed on.
    case answering
    /// The last answer is written. What still comes is thrown away.
    case ending
  }

  private let limits: ServerLimits
  private var state = State.idle
  private var hasPlace = false
  /// The bytes of the shared budget that the request at hand takes.
  private var taken = 0
  private var keepsOpen = true
  /// How many bytes of the body were thrown away, and what is to be said once it has ended.
  private var drained = 0
  private var held: [(part: HTTPServerResponsePart, promise: EventLoopPromise<Void>?)] = []
  /// Whether the client has sent all that it will send.
  private var inputHasEnded = false
  /// Whether the last answer is written and only the client's end is waited for.
  private var hasLeft = false
  private var timer: Scheduled<Void>?
  private var lastTimer: Scheduled<Void>?

  init(_ limits: ServerLimits) { self.limits = limits }

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    hasPlace = limits.connections.take()
    guard hasPlace else { return context.close(promise: nil) }
    wait(limits.headTimeout, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    lastTimer?.cancel()
    for (_, promise) in held { promise?.fail(ChannelError.ioOnClosedChannel) }
    held = []
    giveBack()
    if hasPlace { limits.connections.giveBack() }
    hasPlace = false
    context.fireChannelInactive()
  }

  // MARK: What comes in

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), .idle): begin(head, context)
    case (.body(let chunk), .receiving):
      // What goes beyond the maximum is refused where the body is collected, which needs no more of it to tell.
      guard taken <= limits.maximumBodyBytes else { return }
      guard limits.bodies.take(chunk.readableBytes) else { return fail(.overloaded, context) }
      taken += chunk.readableBytes
      context.fireChannelRead(data)
    case (.end, .receiving):
      state = .answering
      timer?.cancel()
      context.fireChannelRead(wrapInboundOut(.end(nil)))
    case (.body(let chunk), .draining):
      drained += chunk.readableBytes
      if drained > limits.maximumDrainedBytes { stopDraining(.failed, context) }
    case (.end, .draining): stopDraining(.answering, context)
    case (.end, .ending):
      inputHasEnded = true
      if hasLeft { context.close(promise: nil) }
    case (_, .ending): awaitEnd(context)
    default: break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    // The handlers behind this one get nothing any more, and so ask for nothing.
    if hasLeft || isDraining { context.read() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      inputHasEnded = true
      switch state {
      case .idle: context.close(promise: nil)
      case .ending: if hasLeft { context.close(promise: nil) }
      case .receiving: fail(.badRequest("the request ends too early"), context)
      case .draining: stopDraining(.failed, context)
      case .failed, .answering: keepsOpen = false
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
    let refusal: APIError =
      error == .headerOverflow ? .headersTooLarge : .badRequest("this is not a valid HTTP request")
    switch state {
    case .idle: refuse(refusal, context)
    case .receiving: fail(refusal, context)
    case .draining: stopDraining(.failed, context)
    case .answering: keepsOpen = false
    // Each further byte is an error.
    case .failed: break
    case .ending: awaitEnd(context)
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    var head = head
    keepsOpen = head.isKeepAlive && !inputHasEnded
    if let refusal = head.normalize() { return refuse(refusal, context) }
    state = .receiving
    wait(limits.bodyTimeout, context)
    context.fireChannelRead(wrapInboundOut(.head(head)))
    let length = head.headers.first(name: "Content-Length").map { Int($0) ?? .max } ?? 0
    let waitsToBeAsked = head.headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    if length > limits.maximumBodyBytes {
      let refusal = APIError.payloadTooLarge(limit: limits.maximumBodyBytes)
      if waitsToBeAsked || length > limits.maximumDrainedBytes { return fail(refusal, context) }
      drain()
      context.fireErrorCaught(refusal)
      context.read()
    } else if waitsToBeAsked {
      context.writeAndFlush(
        wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
  }

  private var isDraining: Bool { if case .draining = state { true } else { false } }

  private func drain() {
    state = .draining
    keepsOpen = false
    drained = taken
  }

  /// Says what was held back until the body had ended, or will not be waited for.
  private func stopDraining(_ next: State, _ context: ChannelHandlerContext) {
    state = next
    timer?.cancel()
    let parts = held
    held = []
    for (part, promise) in parts { write(context: context, data: wrapOutboundOut(part), promise: promise) }
    context.flush()
  }

  /// Ends a request whose body cannot be had.
  private func fail(_ error: APIError, _ context: ChannelHandlerContext) {
    state = .failed
    keepsOpen = false
    timer?.cancel()
    context.fireErrorCaught(error)
  }

  /// Answers what never became a request.
  private func refuse(_ error: APIError, _ context: ChannelHandlerContext) {
    keepsOpen = false
    let body = error.json
    let headers: HTTPHeaders = [
      "Content-Type": "application/json; charset=utf-8", "Content-Length": String(body.count), "Connection": "close",
    ]
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: error.status.code), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
    finish(context, promise: nil)
    context.flush()
  }

  // MARK: What goes out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    let part = unwrapOutboundIn(data)
    if case .receiving = state, taken > limits.maximumBodyBytes { drain() }
    if isDraining {
      held.append((part, promise))
      return context.read()
    }
    switch part {
    case .head(var head) where head.status.code >= 200:
      // A handler that responds before the whole request arrived does not want the rest.
      if case .receiving = state { keepsOpen = false }
      if !keepsOpen { head.headers.replaceOrAdd(name: "Connection", value: "close") }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .end: finish(context, promise: promise)
    default: context.write(data, promise: promise)
    }
  }

  /// Writes the end of an answer.
  private func finish(_ context: ChannelHandlerContext, promise: EventLoopPromise<Void>?) {
    giveBack()
    let isSending =
      switch state {
      case .receiving, .draining, .failed: true
      case .idle, .answering, .ending: false
      }
    // Before it is written: the next request, if it is there already, begins in the middle of that.
    state = keepsOpen ? .idle : .ending
    // A client that does not read is not waited for without end either.
    wait(limits.idleTimeout, context)
    guard !keepsOpen else { return context.write(wrapOutboundOut(.end(nil)), promise: promise) }
    let written = promise ?? context.eventLoop.makePromise(of: Void.self)
    written.futureResult.assumeIsolated().whenComplete { _ in self.leave(context, isSending: isSending) }
    context.write(wrapOutboundOut(.end(nil)), promise: written)
  }

  /// Gives the client the time to see that this was the last answer.
  /// - Parameter isSending: whether the answer came before the whole request. Some clients take the connection's end for
  ///   a failure while they send, so that it comes only then.
  private func leave(_ context: ChannelHandlerContext, isSending: Bool) {
    hasLeft = true
    guard !inputHasEnded, context.channel.isActive else { return context.close(promise: nil) }
    if !isSending { context.close(mode: .output, promise: nil) }
    awaitEnd(context)
    lastTimer = context.eventLoop.assumeIsolated().scheduleTask(in: limits.longestLinger) {
      context.close(promise: nil)
    }
    context.read()
  }

  private func awaitEnd(_ context: ChannelHandlerContext) {
    if hasLeft { wait(limits.lingerTime, context) }
  }

  /// While the connection ends by itself, nobody behind this handler cuts it short.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    switch state {
    case .ending, .draining: if mode == .input { return context.close(mode: mode, promise: promise) }
    default: return context.close(mode: mode, promise: promise)
    }
    if mode == .output { promise?.succeed() } else { context.channel.closeFuture.cascade(to: promise) }
  }

  // MARK: Bounds

  private func giveBack() {
    limits.bodies.giveBack(taken)
    taken = 0
  }

  private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
      switch self.state {
      case .receiving: self.fail(.requestTimeout, context)
      case .draining: self.stopDraining(.failed, context)
      case .idle, .failed, .answering, .ending: context.close(promise: nil)
      }
    }
  }
}

extension HTTPRequestHead {
  /// Gives the target its usual form, a path: one with a host has that host as `Host` (RFC 9112, 3.2.2).
  /// - Returns: what is wrong with the request.
  fileprivate mutating func normalize() -> APIError? {
    for scheme in ["http://", "https://"] where uri.lowercased().hasPrefix(scheme) {
      let rest = uri.dropFirst(scheme.count)
      let authority = rest.prefix { !"/?#".contains($0) }
      headers.replaceOrAdd(name: "Host", value: String(authority))
      uri = String(rest.dropFirst(authority.count))
      if !uri.hasPrefix("/") { uri = "/" + uri }
      break
    }
    guard uri.hasPrefix("/") else { return .badRequest("the request's target must be a path") }
    let hosts = headers["Host"].count
    guard hosts == 1 || hosts == 0 && (version.major, version.minor) < (1, 1) else {
      return .badRequest("exactly one Host is needed")
    }
    return nil
  }
}
