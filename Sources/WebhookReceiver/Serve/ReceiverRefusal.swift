/// What a receiver refused before it was a delivery. The description is one clause.
public enum ReceiverRefusal: Sendable, Hashable {
  /// The bound in bytes.
  case bodyTooLarge(Int)
  /// The bound in bytes.
  case headersTooLarge(Int)
  case notHTTP
  /// TLS on a port that has none.
  case tls
  case http2
  case tooSlow
  /// The bodies that are not answered yet take too much memory together.
  case tooMuchAtOnce
  /// So many connections are open already.
  case tooManyConnections(Int)

  /// What is answered; nil where the connection is closed without an answer.
  public var status: Int? {
    switch self {
    case .bodyTooLarge: 413
    case .headersTooLarge: 431
    case .notHTTP, .tls: 400
    case .http2: 505
    case .tooSlow: 408
    case .tooMuchAtOnce: 503
    case .tooManyConnections: nil
    }
  }
}

extension ReceiverRefusal: CustomStringConvertible {
  public var description: String {
    switch self {
    case .bodyTooLarge(let limit): "the body is larger than \(limit) bytes"
    case .headersTooLarge(let limit): "the headers are larger than \(limit) bytes"
    case .notHTTP: "this is no HTTP request"
    case .tls: "TLS was spoken, and this port has none: the URL begins with http://"
    case .http2: "HTTP/2 was spoken, and this port has HTTP/1.1"
    case .tooSlow: "the request took too long"
    case .tooMuchAtOnce: "too much at a time"
    case .tooManyConnections(let limit): "there are \(limit) connections already"
    }
  }

  /// The answer; a status of its own where none is sent.
  var response: ReceiverResponse { ReceiverResponse(status ?? 503, description) }
}
