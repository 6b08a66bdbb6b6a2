import Synchronization

/// Stands for the passing of time: notes how long each pause would be and lets something happen meanwhile.
final class Pauses: Sendable {
  private let lengths = Mutex<[Duration]>([])
  private let during: @Sendable (_ number: Int) async throws -> Void

  /// - Parameter during: called in each pause with its number, from 1; what it throws ends the pause.
  init(during: @escaping @Sendable (_ number: Int) async throws -> Void = { _ in }) { self.during = during }

  var all: [Duration] { lengths.withLock { $0 } }

  func sleep(_ duration: Duration) async throws {
    let number = lengths.withLock { lengths in
      lengths.append(duration)
      return lengths.count
    }
    // A test that never ends is worse than one that fails.
    if number > 1000 { throw CancellationError() }
    try await during(number)
  }
}
