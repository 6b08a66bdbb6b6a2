import Basics
import Interpreter

/// How far the work has come that is shown, if there is any.
struct ConsoleProgress {
  var work: WorkProgress?
  /// When the work was told to wait.
  var waitsSince = Duration.zero
  var reading: (name: String, count: Int)?
  var isDrawn = false
  /// When something else was last written to the terminal.
  var lastOutput = Duration.zero
  /// Whoever draws, draws on only while this is its own number.
  var drawer = 0

  var isActive: Bool { work != nil || reading != nil }
}

extension Console: ProgressDisplay {
  func show(_ progress: WorkProgress) {
    locked {
      if progress.waiting != self.progress.work?.waiting { self.progress.waitsSince = surroundings.uptime() }
      let wasActive = self.progress.isActive
      self.progress.work = progress
      if !wasActive { startDrawing() }
    }
  }

  func showReading(_ name: String, _ count: Int?) {
    locked {
      let wasActive = progress.isActive
      progress.reading = count.map { (name, $0) }
      if !wasActive { startDrawing() }
      endDrawingIfDone()
    }
  }

  func clear() {
    locked {
      progress.work = nil
      endDrawingIfDone()
    }
  }

  /// Quick work is over before the first drawing.
  private func startDrawing() {
    guard progress.isActive, surroundings.showsProgress else { return }
    progress.drawer += 1
    let drawer = progress.drawer
    surroundings.repeatedly { [weak self] in self?.draw(drawer) ?? false }
  }

  private func endDrawingIfDone() {
    guard !progress.isActive else { return }
    progress.drawer += 1
    eraseProgress()
  }

  /// - Returns: whether there is more to draw later.
  private func draw(_ drawer: Int) -> Bool {
    // Somebody who holds the lock draws as well, or waits for a person: the next time will do.
    let goesOn = lockedIfFree {
      guard drawer == progress.drawer else { return false }
      let now = surroundings.uptime()
      if let work = progress.work {
        let waiting = work.waiting.flatMap { $0 > now - progress.waitsSince ? $0 - (now - progress.waitsSince) : nil }
        drawProgress(SafeText.escaped(ProgressText.line(work, waiting: waiting)))
      } else if let reading = progress.reading, now - progress.lastOutput >= .seconds(1) {
        // Rows that come tell as much.
        drawProgress(SafeText.escaped(ProgressText.reading(reading.name, reading.count)))
      }
      return true
    }
    return goesOn ?? true
  }

  /// Draws on a task of its own.
  static func repeatedly(_ draw: @escaping @Sendable () -> Bool) {
    Task {
      try? await Task.sleep(for: .milliseconds(500))
      while draw() { try? await Task.sleep(for: .milliseconds(100)) }
    }
  }
}
