import MittrSDK
import OrderedJSON
import Synchronization

/// An API that answers from memory and remembers what it was asked, and how many requests it had at the same time.
final class ScriptedAPI: Transport {
  typealias Handler = @Sendable (TransportRequest) async throws(TransportError) -> TransportResponse

  private struct State {
    var requests: [TransportRequest] = []
    var inFlight = 0
    var mostInFlight = 0
  }

  private let handler: Handler
  private let state = Mutex(State())

  init(_ handler: @escaping Handler) { self.handler = handler }

  /// Lists of so many events, `evt_1` and up, in pages as they are asked for, and replays that all succeed.
  convenience init(events: Int, total: Int? = nil) {
    self.init { request throws(TransportError) in
      request.method == "GET" ? .events(request, count: events, total: total) : .replayed(request)
    }
  }

  /// Method and target of each request, in the order in which they came.
  var log: [String] { state.withLock { $0.requests.map { "\($0.method) \($0.target)" } } }
  var bodies: [String?] { state.withLock { $0.requests.map { $0.body.map { String(decoding: $0, as: UTF8.self) } } } }
  var inFlight: Int { state.withLock { $0.inFlight } }
  var mostInFlight: Int { state.withLock { $0.mostInFlight } }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    state.withLock { state in
      state.requests.append(request)
      state.inFlight += 1
      state.mostInFlight = max(state.mostInFlight, state.inFlight)
    }
    defer { state.withLock { $0.inFlight -= 1 } }
    return try await handler(request)
  }
}

extension TransportRequest {
  /// The path below the API's root, with the query.
  var target: String { String(url.dropFirst("https://mittr.test/api/v1".count)) }

  /// The part of the path behind `events/` or `endpoints/`.
  var id: String { String(target.split(separator: "/").dropFirst().first ?? "") }

  func query(_ name: String) -> String? {
    target.split(separator: "?").last?.split(separator: "&").first { $0.hasPrefix(name + "=") }
      .map { String($0.dropFirst(name.count + 1)) }
  }
}

extension TransportResponse {
  static func json(_ text: String, status: Int = 200) -> TransportResponse {
    TransportResponse(status: status, body: Array(text.utf8))
  }

  static func failure(_ status: Int, _ code: String) -> TransportResponse {
    .json(#"{"error": "the script says so", "code": "\#(code)"}"#, status: status)
  }

  static func replayed(_ request: TransportRequest) -> TransportResponse {
    .json(#"{"id": "\#(request.id)", "status": "pending"}"#)
  }

  static func events(_ request: TransportRequest, count: Int, total: Int?) -> TransportResponse {
    let first = Int(request.query("cursor") ?? "1") ?? 1
    let next = min(first + (Int(request.query("limit") ?? "100") ?? 100), count + 1)
    let data = (first..<next).map { #"{"id": "evt_\#($0)", "status": "failed", "endpointId": "ep_\#($0)"}"# }
    let rest = next <= count ? #""hasMore": true, "cursor": "\#(next)""# : #""hasMore": false"#
    let total = total.map { #", "total": \#($0)"# } ?? ""
    return .json(#"{"data": [\#(data.joined(separator: ","))], "pagination": {\#(rest)\#(total)}}"#)
  }
}
