import Basics
import Interpreter

/// The build of `mittr-sandbox` that `scripts/mittr` may have under way while the shell runs already. As long as it lasts it
/// holds a lock on a file beside the program.
struct SandboxBuild {
  /// The path of `mittr-sandbox`.
  let executable: String

  private static let interval = Duration.milliseconds(200)

  var isUnderWay: Bool {
    let descriptor = open(executable + ".lock", O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Returns once no build is under way.
  /// - Parameter willWait: told once, before it waits.
  /// - Throws: a failure when the task is cancelled.
  func finish(willWait: (String) -> Void) async throws(Failure) {
    guard isUnderWay else { return }
    willWait("the sandbox is still being built; this goes on when it is there")
    while isUnderWay {
      do { try await Task.sleep(for: Self.interval) } catch {
        throw Failure("sandbox-failed", "the sandbox is not built yet")
      }
    }
  }
}
