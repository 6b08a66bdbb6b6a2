/// How far a long piece of work has come, as a person watching it wants to know.
public struct WorkProgress: Sendable, Hashable {
  /// What is done to the items: `replay`.
  public var verb: String
  /// Items that were done.
  public var done = 0
  /// Items that failed.
  public var failed = 0
  /// Items of which nobody knows whether they were done.
  public var unknown = 0
  /// How many items there are in all; nil while nobody knows.
  public var total: Int?
  /// Items a second, lately; nil until that can be told.
  public var rate: Double?
  /// How much longer the server asked to wait (`Retry-After`), while the work does so; nil otherwise.
  public var waiting: Duration?

  public init(verb: String) { self.verb = verb }
}

/// Where long work shows how far it has come: a seam that a host with a terminal fills in.
///
/// Nothing of it ever stands in what a session prints: the host removes what is shown before anything else reaches the
/// terminal.
public protocol ProgressDisplay: AnyObject {
  /// Shows it in place of what was shown before. Cheap to call for every item: the display shows what it has time for.
  func show(_ progress: WorkProgress)
  /// Shows in one line what is waited for, where no work is shown.
  /// - Parameter text: nil when nothing is waited for any more.
  func showWaiting(_ text: String?)
  /// Removes what is shown, because the work has ended.
  func clear()
  /// Shows how many items a list has given so far, where no work is shown: `events list: 12,000 read`. As cheap as `show`.
  /// - Parameter count: nil when nothing is read any more.
  func showReading(_ name: String, _ count: Int?)
}

extension ProgressDisplay {
  public func showWaiting(_ text: String?) {}
}
