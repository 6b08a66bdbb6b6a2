import MittrSDK
import Synchronization

/// A transport that answers from memory and remembers what it was asked.
final class ScriptedTransport: Transport {
  typealias Handler = @Sendable (TransportRequest, _ index: Int) async throws(TransportError) -> TransportResponse

  private let handler: Handler
  private let log = Mutex<[TransportRequest]>([])

  /// - Parameter handler: gets each request, with how many came before it.
  init(_ handler: @escaping Handler) { self.handler = handler }

  /// Gives these answers in turn, and fails when it is asked for more.
  convenience init(_ answers: Result<TransportResponse, TransportError>...) {
    self.init { (_, index) throws(TransportError) in
      guard answers.indices.contains(index) else {
        throw TransportError(.other, mayHaveReachedServer: false, message: "the script has no answer \(index + 1)")
      }
      return try answers[index].get()
    }
  }

  /// Every request so far, in order.
  var requests: [TransportRequest] { log.withLock { $0 } }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let index = log.withLock { log in
      log.append(request)
      return log.count - 1
    }
    return try await handler(request, index)
  }
}

extension Result where Success == TransportResponse, Failure == TransportError {
  static func json(
    _ text: String, status: Int = 200, headers: [HeaderField] = []
  ) -> Result<TransportResponse, TransportError> {
    .success(TransportResponse(status: status, headers: headers, body: Array(text.utf8)))
  }

  static func lost(_ kind: TransportError.Kind, reached: Bool) -> Result<TransportResponse, TransportError> {
    .failure(TransportError(kind, mayHaveReachedServer: reached, message: "the script says \(kind)"))
  }
}

extension TransportResponse {
  static func json(_ text: String) -> TransportResponse { TransportResponse(status: 200, body: Array(text.utf8)) }

  /// A page with events `evt_<number>`.
  static func page(_ numbers: Range<Int>, cursor: String? = nil) -> TransportResponse {
    let data = numbers.map { #"{"id":"evt_\#($0)"}"# }.joined(separator: ",")
    let pagination = cursor.map { #"{"hasMore":true,"cursor":"\#($0)"}"# } ?? #"{"hasMore":false}"#
    return .json(#"{"data":[\#(data)],"pagination":\#(pagination)}"#)
  }
}

extension TransportRequest {
  /// The path and the query.
  var target: String {
    let afterScheme = url.drop { $0 != ":" }.dropFirst(3)
    return String(afterScheme.drop { $0 != "/" })
  }

  var bodyText: String? { body.map { String(decoding: $0, as: UTF8.self) } }
}
