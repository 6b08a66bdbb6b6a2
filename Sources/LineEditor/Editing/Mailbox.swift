import Synchronization

/// What the rest of the program asks of the editor's thread.
final class Mailbox: Sendable {
  struct Request: Sendable {
    let prompt: Prompt
    let answer: CheckedContinuation<LineEditorEvent, Never>
  }

  private struct State {
    var requests: [Request] = []
    var notices: [String] = []
    var lostNotices = 0
    var isClosed = false
  }

  /// More messages than this do not pile up while nobody prints them; the oldest are dropped and counted.
  private static let maximumNotices = 1000

  let pipe: WakePipe
  private let state = Mutex(State())

  init() throws(LineEditorError) { pipe = try WakePipe() }

  deinit { pipe.close() }

  var isClosed: Bool { state.withLock(\.isClosed) }

  /// - Returns: `false` when the editor is closed, and nobody will answer.
  func post(_ request: Request) -> Bool {
    let isOpen = state.withLock { state in
      if !state.isClosed { state.requests.append(request) }
      return !state.isClosed
    }
    pipe.wake()
    return isOpen
  }

  func post(notice: String) {
    state.withLock { state in
      guard !state.isClosed else { return }
      state.notices.append(notice)
      if state.notices.count > Self.maximumNotices {
        state.notices.removeFirst()
        state.lostNotices += 1
      }
    }
    pipe.wake()
  }

  func close() {
    state.withLock { $0.isClosed = true }
    pipe.wake()
  }

  func takeRequest() -> Request? {
    state.withLock { $0.requests.isEmpty ? nil : $0.requests.removeFirst() }
  }

  /// The messages waiting to be printed, oldest first.
  func takeNotices() -> [String] {
    state.withLock { state in
      defer {
        state.notices = []
        state.lostNotices = 0
      }
      return state.lostNotices > 0 ? ["… \(state.lostNotices) earlier messages"] + state.notices : state.notices
    }
  }
}
