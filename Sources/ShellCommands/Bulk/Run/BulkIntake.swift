import Interpreter
import OrderedJSON

/// What is to be done with each item that a run meets, as far as the journal says; and whether there is anything more to
/// meet: behind the items from the pipe come those that an earlier run left open.
struct BulkIntake {
  enum Step {
    case nothing
    case begin(BulkRequest)
    /// An earlier run has begun it, and nobody knows how that ended.
    case settle(BulkRequest)
    /// An earlier run has done with it: its outcome is told again.
    case skip(BulkRequest, Outcome)
  }

  private let journal: Journal?
  /// How many more outcomes are wanted, if the consumer said so.
  var wanted: Int?
  /// Whether nothing more comes from the pipe.
  private(set) var isExhausted = false
  /// Items that an earlier run left open and that have not come from the pipe: by their numbers in the ledger.
  private var leftOpen: ArraySlice<Int> = []

  init(_ journal: Journal?) { self.journal = journal }

  var hasMore: Bool { wanted != 0 && (!isExhausted || !leftOpen.isEmpty) }

  /// Nothing more comes from the pipe.
  mutating func exhaust() {
    isExhausted = true
    leftOpen = journal?.names { $0 == .open }[...] ?? []
  }

  /// Takes an item from the pipe.
  mutating func take(_ request: BulkRequest) throws(Failure) -> Step {
    guard let journal else { return count(.begin(request)) }
    return switch journal.meet(request.name) {
    case .again: .nothing
    case .new: count(.begin(request))
    case .open: count(.settle(Self.settling(try journal.request(for: request.name) ?? request)))
    case .ended: count(try skipped(request, journal))
    }
  }

  /// Takes the next item that an earlier run left open.
  mutating func takeLeftOpen() throws(Failure) -> Step {
    guard let journal, let number = leftOpen.popFirst(), !journal.ledger.isMet(number),
      let request = try journal.request(for: journal.ledger.name(number))
    else { return .nothing }
    return count(.settle(Self.settling(request)))
  }

  private func skipped(_ request: BulkRequest, _ journal: Journal) throws(Failure) -> Step {
    guard let outcome = try journal.outcome(of: request.name) else { return .nothing }
    return .skip(request, outcome)
  }

  private static func settling(_ request: BulkRequest) -> BulkRequest {
    var request = request
    request.approach = .settle
    request.isResent = true
    return request
  }

  /// Each step but none leads to one outcome.
  private mutating func count(_ step: Step) -> Step {
    if case .nothing = step { return step }
    wanted = wanted.map { $0 - 1 }
    return step
  }
}
