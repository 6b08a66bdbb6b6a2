import Basics
import NIOCore
import NIOHTTP1

/// One connection: puts requests together, within bounds, and writes the answers.
///
/// The pipeline before it hands over one request at a time: the next one begins only when this one is answered.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// The headers of one request together, in bytes.
  static let maximumHeaderBytes = 128 << 10

  private enum State {
    case idle
    case receiving(HTTPRequestHead, [UInt8])
    case answering
    /// What still comes is thrown away.
    case ending
  }

  private let configuration: ReceiverConfiguration
  private let budget: Budget
  private let opening: ProtocolDetector
  /// The bytes of the budget that the request at hand takes: the memory that its body has, not only what is in it.
  private var taken = 0
  private let answer: @Sendable (ReceivedRequest, EventLoopPromise<ReceiverResponse>) -> Void
  private var state = State.idle
  /// Whether the sender has sent all that it will send.
  private var inputHasEnded = false
  /// Whether the last answer is written and only the sender's end is waited for.
  private var hasLeft = false
  private var timer: Scheduled<Void>?
  private var lastTimer: Scheduled<Void>?

  /// How long a pause a sender may make that still sends what nobody reads, so that it sees the answer. Closing at once
  /// would take the answer back (RFC 9112, 9.6).
  private static let lingerTime = TimeAmount.seconds(1)

  init(
    _ configuration: ReceiverConfiguration, _ budget: Budget, _ opening: ProtocolDetector,
    answer: @escaping @Sendable (ReceivedRequest, EventLoopPromise<ReceiverResponse>) -> Void
  ) {
    self.configuration = configuration
    self.budget = budget
    self.opening = opening
    self.answer = answer
  }

  func channelActive(context: ChannelHandlerContext) {
    wait(configuration.headTimeout, context)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    lastTimer?.cancel()
    // What is being answered is still held.
    if case .answering = state {} else { giveBack() }
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch (unwrapInboundIn(data), state) {
    case (.head(let head), .idle): begin(head, context)
    case (.body(let chunk), .receiving(let head, var body)):
      // Without this the body would be held twice and copied with each piece.
      state = .ending
      let count = body.count + chunk.readableBytes
      guard count <= configuration.maximumBodyBytes else { return refuse(tooLarge, context) }
      guard makeRoom(for: count, in: &body) else { return refuse(.tooMuchAtOnce, context) }
      body.append(contentsOf: chunk.readableBytesView)
      state = .receiving(head, body)
    case (.end, .receiving(let head, let body)): finish(head, body, context)
    case (.end, .ending):
      inputHasEnded = true
      if hasLeft { context.close(promise: nil) }
    case (_, .ending): awaitEnd(context)
    default: break
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      inputHasEnded = true
      switch state {
      case .answering: break
      case .ending: if hasLeft { context.close(promise: nil) }
      case .idle, .receiving: context.close(promise: nil)
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch state {
    // Each further byte is an error. Closing at once would take the answer back.
    case .ending: return awaitEnd(context)
    case .answering: break
    case .idle, .receiving:
      guard let error = error as? HTTPParserError else { break }
      let isTooLong = error == .headerOverflow
      return refuse(
        isTooLong ? .headersTooLarge(Self.maximumHeaderBytes) : opening.refusal ?? .notHTTP, context)
    }
    context.close(promise: nil)
  }

  /// Takes memory for a body from the budget and then from the system, for as many bytes again as the body has so that
  /// it is not moved with each piece.
  private func makeRoom(for count: Int, in body: inout [UInt8]) -> Bool {
    guard count > taken else { return true }
    let room = min(max(count, 2 * taken), configuration.maximumBodyBytes)
    guard budget.take(room - taken) else { return false }
    taken = room
    body.reserveCapacity(room)
    return true
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    state = .receiving(head, [])
    if let refusal = opening.refusal { return refuse(refusal, context) }
    if let length = head.headers.first(name: "Content-Length").map({ Int($0) ?? .max }),
      length > configuration.maximumBodyBytes
    {
      return refuse(tooLarge, context)
    }
    if head.headers[canonicalForm: "Expect"].contains(where: { $0.lowercased() == "100-continue" }) {
      let go = HTTPResponseHead(version: .http1_1, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
    }
    wait(configuration.bodyTimeout, context)
  }

  private func finish(_ head: HTTPRequestHead, _ body: [UInt8], _ context: ChannelHandlerContext) {
    state = .answering
    timer?.cancel()
    let request = ReceivedRequest(
      method: head.method.rawValue, target: head.uri, headers: head.headers.map { (name: $0.name, value: $0.value) },
      body: body, receivedAt: configuration.now(), localAddress: context.channel.localAddress?.ipAddress)
    let promise = context.eventLoop.makePromise(of: ReceiverResponse.self)
    promise.futureResult.assumeIsolated().whenComplete { result in
      self.giveBack()
      switch result {
      case .success(let reply): self.write(reply, keepsOpen: head.isKeepAlive, withBody: head.method != .HEAD, context)
      case .failure: context.close(promise: nil)
      }
    }
    answer(request, promise)
  }

  private func write(
    _ reply: ReceiverResponse, keepsOpen: Bool, withBody: Bool = true, _ context: ChannelHandlerContext
  ) {
    let keepsOpen = keepsOpen && !inputHasEnded
    var headers = HTTPHeaders(reply.headers.map { ($0.name, $0.value) })
    // Nothing adds to these: a length that nobody knows makes no body behind the head of a HEAD's answer.
    let hasLength = reply.status >= 200 && reply.status != 204 && reply.status != 304
    if hasLength, withBody || !reply.body.isEmpty {
      headers.replaceOrAdd(name: "Content-Length", value: String(reply.body.count))
    }
    if !keepsOpen { headers.replaceOrAdd(name: "Connection", value: "close") }
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status), headers: headers)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if withBody, hasLength, !reply.body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
    }
    // Before the end is written: the next request, if it is there already, begins in the middle of that.
    state = keepsOpen ? .idle : .ending
    // A client that does not read its response is not waited for forever either.
    wait(keepsOpen ? configuration.idleTimeout : configuration.bodyTimeout, context)
    let written = context.writeAndFlush(wrapOutboundOut(.end(nil)))
    written.assumeIsolated().whenComplete { result in
      if case .failure = result { context.close(promise: nil) } else if !keepsOpen { self.leave(context) }
    }
  }

  /// Answers before everything has come.
  private func refuse(_ refusal: ReceiverRefusal, _ context: ChannelHandlerContext) {
    state = .ending
    giveBack()
    configuration.onRefusal(refusal)
    write(refusal.response, keepsOpen: false, context)
  }

  /// Says no more, and waits for the sender to see that.
  private func leave(_ context: ChannelHandlerContext) {
    hasLeft = true
    guard !inputHasEnded, context.channel.isActive else { return context.close(promise: nil) }
    context.close(mode: .output, promise: nil)
    awaitEnd(context)
    lastTimer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(configuration.bodyTimeout)) {
      context.close(promise: nil)
    }
  }

  private func awaitEnd(_ context: ChannelHandlerContext) {
    guard hasLeft else { return }
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingerTime) { context.close(promise: nil) }
  }

  private func giveBack() {
    budget.giveBack(taken)
    taken = 0
  }

  private func wait(_ duration: Duration, _ context: ChannelHandlerContext) {
    timer?.cancel()
    timer = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(duration)) { self.isLate(context) }
  }

  private func isLate(_ context: ChannelHandlerContext) {
    if case .receiving = state {
      refuse(.tooSlow, context)
    } else {
      context.close(promise: nil)
    }
  }

  private var tooLarge: ReceiverRefusal { .bodyTooLarge(configuration.maximumBodyBytes) }
}
