import Interpreter
import MittrSDK
import Synchronization

/// Says on standard error, terminal or not, that a command waits for the server: whenever the server asks for that, and
/// whenever it takes a second or more. Each wait is told once; of many short ones behind each other one in ten seconds is,
/// so that they do not bury everything else.
final class WaitNotices: Sendable {
  enum Cause: Sendable, Hashable {
    /// The server said for how long (`Retry-After`).
    case asked
    /// There were too many requests, and the server did not say for how long to wait.
    case refused
    case unreached
    /// It failed, or its answer did not arrive.
    case failed
    /// The server's rate limit is used up for now.
    case rateLimit
  }

  private static let interval = Duration.seconds(10)

  private let name: String
  private let clock: SessionClock
  private let notify: @Sendable (String) -> Void
  /// When the last one was told.
  private let last = Mutex<Duration?>(nil)

  /// - Parameter name: of the command that waits.
  init(_ name: String, _ session: Session) {
    self.name = name
    clock = session.clock
    notify = session.notify
  }

  /// May be called from any thread.
  func tell(_ cause: Cause, _ duration: Duration) {
    guard duration >= .seconds(1) || cause == .asked && duration > .zero else { return }
    let now = clock.uptime()
    let isTold = last.withLock { last in
      if let time = last, now - time < Self.interval, duration < Self.interval { return false }
      last = now
      return true
    }
    if isTold { notify("\(name): \(Self.text(cause, duration))") }
  }

  /// For a client that is about to send a request again.
  var onWait: @Sendable (MittrError, Duration) -> Void {
    { error, duration in
      if error.retryAfter != nil {
        self.tell(.asked, duration)
      } else if error.status == 429 {
        self.tell(.refused, duration)
      } else if error.transportError?.mayHaveReachedServer == false {
        self.tell(.unreached, duration)
      } else {
        self.tell(.failed, duration)
      }
    }
  }

  private static func text(_ cause: Cause, _ duration: Duration) -> String {
    let time = seconds(duration)
    return switch cause {
    case .asked: "the server asks to wait \(time)"
    case .refused: "the server refuses because there are too many requests; trying again in \(time)"
    case .unreached: "the server cannot be reached; trying again in \(time)"
    case .failed: "the server failed; trying again in \(time)"
    case .rateLimit: "the server's rate limit is used up; waiting \(time)"
    }
  }

  /// In whole seconds, so that nobody waits longer than was said; in tenths below one.
  private static func seconds(_ duration: Duration) -> String {
    let tenths = Int((duration / .milliseconds(100)).rounded(.up))
    return tenths < 10 ? "0.\(tenths) s" : "\((tenths + 9) / 10) s"
  }
}
