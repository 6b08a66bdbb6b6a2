import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

extension Response {
  private static let longestTrickle = 200
  private static let trickleInterval = Duration.milliseconds(1)

  /// The same answer, whose body comes in many small pieces.
  func trickling() async throws -> Response {
    let bytes = try await bodyBytes()
    let size = (bytes.readableBytes + Self.longestTrickle - 1) / Self.longestTrickle
    return Response(
      status: status, headers: headers,
      body: ResponseBody(contentLength: bytes.readableBytes) { writer in
        var rest = bytes
        while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
          try await writer.write(piece)
          try await Task.sleep(for: Self.trickleInterval)
        }
        try await writer.finish(nil)
      })
  }

  /// A whole answer whose body breaks off, which the head does not tell.
  func withHalfTheJSON() async throws -> Response {
    var headers = headers
    headers[.contentLength] = nil
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: try await bodyBytes().firstHalf))
  }

  func bodyBytes() async throws -> ByteBuffer {
    let collector = BodyCollector()
    try await body.write(collector)
    return collector.bytes.withLock { $0 }
  }
}

extension ByteBuffer {
  var firstHalf: ByteBuffer { getSlice(at: readerIndex, length: readableBytes / 2) ?? ByteBuffer() }
}

/// Keeps what is written to it.
private final class BodyCollector: ResponseBodyWriter {
  let bytes = Mutex(ByteBuffer())

  func write(_ buffer: ByteBuffer) async throws { bytes.withLock { _ = $0.writeImmutableBuffer(buffer) } }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
