import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// Hummingbird's HTTP/1 with a `ConnectionHandler` on each connection.
struct BoundedHTTP1: ServerChildChannel {
  private let http: HTTP1Channel
  private let limits: ServerLimits

  init(limits: ServerLimits, responder: @escaping HTTPChannelHandler.Responder) {
    self.limits = limits
    var configuration = HTTP1Channel.Configuration()
    configuration.httpDecoder.maxHeaderListSize = limits.maximumHeaderBytes
    configuration.httpDecoder.maxHeaderFieldSize = limits.maximumHeaderBytes
    http = HTTP1Channel(responder: responder, configuration: configuration)
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
    http.setup(channel: channel, logger: logger).flatMapThrowing { [limits] value in
      // Pieces of a body that nobody has read yet are held as they came; large ones would make that too much.
      try channel.syncOptions?.setOption(
        .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2048, maximum: 16 << 10))
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      // One request at a time: the next one comes when this one is answered.
      try pipeline.addHandlers([HTTPServerPipelineHandler(), ConnectionHandler(limits)], position: .after(decoder))
      return value
    }
  }

  func handle(value: HTTP1Channel.Value, logger: Logger) async { await http.handle(value: value, logger: logger) }
}
