import HTTPTypes
import OrderedJSON

/// An answer that is not a success: `{"error", "code", "details"?}`.
struct APIError: Error, Sendable {
  let status: HTTPResponse.Status
  let code: String
  let message: String
  var details: [Problem] = []
  var headers: HTTPFields = [:]

  /// What is wrong with one field or parameter.
  struct Problem: Sendable, Hashable {
    let field: String
    let message: String
  }

  var json: [UInt8] {
    var object = JSONObjectBuilder()
    object.add("error", message)
    object.add("code", code)
    if !details.isEmpty {
      object.add(
        "details", .array(details.map { ["field": .string($0.field), "message": .string($0.message)] }))
    }
    return object.bytes
  }
}

/// The documented codes, and those for what HTTP adds.
extension APIError {
  static func badRequest(_ message: String, _ details: [Problem] = []) -> APIError {
    APIError(status: .badRequest, code: "BAD_REQUEST", message: message, details: details)
  }

  static func invalidParameter(_ name: String, _ message: String) -> APIError {
    badRequest("invalid parameter '\(name)'", [Problem(field: name, message: message)])
  }

  static var unauthorized: APIError {
    APIError(
      status: .unauthorized, code: "UNAUTHORIZED", message: "missing or invalid API key",
      headers: [.wwwAuthenticate: "Bearer"])
  }

  static func quotaExceeded(limit: Int) -> APIError {
    APIError(status: .init(code: 402), code: "QUOTA_EXCEEDED", message: "the quota of \(limit) events is used up")
  }

  static func notFound(_ message: String) -> APIError {
    APIError(status: .notFound, code: "NOT_FOUND", message: message)
  }

  static func conflict(_ message: String) -> APIError {
    APIError(status: .conflict, code: "CONFLICT", message: message)
  }

  static func invalidState(_ message: String) -> APIError {
    APIError(status: .conflict, code: "INVALID_STATE", message: message)
  }

  static func rateLimited(limit: Int) -> APIError {
    APIError(
      status: .tooManyRequests, code: "RATE_LIMITED", message: "more than \(limit) requests a second",
      headers: [.retryAfter: "1"])
  }

  static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> APIError {
    let allowed = allowed.map(\.rawValue).joined(separator: ", ")
    return APIError(
      status: .methodNotAllowed, code: "METHOD_NOT_ALLOWED", message: "this path takes \(allowed)",
      headers: [.allow: allowed])
  }

  static func payloadTooLarge(limit: Int) -> APIError {
    APIError(
      status: .contentTooLarge, code: "PAYLOAD_TOO_LARGE", message: "the request body is larger than \(limit) bytes")
  }

  static var headersTooLarge: APIError {
    APIError(
      status: .requestHeaderFieldsTooLarge, code: "HEADERS_TOO_LARGE", message: "the request's headers are too large")
  }

  static var requestTimeout: APIError {
    APIError(status: .requestTimeout, code: "REQUEST_TIMEOUT", message: "the request took too long")
  }

  static var foreignHost: APIError {
    APIError(
      status: .forbidden, code: "FORBIDDEN",
      message: "the request is for another host, or comes from a web page of one; --allow-host lets a host in")
  }

  static var notImplemented: APIError {
    APIError(status: .notImplemented, code: "NOT_IMPLEMENTED", message: "this method is not known")
  }

  static var internalError: APIError {
    APIError(status: .internalServerError, code: "INTERNAL_ERROR", message: "the sandbox failed")
  }

  static var overloaded: APIError {
    APIError(
      status: .serviceUnavailable, code: "UNAVAILABLE", message: "too much is being sent at a time",
      headers: [.retryAfter: "1"])
  }

  static var unavailable: APIError {
    APIError(status: .serviceUnavailable, code: "UNAVAILABLE", message: "the sandbox is stopping")
  }
}
