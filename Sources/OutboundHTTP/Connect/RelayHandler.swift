import NIOCore
import NIOHTTP1

/// Writes requests as a proxy that passes them on wants them: with the whole URL, and with its own credentials.
final class RelayHandler: ChannelOutboundHandler {
  typealias OutboundIn = HTTPClientRequestPart
  typealias OutboundOut = HTTPClientRequestPart

  private let authorization: String?

  init(authorization: String?) { self.authorization = authorization }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
    if let host = head.headers.first(name: "Host") { head.uri = "http://\(host)\(head.uri)" }
    if let authorization { head.headers.replaceOrAdd(name: "Proxy-Authorization", value: authorization) }
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }
}
