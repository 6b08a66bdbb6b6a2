import Synchronization
import WebhookReceiver

/// Tells a person what a receiver refused before it was a delivery: a line a second at most, since anybody may send what is
/// refused as often as he likes.
final class RefusalNotices: Sendable {
  private struct State {
    /// When the last one was told.
    var last: Duration?
    var untold = 0
  }

  private static let interval = Duration.seconds(1)

  private let uptime: @Sendable () -> Duration
  private let notify: @Sendable (String) -> Void
  private let state = Mutex(State())

  /// - Parameter uptime: the time since some fixed moment.
  init(uptime: @escaping @Sendable () -> Duration, notify: @escaping @Sendable (String) -> Void) {
    self.uptime = uptime
    self.notify = notify
  }

  /// May be called from any thread.
  func tell(_ refusal: ReceiverRefusal) {
    let now = uptime()
    let untold: Int? = state.withLock { state in
      if let last = state.last, now - last < Self.interval {
        state.untold += 1
        return nil
      }
      defer { state.untold = 0 }
      state.last = now
      return state.untold
    }
    guard let untold else { return }
    let more = untold > 0 ? "; \(untold) more since the last line" : ""
    notify("listen: \(Self.text(refusal))\(more)")
  }

  private static func text(_ refusal: ReceiverRefusal) -> String {
    let answer = refusal.status.map { "answered \($0)" } ?? "closed the connection"
    return switch refusal {
    case .bodyTooLarge: "\(answer): \(refusal) (--max-body)"
    default: "\(answer): \(refusal)"
    }
  }
}
