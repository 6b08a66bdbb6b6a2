import Interpreter
import MittrSDK
import Synchronization

/// Tells on standard error, once for each command, what the sandbox says of itself, such as that it does not run an
/// endpoint's transformation.
final class SandboxNotices: Sendable {
  private let name: String
  private let notify: @Sendable (String) -> Void
  private let told = Mutex<Set<String>>([])

  /// Of one notice no more characters are shown, and of a command no more notices: a server may say anything.
  private static let longest = 300
  private static let most = 10

  /// - Parameter name: of the command that asks.
  init(_ name: String, _ session: Session) {
    self.name = name
    notify = session.notify
  }

  /// May be called from any thread.
  func tell(_ text: String) {
    let text = String(text.prefix(Self.longest))
    let isNew = told.withLock { $0.count < Self.most && $0.insert(text).inserted }
    if isNew { notify("\(name): \(text)") }
  }
}
