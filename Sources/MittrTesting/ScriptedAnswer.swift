public import MittrSDK
public import OrderedJSON

/// What a `ScriptedTransport` answers to one request.
/// ```swift
/// let transport = ScriptedTransport(
///   .rateLimited(retryAfter: 2), .json(["id": "evt_1", "status": "pending"], status: 202))
/// ```
public struct ScriptedAnswer: Sendable, Hashable {
  /// The response, or why there is none.
  public let result: Result<TransportResponse, TransportError>

  /// - Parameter result: the response, or why there is none.
  public init(_ result: Result<TransportResponse, TransportError>) { self.result = result }

  /// A response with a JSON body.
  /// - Parameters:
  ///   - body: the body, written without spaces, its keys in this order.
  ///   - status: the HTTP status; 200 by default.
  ///   - headers: name and value of each header besides `Content-Type`; none by default.
  public static func json(
    _ body: JSONValue, status: Int = 200, headers: KeyValuePairs<String, String> = [:]
  ) -> ScriptedAnswer {
    .text(body.description, status: status, headers: headers, contentType: "application/json")
  }

  /// A response with any text as its body, such as the page of a proxy.
  /// - Parameters:
  ///   - body: the body, sent as UTF-8.
  ///   - status: the HTTP status; 200 by default.
  ///   - headers: name and value of each header besides `Content-Type`; none by default.
  ///   - contentType: the value of `Content-Type`; `text/plain` by default.
  public static func text(
    _ body: String, status: Int = 200, headers: KeyValuePairs<String, String> = [:], contentType: String = "text/plain"
  ) -> ScriptedAnswer {
    let fields = [HeaderField("Content-Type", contentType)] + headers.map { HeaderField($0.key, $0.value) }
    return ScriptedAnswer(.success(TransportResponse(status: status, headers: fields, body: Array(body.utf8))))
  }

  /// An error as the server tells it: `{"error": …, "code": …}`.
  /// - Parameters:
  ///   - code: the error's code, such as `NOT_FOUND`.
  ///   - status: the HTTP status that belongs to it, such as 404.
  ///   - message: what the server says about it.
  public static func error(_ code: String, status: Int, message: String = "the script says so") -> ScriptedAnswer {
    .json(["error": .string(message), "code": .string(code)], status: status)
  }

  /// 429 `RATE_LIMITED`.
  /// - Parameter retryAfter: the seconds after which the client may try again (`Retry-After`); 1 by default.
  public static func rateLimited(retryAfter: Int = 1) -> ScriptedAnswer {
    .json(
      ["error": "the script says so", "code": "RATE_LIMITED"], status: 429, headers: ["Retry-After": "\(retryAfter)"])
  }

  /// The network fails.
  /// - Parameters:
  ///   - kind: how it fails, such as `.timeout`.
  ///   - mayHaveReachedServer: whether the server may have acted on the request; true by default, the case that is harder
  ///     to get right.
  public static func failure(_ kind: TransportError.Kind, mayHaveReachedServer: Bool = true) -> ScriptedAnswer {
    ScriptedAnswer(
      .failure(TransportError(kind, mayHaveReachedServer: mayHaveReachedServer, message: "the script says so")))
  }
}
