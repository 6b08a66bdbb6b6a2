import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A server on a real socket that answers with whatever bytes a test tells it to, HTTP or not.
final class LoopbackServer: Sendable {
  /// What to do when a request is complete.
  struct Reply: Sendable {
    var bytes: String
    /// Sent behind `bytes` again and again, until the client goes away.
    var trickle = ""
    var closes = false

    /// A well-formed response with a JSON body.
    static func json(_ body: String, status: String = "200 OK", headers: [String] = []) -> Reply {
      let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
      return Reply(bytes: lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
    }

    /// Nothing, for ever.
    static let silence = Reply(bytes: "")
  }

  enum Occurrence: Sendable {
    case request(String)
    case connectionClosed
  }

  typealias Answer = @Sendable (_ request: String) async -> Reply

  let port: Int
  /// Requests, whole, and ends of connections, as they come.
  let occurrences: AsyncStream<Occurrence>
  private let connections: Atomic<Int>.Box

  var url: String { "http://127.0.0.1:\(port)" }
  var connectionCount: Int { connections.value.load(ordering: .acquiring) }

  private init(port: Int, occurrences: AsyncStream<Occurrence>, connections: Atomic<Int>.Box) {
    self.port = port
    self.occurrences = occurrences
    self.connections = connections
  }

  /// Runs a server that gives one answer to everything, for as long as `body` takes.
  static func run<Value: Sendable>(
    tls: NIOSSLContext? = nil, reply: Reply, _ body: (LoopbackServer) async throws -> Value
  ) async throws -> Value {
    let answer: Answer = { _ in reply }
    return try await run(tls: tls, answer: answer, body)
  }

  /// Runs a server for as long as `body` takes.
  static func run<Value: Sendable>(
    tls: NIOSSLContext? = nil, answer: @escaping Answer, _ body: (LoopbackServer) async throws -> Value
  ) async throws -> Value {
    let (occurrences, continuation) = AsyncStream.makeStream(of: Occurrence.self)
    let connections = Atomic<Int>.Box()
    let children = Mutex<[any Channel]>([])
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .childChannelInitializer { channel in
        connections.value.add(1, ordering: .acquiringAndReleasing)
        children.withLock { $0.append(channel) }
        return channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.addHandler(
            ConnectionHandler(answer: answer, continuation: continuation))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let server = LoopbackServer(
      port: channel.localAddress?.port ?? 0, occurrences: occurrences, connections: connections)
    let result: Result<Value, any Error>
    do { result = .success(try await body(server)) } catch { result = .failure(error) }
    try await channel.close().get()
    for child in children.withLock({ $0 }) { try? await child.close().get() }
    return try result.get()
  }
}

extension Atomic where Value == Int {
  /// A counter that several closures can hold.
  final class Box: Sendable {
    let value = Atomic(0)
  }
}

/// Gathers one request after the other: a head, and as much body as its `Content-Length` says.
private final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let answer: LoopbackServer.Answer
  private let continuation: AsyncStream<LoopbackServer.Occurrence>.Continuation
  private var received = ""
  /// The first byte of a TLS connection.
  private static let tlsHandshake: UInt8 = 0x16

  init(answer: @escaping LoopbackServer.Answer, continuation: AsyncStream<LoopbackServer.Occurrence>.Continuation) {
    self.answer = answer
    self.continuation = continuation
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += String(buffer: unwrapInboundIn(data))
    guard isComplete(received) else { return }
    let request = received
    received = ""
    continuation.yield(.request(request))
    let (channel, answer) = (context.channel, answer)
    Task {
      let reply = await answer(request)
      if !reply.bytes.isEmpty { try await channel.writeAndFlush(ByteBuffer(string: reply.bytes)) }
      while !reply.trickle.isEmpty {
        try await channel.writeAndFlush(ByteBuffer(string: reply.trickle))
        try await Task.sleep(for: .milliseconds(1))
      }
      if reply.closes { try await channel.close() }
    }
  }

  private func isComplete(_ request: String) -> Bool {
    // A TLS handshake, which a server without TLS takes for a request that it does not understand.
    if request.utf8.first == Self.tlsHandshake { return true }
    guard let headEnd = request.utf8.firstRange(of: "\r\n\r\n".utf8)?.upperBound else { return false }
    let length = request[..<headEnd].split(separator: "\r\n")
      .first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }
    return request[headEnd...].utf8.count >= length ?? 0
  }

  func channelInactive(context: ChannelHandlerContext) {
    continuation.yield(.connectionClosed)
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
