public import MittrSDK
import Synchronization

/// A transport that passes requests on to another one, and remembers them with what came back.
/// ```swift
/// let transport = RecordingTransport()
/// let mittr = sandbox.client(transport: transport)
/// try await place(order, with: mittr)                                  // the code under test
/// #expect(transport.exchanges.map(\.request.method) == ["POST"])
/// #expect(transport.exchanges[0].response?.status == 202)
/// await transport.shutdown()
/// ```
/// It may be used from many tasks at once.
public final class RecordingTransport: Transport {
  /// One request, and what came of it.
  public struct Exchange: Sendable {
    /// What was sent. Its headers hold the API key; its description does not.
    public let request: TransportRequest
    /// The response, or why there was none.
    public let result: Result<TransportResponse, TransportError>

    /// The response; nil when there was none.
    public var response: TransportResponse? { try? result.get() }
  }

  private let transport: any Transport
  /// The transport that this one made itself, and so ends itself.
  private let ownTransport: AsyncHTTPTransport?
  private let log = Mutex<[Exchange]>([])

  /// Passes requests on to a transport of its own, which is ended by `shutdown()`.
  public init() {
    let own = AsyncHTTPTransport()
    (transport, ownTransport) = (own, own)
  }

  /// - Parameter transport: performs the exchanges. Ending it is the caller's business.
  public init(_ transport: any Transport) { (self.transport, ownTransport) = (transport, nil) }

  /// Every exchange so far, in the order in which they ended.
  public var exchanges: [Exchange] { log.withLock { $0 } }

  /// Passes a request on.
  /// - Throws: what the other transport throws.
  public func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    do throws(TransportError) {
      let response = try await transport.send(request)
      log.withLock { $0.append(Exchange(request: request, result: .success(response))) }
      return response
    } catch {
      log.withLock { $0.append(Exchange(request: request, result: .failure(error))) }
      throw error
    }
  }

  /// Closes the connections of a transport that was made here. One that was passed in is left alone.
  public func shutdown() async { await ownTransport?.shutdown() }
}
