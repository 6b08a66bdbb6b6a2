import Basics
import Interpreter
import OrderedJSON

/// What is to be done with each item that a run meets; and whether there is anything more to meet: behind the items from
/// the pipe come those that an earlier run left open.
///
/// In one run each item is done once, with or without a journal: a list that is read while it changes may bring one again.
struct AdmissionControl {
  enum Step {
    case nothing
    /// This run has met it before, with the same to do.
    case repeated
    case begin(BulkRequest)
    /// An earlier run has begun it, and nobody knows how that ended.
    case settle(BulkRequest)
    /// An earlier run has done with it, or left it open in a way that looking does not settle: that is told.
    case skip(BulkRequest, Outcome)
    /// This run has met an item of the name, and it was to do something else.
    case refuse(BulkRequest, Outcome)
  }

  private let journal: Journal?
  /// The names that were met, where there is no journal to know them.
  private var names = FingerprintSet()
  /// The names with what their items came with: of replays and deletions there is nothing.
  private var bodied = FingerprintSet()
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
    guard let journal else { return takeWithoutJournal(request) }
    let state = journal.lookUp(request.name)
    if state != .again { noteBody(of: request) }
    return switch state {
    case .again: again(request)
    case .new: count(.begin(request))
    case .open: count(.settle(Self.settling(try journal.request(for: request.name) ?? request)))
    case .ended: try skipped(request, journal)
    }
  }

  private mutating func takeWithoutJournal(_ request: BulkRequest) -> Step {
    // A key that was made for this item is no other's.
    if request.hasOwnKey { return count(.begin(request)) }
    guard names.insert(request.name) else { return again(request) }
    noteBody(of: request)
    return count(.begin(request))
  }

  private mutating func noteBody(of request: BulkRequest) {
    if let entry = Self.bodyEntry(of: request) { bodied.insert(entry) }
  }

  private static func bodyEntry(of request: BulkRequest) -> String? {
    request.body.map { "\(request.name)\n\(JSONWriter.compact.string(.object($0)))" }
  }

  /// Takes the next item that an earlier run left open. Looking at it needs no confirmation: what would be sent again
  /// is told, and waits until it is given again.
  mutating func takeLeftOpen() throws(Failure) -> Step {
    guard let journal, let number = leftOpen.popFirst(), !journal.ledger.hasMet(journal.ledger.name(number)),
      let request = try journal.request(for: journal.ledger.name(number))
    else { return .nothing }
    guard request.isRepeatable else { return count(.settle(Self.settling(request))) }
    let found = "it is sent again once the items have it again"
    return count(.skip(request, Outcome(kind: .unknown, error: .leftOpen(found: found))))
  }

  /// An item that comes again with what it came with before is one item. With anything else in it nobody knows which of
  /// the two was meant.
  private mutating func again(_ request: BulkRequest) -> Step {
    guard let entry = Self.bodyEntry(of: request), !bodied.contains(entry) else { return .repeated }
    let remedy = journal == nil ? "a run of its own" : "a journal of its own"
    let error = ItemError(
      code: "DUPLICATE_ITEM",
      message: "this run has met '\(request.name)' already, with something else to do: give it \(remedy)")
    return count(.refuse(request, Outcome(kind: .refused, error: error)))
  }

  private mutating func skipped(_ request: BulkRequest, _ journal: Journal) throws(Failure) -> Step {
    guard let outcome = try journal.outcome(of: request.name) else { return .nothing }
    return count(.skip(request, outcome))
  }

  private static func settling(_ request: BulkRequest) -> BulkRequest {
    var request = request
    request.strategy = .settle
    request.isResent = true
    return request
  }

  /// An item of which no request could be made: that is an outcome as well.
  mutating func countRefused() { wanted = wanted.map { $0 - 1 } }

  /// Such a step leads to one outcome.
  private mutating func count(_ step: Step) -> Step {
    wanted = wanted.map { $0 - 1 }
    return step
  }
}
