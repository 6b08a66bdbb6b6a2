import Dispatch
import Interpreter
import Synchronization

/// Puts lines on disk, in a thread of its own. Whatever came while the disk was busy goes there in one piece.
final class JournalWriter: Sendable {
  private struct State {
    var pending: [UInt8] = []
    /// How many lines were handed over, and how many are on disk.
    var appended = 0
    var isWriting = false
    var failure: Failure?
  }

  private let file: any DurableFile
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "journal")
  private let tell: @Sendable (Result<Int, Failure>) -> Void

  /// - Parameter tell: called from the writer's thread: so many lines are on disk; or no more will ever be.
  init(_ file: any DurableFile, tell: @escaping @Sendable (Result<Int, Failure>) -> Void) {
    self.file = file
    self.tell = tell
  }

  /// Hands a line over.
  /// - Returns: its number, from 1.
  func append(_ line: [UInt8]) -> Int {
    let (number, begins) = state.withLock { state in
      state.appended += 1
      if state.failure == nil { state.pending += line }
      let begins = !state.isWriting && state.failure == nil
      state.isWriting = state.isWriting || begins
      return (state.appended, begins)
    }
    if begins { queue.async { self.write() } }
    return number
  }

  private func write() {
    while true {
      let (bytes, number) = state.withLock { state in
        defer { state.pending = [] }
        if state.pending.isEmpty { state.isWriting = false }
        return (state.pending, state.appended)
      }
      guard !bytes.isEmpty else { return }
      let size = file.size
      do throws(Failure) {
        try file.append(bytes)
      } catch {
        // Half a line is better gone; if that fails too, the next run repairs it.
        try? file.truncate(to: size)
        state.withLock { state in
          state.failure = error
          state.pending = []
        }
        tell(.failure(error))
        return
      }
      tell(.success(number))
    }
  }
}
