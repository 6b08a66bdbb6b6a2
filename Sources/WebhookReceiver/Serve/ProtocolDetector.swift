import NIOCore

/// Looks at the first bytes of a connection and hands them on: of one who speaks TLS or HTTP/2, the parser knows only that it
/// is no HTTP/1.1.
final class ProtocolDetector: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  /// What is wrong with the opening; nil as long as nothing is.
  private(set) var refusal: ReceiverRefusal?
  private var opening: [UInt8] = []

  /// A TLS record with a handshake in it (RFC 8446, 5.1), of whatever version.
  private static let handshake: [UInt8] = [0x16, 0x03]
  /// The preface of HTTP/2 (RFC 9113, 3.4), as far as nothing else begins so.
  private static let preface = Array("PRI * HTTP/2".utf8)

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if opening.count < Self.preface.count {
      opening += unwrapInboundIn(data).readableBytesView.prefix(Self.preface.count - opening.count)
      // The first byte alone is no HTTP, and refused as soon as it is there.
      let isHandshake = !opening.isEmpty && zip(opening, Self.handshake).allSatisfy { $0 == $1 }
      refusal = isHandshake ? .tls : opening == Self.preface ? .http2 : nil
    }
    context.fireChannelRead(data)
  }
}
