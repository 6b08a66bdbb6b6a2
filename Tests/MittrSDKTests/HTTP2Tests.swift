import AsyncHTTPClient
import MittrSDK
import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL
import TestSupport
import Testing

@Suite("HTTP/2, for those who ask for it", .timeLimit(.minutes(1))) struct HTTP2Tests {
  /// Answers every request over HTTP/2 with the event that it asks for.
  private final class Answering: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let status: Int

    init(status: Int) { self.status = status }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .end = unwrapInboundIn(data) else { return }
      let body = ByteBuffer(string: #"{"id":"evt_1"}"#)
      let head = HTTPResponseHead(
        version: .http2, status: HTTPResponseStatus(statusCode: status, reasonPhrase: ""),
        headers: ["content-length": "\(body.readableBytes)"])
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }

  /// How a request ends that is sent over HTTP/2.
  private func get(status: Int) async throws -> MittrError? {
    let authority = try TestAuthority()
    let identity = try authority.identity("DNS:localhost")
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(identity.certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: identity.key, format: .pem)))
    // Nothing else is spoken there.
    configuration.applicationProtocols = ["h2"]
    let tls = try NIOSSLContext(configuration: configuration)
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          _ = try channel.pipeline.syncOperations.configureHTTP2Pipeline(
            mode: .server, connectionConfiguration: .init(), streamConfiguration: .init()
          ) { stream in
            stream.eventLoop.makeCompletedFuture {
              try stream.pipeline.syncOperations.addHandlers(
                HTTP2FramePayloadToHTTP1ServerCodec(), Answering(status: status))
            }
          }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let transport = AsyncHTTPTransport(network: NetworkConfiguration(caFile: authority.file)) {
      $0.httpVersion = .automatic
    }
    let mittr = Mittr(
      apiKey: Mittr.testKey, baseURL: "https://localhost:\(server.localAddress?.port ?? 0)", transport: transport,
      retryPolicy: .never)
    let error = await failure { () throws(MittrError) in try await mittr.events.get("evt_1") }
    await transport.shutdown()
    try await server.close()
    return error
  }

  @Test("calls are answered over it") func answered() async throws {
    #expect(try await get(status: 200) == nil)
  }

  @Test("a status that HTTP does not have is an error, and no end of the process", arguments: [0, 42, 99])
  func impossibleStatus(status: Int) async throws {
    #expect(try await get(status: status)?.code == "INVALID_RESPONSE")
  }
}
