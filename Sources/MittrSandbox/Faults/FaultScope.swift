/// Which requests a fault befalls, or that it befalls deliveries.
enum FaultScope: String, Sendable, CaseIterable {
  /// GET
  case reads
  /// All that may change something.
  case writes
  /// `POST …/replay`
  case replays
  /// What the sandbox sends to receivers, and no request to it.
  case deliveries

  func contains(method: String, path: some StringProtocol) -> Bool {
    switch self {
    case .reads: method == "GET" || method == "HEAD"
    case .writes: method != "GET" && method != "HEAD"
    case .replays: method == "POST" && path.hasSuffix("/replay")
    case .deliveries: false
    }
  }
}
