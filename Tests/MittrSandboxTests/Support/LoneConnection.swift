import AsyncHTTPClient
import Basics
import NIOCore
import NIOHTTP1
import OrderedJSON

/// A client that keeps one connection at most, retries nothing, and tells how each request ended.
struct LoneConnection {
  /// What a client sees of one request.
  enum Sight: Hashable {
    /// A complete answer.
    case answer(Int, isJSON: Bool)
    /// A TCP reset.
    case reset
    /// The connection ended before the answer was complete.
    case closed
    /// Nothing came in time.
    case silence
    case other(String)
  }

  private let baseURL: String
  private let client: HTTPClient

  static func with(_ baseURL: String, _ body: (LoneConnection) async throws -> Void) async throws {
    var settings = HTTPClient.Configuration()
    settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    do {
      try await body(LoneConnection(baseURL: baseURL, client: client))
    } catch {
      try await client.shutdown()
      throw error
    }
    try await client.shutdown()
  }

  func send(
    _ method: String, _ path: String, body: String? = nil, within time: TimeAmount = .seconds(20)
  ) async -> Sight {
    var request = HTTPClientRequest(url: baseURL + path)
    request.method = HTTPMethod(rawValue: method)
    request.headers.add(name: "X-API-Key", value: "mtr_sandbox")
    if let body { request.body = .bytes(ByteBuffer(string: body)) }
    do {
      let response = try await client.execute(request, timeout: time)
      let bytes = try await response.body.collect(upTo: 1 << 20)
      let value = try? JSONValue(parsing: String(buffer: bytes))
      return .answer(Int(response.status.code), isJSON: value != nil)
    } catch let error as IOError where error.errnoCode == ECONNRESET {
      return .reset
    } catch let error as HTTPClientError where error == .remoteConnectionClosed {
      return .closed
    } catch let error as HTTPParserError where error == .invalidEOFState {
      return .closed
    } catch let error as HTTPClientError where error == .deadlineExceeded {
      return .silence
    } catch {
      return .other("\(error)")
    }
  }
}
