import MittrSDK
import OrderedJSON
import Synchronization

/// Events that can be replayed, and that remember how often they were. Answers can be lost, and requests can be refused.
final class EventServer: Transport {
  /// What happens to one replay.
  enum Fault: Sendable, Hashable {
    /// The answer is lost once it is done.
    case lostAnswer
    /// It is lost before it is done, which looks the same from outside.
    case lostRequest
    case unreached
    case refused
    case limited
    case broken
  }

  private struct State {
    var replays: [String: Int] = [:]
    var requests: [String] = []
    var faults: [String: [Fault]] = [:]
  }

  let ids: [String]
  private let status: String
  private let state: Mutex<State>

  /// - Parameters:
  ///   - status: what all of them are before their replay.
  ///   - replayed: those that were replayed before.
  init(_ count: Int, status: String = "dead", replayed: Set<String> = []) {
    ids = (0..<count).map { "evt_\($0)" }
    self.status = status
    state = Mutex(State(replays: Dictionary(uniqueKeysWithValues: replayed.map { ($0, 1) })))
  }

  func fail(_ id: String, _ faults: Fault...) { state.withLock { $0.faults[id] = faults } }

  /// How often each was replayed.
  var replays: [String: Int] { state.withLock { $0.replays } }
  var requests: [String] { state.withLock { $0.requests } }

  func send(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
    let path = request.target.split(separator: "?")[0].split(separator: "/").map(String.init)
    let answer: Result<TransportResponse, TransportError> = state.withLock { state in
      state.requests.append("\(request.method) \(request.target)")
      guard path.count > 1 else {
        return .success(.json(#"{"data": [\#(ids.map { object($0, state) }.joined(separator: ","))]}"#))
      }
      guard request.method == "POST" else { return .success(.json(object(path[1], state))) }
      let fault = state.faults[path[1]]?.isEmpty == false ? state.faults[path[1]]?.removeFirst() : nil
      if fault == nil || fault == .lostAnswer { state.replays[path[1], default: 0] += 1 }
      switch fault {
      case nil: return .success(.json(object(path[1], state)))
      case .lostAnswer, .lostRequest:
        return .failure(TransportError(.connectionLost, mayHaveReachedServer: true, message: "the cable was cut"))
      case .unreached:
        return .failure(TransportError(.connectionRefused, mayHaveReachedServer: false, message: "nobody listens"))
      case .refused: return .success(.failure(409, "INVALID_STATE"))
      case .broken: return .success(.failure(500, "INTERNAL_ERROR"))
      case .limited:
        return .success(
          TransportResponse(status: 429, headers: [HeaderField("Retry-After", "7")], body: Array("{}".utf8)))
      }
    }
    return try answer.get()
  }

  private func object(_ id: String, _ state: State) -> String {
    let isReplayed = state.replays[id] != nil
    return isReplayed
      ? #"{"id": "\#(id)", "status": "pending", "attempts": 0, "updatedAt": "2026-01-02T00:00:00Z"}"#
      : #"{"id": "\#(id)", "status": "\#(status)", "attempts": 5, "updatedAt": "2026-01-01T00:00:00Z"}"#
  }
}
