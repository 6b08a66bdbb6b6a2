/// Performs one HTTP exchange for the client: the seam for tests, for other HTTP stacks and for recording traffic.
///
/// A transport does what it is told, once. It follows no redirects, retries nothing and reads no meaning into a
/// status: a 500 is a response like any other, and the client above decides what becomes of it.
///
/// ### A transport for tests
///
/// A test double is a few lines. It answers from memory, and what it was asked can be looked at afterwards:
/// ```swift
/// struct FixedTransport: Transport {
///   let answer: TransportResponse
///
///   func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
///     answer
///   }
/// }
///
/// let mittr = Mittr(
///   apiKey: "mtr_test",
///   transport: FixedTransport(answer: TransportResponse(status: 200, body: Array(#"{"id":"evt_1"}"#.utf8))))
/// let event = try await mittr.events.get("evt_1")
/// ```
/// To test what happens when the network fails, throw:
/// ```swift
/// throw TransportError(.connectionLost, mayHaveReachedServer: true, message: "the cable was cut")
/// ```
public protocol Transport: Sendable {
  /// Sends the request and returns the whole response.
  ///
  /// When the calling task is cancelled, the exchange is to be given up promptly with `.cancelled`. A body that is
  /// shorter than the server announced is an error (`.connectionLost`), never a shorter response.
  /// - Parameter request: what to send, with the time that the whole exchange may take.
  /// - Throws: `TransportError` when there is no complete response. No status is an error here.
  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse
}
