import OutboundHTTP
import Synchronization

/// The servers that are known to speak HTTP without TLS: a lost connection there needs no explanation by TLS. So a run that
/// loses a thousand connections makes no thousand more to find out why.
final class PlainServers: Sendable {
  private let known = Mutex<Set<Origin>>([])
  /// Servers that are remembered.
  private static let limit = 1000

  func contains(_ origin: Origin) -> Bool { known.withLock { $0.contains(origin) } }

  func insert(_ origin: Origin) {
    guard !origin.isSecure else { return }
    known.withLock { known in
      if known.count >= Self.limit { known = [] }
      known.insert(origin)
    }
  }
}
