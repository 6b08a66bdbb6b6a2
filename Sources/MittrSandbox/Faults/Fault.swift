/// One way in which a request to the API, or a delivery to a receiver, can go wrong.
///
/// What comes before a request is processed never changes anything; what comes after it is about the answer alone. What
/// befalls a delivery is what at-least-once delivery may do: no event is lost by it.
enum Fault: String, Sendable, CaseIterable {
  case resetBefore = "reset-before"
  case resetDuring = "reset-during"
  case resetAfter = "reset-after"
  case half
  case stallBefore = "stall-before"
  case stall
  case slow
  case close
  case badJSON = "bad-json"
  case failure = "500"
  case failureAfter = "500-after"
  case unavailable = "503"
  case rateLimited = "429"
  case guarded = "429-guard"
  case duplicate
  case late
  case shuffle
  case corrupt

  /// Those of deliveries alone.
  static let ofDeliveries: [Fault] = [.duplicate, .late, .shuffle, .corrupt]
  static var ofRequests: [Fault] { allCases.filter { !$0.isOfDelivery } }

  var isOfDelivery: Bool { Self.ofDeliveries.contains(self) }

  /// What happens, for the manual; with its name it fits a line of 80 columns.
  var summary: String {
    switch self {
    case .resetBefore: "connection reset before the request is processed"
    case .resetDuring: "connection reset while the request is being read"
    case .resetAfter: "request processed, connection reset without an answer"
    case .half: "request processed, half of the answer sent, then closed"
    case .stallBefore: "request neither processed nor answered"
    case .stall: "request processed and never answered"
    case .slow: "answer in a trickle of up to 200 small pieces"
    case .close: "connection closed when the next request on it comes in"
    case .badJSON: "request processed, half a JSON text as the answer"
    case .failure: "500 before the request is processed"
    case .failureAfter: "500 after the request was processed"
    case .unavailable: "503 with Retry-After, not processed"
    case .rateLimited: "429 with Retry-After, in seconds or as a date; not processed"
    case .guarded: "429 that waiting does not clear: always the same requests"
    case .duplicate: "sent, and sent again at once, whatever was answered"
    case .late: "held back for 1 to 30 seconds"
    case .shuffle: "held back until a later one to the same receiver was sent"
    case .corrupt: "a byte of the body changed after signing"
    }
  }
}
