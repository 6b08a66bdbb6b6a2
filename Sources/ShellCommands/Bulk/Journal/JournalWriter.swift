import Dispatch
import Interpreter
import Synchronization

/// Puts lines on disk, in a thread of its own. Whatever came while the disk was busy goes there in one piece.
final class JournalWriter: Sendable {
  enum Event: Sendable {
    /// So many lines are on disk.
    case synced(Int)
    /// The file is there, but its name does not lead to it any more. What is under way is still written to it.
    case displaced(Failure)
    /// It cannot be written to: nothing more will ever be on disk.
    case lost(Failure)
  }

  private struct State {
    var pending: [UInt8] = []
    /// How many lines were handed over, and how many are on disk.
    var appended = 0
    var isWriting = false
    var isLost = false
    var isDisplaced = false
  }

  private let file: any DurableFile
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "journal")
  private let tell: @Sendable (Event) -> Void

  /// - Parameter tell: called from the writer's thread.
  init(_ file: any DurableFile, tell: @escaping @Sendable (Event) -> Void) {
    self.file = file
    self.tell = tell
  }

  /// Hands a line over.
  /// - Returns: its number, from 1.
  func append(_ line: [UInt8]) -> Int {
    let (number, begins) = state.withLock { state in
      state.appended += 1
      if !state.isLost { state.pending += line }
      let begins = !state.isWriting && !state.isLost
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
          state.isLost = true
          state.pending = []
        }
        tell(.lost(error))
        return
      }
      // Before what was begun with these lines goes out.
      checkPlace()
      tell(.synced(number))
    }
  }

  /// The next run that looks for the journal under its name would find another, or none, and do everything again.
  private func checkPlace() {
    do throws(Failure) {
      try file.checkPlace()
    } catch {
      let isFirst = state.withLock { state in
        defer { state.isDisplaced = true }
        return !state.isDisplaced
      }
      if isFirst { tell(.displaced(error)) }
    }
  }
}
