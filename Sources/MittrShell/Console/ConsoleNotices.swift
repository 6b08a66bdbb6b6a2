import Synchronization

/// What happened beside the statement that runs, until the terminal is free to tell it. Used from any thread.
final class ConsoleNotices: Sendable {
  struct Notice: Sendable {
    let text: String
    /// Shows it while no statement runs.
    let otherwise: @Sendable (String) -> Void
  }

  /// More than these do not pile up behind a pager.
  private static let limit = 1000

  private let notices = Mutex<[Notice]>([])

  var isEmpty: Bool { notices.withLock { $0.isEmpty } }

  func add(_ notice: Notice) {
    notices.withLock { notices in
      if notices.count < Self.limit { notices.append(notice) }
    }
  }

  /// All that there are by now.
  func taken() -> [Notice] {
    notices.withLock { notices in
      defer { notices = [] }
      return notices
    }
  }
}
