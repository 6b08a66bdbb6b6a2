import NIOCore
import NIOHTTP1
import NIOHTTP2

/// What one connection has brought so far; its handlers share it.
private final class ResponseProgress {
  var hasBegun = false
  /// Bytes of the head that is being received, with all interim ones before it.
  var headBytes = 0
  var isInBody = false
  var interimResponses = 0

  func finishResponse() {
    headBytes = 0
    isInBody = false
    interimResponses = 0
  }
}

/// Stops what the HTTP library would stumble over. It ends the process at a status below 100, takes interim responses
/// without end, and keeps heads of megabytes.
enum ResponseGuard {
  /// A head, with all interim responses before it, in bytes.
  static let maximumHeadBytes = 256 * 1024
  static let maximumInterimResponses = 32

  /// Puts the checks into a connection of AsyncHTTPClient's, on both sides of the decoder.
  static func install(in channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
    let progress = ResponseProgress()
    try pipeline.addHandler(ResponseBytesGuard(progress), position: .before(decoder))
    try pipeline.addHandler(ResponsePartsGuard(progress), position: .after(decoder))
  }

  /// The same for a stream of HTTP/2, whose heads NIO keeps small.
  static func install(inStream channel: any Channel) throws {
    let pipeline = channel.pipeline.syncOperations
    let decoder = try pipeline.handler(type: HTTP2FramePayloadToHTTP1ClientCodec.self)
    try pipeline.addHandler(ResponsePartsGuard(ResponseProgress()), position: .after(decoder))
  }
}

/// Looks at the bytes, before they are decoded.
private final class ResponseBytesGuard: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let progress: ResponseProgress
  private var isRefused = false

  init(_ progress: ResponseProgress) { self.progress = progress }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    let bytes = unwrapInboundIn(data)
    // An alert or a handshake message of TLS 1.x.
    if !progress.hasBegun, let start = bytes.getBytes(at: bytes.readerIndex, length: 2),
      [[0x15, 3], [0x16, 3]].contains(start)
    {
      return refuse(.speaksTLS, context)
    }
    progress.hasBegun = true
    if !progress.isInBody {
      progress.headBytes += bytes.readableBytes
      guard progress.headBytes <= ResponseGuard.maximumHeadBytes else { return refuse(.headTooLarge, context) }
    }
    context.fireChannelRead(data)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.fireErrorCaught(progress.hasBegun ? error : ResponseViolation.endedWithoutAByte)
  }

  func channelInactive(context: ChannelHandlerContext) {
    if !progress.hasBegun { context.fireErrorCaught(ResponseViolation.endedWithoutAByte) }
    context.fireChannelInactive()
  }

  private func refuse(_ violation: ResponseViolation, _ context: ChannelHandlerContext) {
    isRefused = true
    progress.hasBegun = true
    context.fireErrorCaught(violation)
    context.close(promise: nil)
  }
}

/// Looks at what was decoded, before the client does.
private final class ResponsePartsGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  private let progress: ResponseProgress
  private var isRefused = false

  init(_ progress: ResponseProgress) { self.progress = progress }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isRefused else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      switch head.status.code {
      case ..<100: return refuse(.impossibleStatus(Int(head.status.code)), context)
      case 101: return refuse(.switchedProtocol, context)
      case 100..<200:
        // Nobody waits for one: it is passed over.
        progress.interimResponses += 1
        guard progress.interimResponses <= ResponseGuard.maximumInterimResponses else {
          return refuse(.tooManyInterimResponses, context)
        }
        return
      default: progress.isInBody = true
      }
    case .body: break
    case .end: progress.finishResponse()
    }
    context.fireChannelRead(data)
  }

  private func refuse(_ violation: ResponseViolation, _ context: ChannelHandlerContext) {
    isRefused = true
    context.fireErrorCaught(violation)
    context.close(promise: nil)
  }
}
