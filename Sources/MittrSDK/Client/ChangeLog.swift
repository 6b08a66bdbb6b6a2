import Synchronization

/// Counts the requests of a client that change something, so that a list that is being read knows whether it may have
/// changed meanwhile. The copies of a client share one.
final class ChangeLog: Sendable {
  private let begun = Atomic(0)
  private let ended = Atomic(0)

  /// A moment from which on changes are looked for.
  struct Mark: Sendable { fileprivate let ended: Int }

  var mark: Mark { Mark(ended: ended.load(ordering: .acquiring)) }

  func begin() { begun.add(1, ordering: .acquiringAndReleasing) }
  func end() { ended.add(1, ordering: .acquiringAndReleasing) }

  /// Whether a change was under way at the mark, or has begun since.
  func hasChanges(since mark: Mark) -> Bool { begun.load(ordering: .acquiring) > mark.ended }
}
