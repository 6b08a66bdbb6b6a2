import Basics
import Hummingbird
import NIOCore

/// Ends connections in ways that a well-behaved server does not.
struct FaultyConnection: Sendable {
  let channel: any Channel

  /// Closes the connection with what is still under way on it.
  func close() async -> ConnectionEnded {
    try? await channel.close()
    return ConnectionEnded()
  }

  /// Resets the connection (TCP RST): with a linger time of zero that is what closing does.
  func reset() async -> ConnectionEnded {
    if let options = channel as? any SocketOptionProvider {
      try? await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    }
    return await close()
  }

  /// Does something, and then leaves the client without an answer until it gives up, or long enough.
  func stall(atMost limit: TimeAmount, after body: () async -> Void) async -> ConnectionEnded {
    // Before the body: a client that leaves while it runs is to be noticed, too.
    try? await channel.eventLoop.submit { [channel] in
      try channel.pipeline.syncOperations.addHandler(CloseOnDisconnect())
    }.get()
    await body()
    let timer = channel.eventLoop.scheduleTask(in: limit) { [channel] in channel.close(promise: nil) }
    try? await withTaskCancellationHandler {
      try await channel.closeFuture.get()
    } onCancel: { [channel] in
      channel.close(promise: nil)
    }
    timer.cancel()
    return ConnectionEnded()
  }

  /// An answer whose head promises the whole body and of whose body half is sent. Without a body nothing is sent at all.
  func half(of response: Response) async throws -> Response {
    let bytes = try await response.bodyBytes()
    guard bytes.readableBytes > 0 else { throw await close() }
    return Response(
      status: response.status, headers: response.headers,
      body: ResponseBody(contentLength: bytes.readableBytes) { writer in
        try await writer.write(bytes.firstHalf)
        throw await close()
      })
  }
}

/// Closes the connection when the client has closed its side, which otherwise leaves the other side open.
private final class CloseOnDisconnect: ChannelInboundHandler {
  typealias InboundIn = NIOAny

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed = event {
      context.close(promise: nil)
    } else {
      context.fireUserInboundEventTriggered(event)
    }
  }
}

/// There is no connection any more to answer on.
struct ConnectionEnded: Error {}
