import Basics
import Synchronization
import Testing

@testable import MittrShell

@Suite("Tasks on one thread", .timeLimit(.minutes(1)))
struct MainThreadExecutorTests {
  @Test("A task, its children and what follows a wait all run on the thread that runs the executor")
  func oneThread() throws {
    let executor = MainThreadExecutor()
    let places = Places()
    Task(executorPreference: executor) {
      places.note()
      await Task.yield()
      places.note()
      await withTaskGroup { group in
        for _ in 0..<3 { group.addTask { places.note() } }
      }
      // Another thread wakes it up.
      await withCheckedContinuation { continuation in
        do throws(SystemError) { try SystemThread.start { continuation.resume() }.detach() } catch {
          continuation.resume()
        }
      }
      places.note()
      executor.end()
    }
    let thread = try SystemThread.start {
      places.begin()
      executor.run()
    }
    thread.join()
    #expect(places.all == Array(repeating: true, count: 6))
  }

  @Test("What was handed over before it ends is done")
  func endsWhenDone() throws {
    let executor = MainThreadExecutor()
    let places = Places()
    for _ in 0..<10 { Task(executorPreference: executor) { places.note() } }
    executor.end()
    try SystemThread.start { executor.run() }.join()
    #expect(places.all.count == 10)
  }
}

/// Whether what ran did so on one thread.
private final class Places: Sendable {
  private struct State: @unchecked Sendable {
    var thread: pthread_t?
    var notes: [Bool] = []
  }

  private let state = Mutex(State())

  var all: [Bool] { state.withLock { $0.notes } }

  func begin() { state.withLock { $0.thread = pthread_self() } }

  func note() {
    state.withLock { state in
      state.notes.append(state.thread.map { pthread_equal($0, pthread_self()) != 0 } ?? false)
    }
  }
}
