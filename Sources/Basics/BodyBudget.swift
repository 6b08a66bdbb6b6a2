import Synchronization

/// The bytes that the bodies of all exchanges under way may take together.
package final class BodyBudget: Sendable {
  private let free: Mutex<Int>

  package init(bytes: Int) { free = Mutex(bytes) }

  /// Whether there is room for so many more bytes, which must be given back some time.
  package func take(_ bytes: Int) -> Bool {
    free.withLock { free in
      guard bytes <= free else { return false }
      free -= bytes
      return true
    }
  }

  package func giveBack(_ bytes: Int) { free.withLock { $0 += bytes } }
}
