import Basics
import Interpreter

/// How far the work has come that is shown, if there is any.
struct ConsoleProgress {
  var work: WorkProgress?
  /// When the work was told to wait.
  var waitsSince = Duration.zero
  var reading: (name: String, count: Int)?
  /// What is waited for.
  var wait: String?
  var isDrawn = false
  /// When something else was last written to the terminal.
  var lastOutput = Duration.zero
  /// A drawing task goes on only while this is its own number.
  var drawer = 0

  var isActive: Bool { work != nil || reading != nil || wait != nil }
}

extension ConsoleScreen {
  /// Changes what the work has come to.
  /// - Returns: the number of who is to draw it from now on; nil when somebody does already, or nobody is to.
  mutating func changeProgress(_ change: (inout ConsoleProgress) -> Void, isShown: Bool) -> Int? {
    let wasActive = progress.isActive
    change(&progress)
    guard progress.isActive != wasActive else { return nil }
    progress.drawer += 1
    if wasActive { eraseProgress() }
    return progress.isActive && isShown ? progress.drawer : nil
  }

  /// - Returns: whether there is more to draw later.
  mutating func draw(_ drawer: Int, now: Duration) -> Bool {
    guard drawer == progress.drawer else { return false }
    if let work = progress.work {
      let waiting = work.waiting.flatMap { $0 > now - progress.waitsSince ? $0 - (now - progress.waitsSince) : nil }
      drawProgress(SafeText.escaped(ProgressText.line(work, waiting: waiting)))
    } else if let wait = progress.wait {
      drawProgress(SafeText.escaped(wait))
    } else if let reading = progress.reading, now - progress.lastOutput >= .seconds(1) {
      // Rows that come tell as much.
      drawProgress(SafeText.escaped(ProgressText.reading(reading.name, reading.count)))
    }
    return true
  }
}

extension Console: ProgressDisplay {
  func show(_ work: WorkProgress) {
    let now = configuration.uptime()
    change { progress in
      if work.waiting != progress.work?.waiting { progress.waitsSince = now }
      progress.work = work
    }
  }

  func showReading(_ name: String, _ count: Int?) { change { $0.reading = count.map { (name, $0) } } }

  func showWaiting(_ text: String?) { change { $0.wait = text } }

  func clear() { change { $0.work = nil } }

  /// Quick work is over before the first drawing.
  private func change(_ change: @escaping @Sendable (inout ConsoleProgress) -> Void) {
    let isShown = configuration.showsProgress
    let drawer = locked { $0.changeProgress(change, isShown: isShown) }
    guard let drawer else { return }
    configuration.repeatedly { [weak self] in
      guard let self else { return false }
      let now = self.configuration.uptime()
      // Somebody who holds the lock draws as well, or waits for a person: the next time will do.
      return self.lockedIfFree { $0.draw(drawer, now: now) } ?? true
    }
  }

  /// Draws on a task of its own.
  static func repeatedly(_ draw: @escaping @Sendable () -> Bool) {
    Task {
      try? await Task.sleep(for: .milliseconds(500))
      while draw() { try? await Task.sleep(for: .milliseconds(100)) }
    }
  }
}
