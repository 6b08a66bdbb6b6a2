import Synchronization

/// What happened beside the statement that runs, until the terminal is free to tell it. Used from any thread.
final class ConsoleNotices: Sendable {
  struct Notice: Sendable {
    let text: String
    /// Shows it while no statement runs.
    let otherwise: @Sendable (String) -> Void
  }

  private struct State: Sendable {
    var kept: [Notice] = []
    var lost = 0
  }

  /// More than these do not pile up behind a pager; the oldest are counted instead.
  private static let limit = 1000

  private let state = Mutex(State())

  var isEmpty: Bool { state.withLock { $0.kept.isEmpty } }

  func add(_ notice: Notice) {
    state.withLock { state in
      state.kept.append(notice)
      guard state.kept.count > Self.limit else { return }
      state.kept.removeFirst()
      state.lost += 1
    }
  }

  /// Leaves only the last ones; the others are counted.
  func trim(to count: Int) {
    state.withLock { state in
      let more = state.kept.count - count
      guard more > 0 else { return }
      state.kept.removeFirst(more)
      state.lost += more
    }
  }

  /// All that there are by now, oldest first.
  func taken() -> [Notice] {
    let taken = state.withLock { state in
      defer { state = State() }
      return state
    }
    guard taken.lost > 0, let first = taken.kept.first else { return taken.kept }
    return [Notice(text: "… \(taken.lost) earlier messages", otherwise: first.otherwise)] + taken.kept
  }
}
