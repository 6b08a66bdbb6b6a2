/// Which requests a fault befalls.
enum FaultScope: String, Sendable, CaseIterable {
  /// GET
  case reads
  /// All that may change something.
  case writes
  /// `POST …/replay`
  case replays

  func contains(method: String, path: some StringProtocol) -> Bool {
    switch self {
    case .reads: method == "GET" || method == "HEAD"
    case .writes: method != "GET" && method != "HEAD"
    case .replays: method == "POST" && path.hasSuffix("/replay")
    }
  }
}
