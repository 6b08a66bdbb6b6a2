/// One timer, which is set anew as often as needed.
package final class RunTimer {
  private let uptime: @Sendable () -> Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  private let fire: @Sendable () -> Void
  private var time: Duration?
  private var task: Task<Void, Never>?

  /// - Parameters:
  ///   - uptime: the time since some fixed moment.
  ///   - sleep: throws when its task is cancelled.
  ///   - fire: called from any thread.
  package init(
    uptime: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void,
    fire: @escaping @Sendable () -> Void
  ) {
    self.uptime = uptime
    self.sleep = sleep
    self.fire = fire
  }

  deinit { task?.cancel() }

  /// Fires at this time, by the uptime, and not at the time that was set before.
  package func set(_ time: Duration?) {
    guard time != self.time || task == nil else { return }
    task?.cancel()
    self.time = time
    task = time.map { time in
      Task { [uptime, sleep, fire] in
        let left = time - uptime()
        do { if left > .zero { try await sleep(left) } } catch { return }
        if !Task.isCancelled { fire() }
      }
    }
  }

  /// It fired: the same time may be set again.
  package func didFire() {
    task = nil
    time = nil
  }
}
