import Interpreter
import Synchronization

/// A time that passes in pauses alone: notes how long each one is and lets something happen meanwhile.
final class Pauses: Sendable {
  private let lengths = Mutex<[Duration]>([])
  private let during: @Sendable (_ number: Int) async -> Void

  /// - Parameter during: called in each pause with its number, from 1.
  init(during: @escaping @Sendable (_ number: Int) async -> Void = { _ in }) { self.during = during }

  var all: [Duration] { lengths.withLock { $0 } }

  var clock: SessionClock {
    SessionClock(uptime: { self.all.reduce(.zero, +) }) { duration in
      let number = self.lengths.withLock { lengths in
        lengths.append(duration)
        return lengths.count
      }
      await self.during(number)
    }
  }
}
