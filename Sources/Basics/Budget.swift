import Synchronization

/// A bound that several share: the bytes that all uploads of a server hold, or its open connections.
package final class Budget: Sendable {
  private let free: Mutex<Int>

  package init(_ limit: Int) { free = Mutex(limit) }

  /// Takes as much as is asked for, or nothing.
  /// - Returns: whether there was room for it. It must be given back some time.
  package func take(_ amount: Int = 1) -> Bool {
    free.withLock { free in
      guard amount <= free else { return false }
      free -= amount
      return true
    }
  }

  package func giveBack(_ amount: Int = 1) { free.withLock { $0 += amount } }
}
