import MittrSDK
import OrderedJSON

/// Takes the outcomes of a run as they come: counts them, puts them into the journal if there is one, and on their way to
/// their consumer.
struct OutcomeRecorder {
  let journal: Journal?
  private(set) var tally = BulkTally()
  private(set) var queue = OutcomeQueue()

  init(_ journal: Journal?) { self.journal = journal }

  /// Whether all that the journal was given is on disk, or never will be.
  var isSynced: Bool { queue.isJournalLost || queue.syncedLines >= (journal?.lines ?? 0) }

  /// Whether `journal retry` can do again what failed.
  var canRetry: Bool { journal?.header.operation.isInJournal != false }

  // MARK: Beginning

  /// An item whose request is to be sent.
  /// - Returns: its number, and the line of the journal that must be on disk before; 0 for none.
  mutating func begin(_ request: BulkRequest) -> (number: Int, line: Int) {
    (queue.begin(), journal?.begin(request) ?? 0)
  }

  /// An item that the journal holds already as begun.
  /// - Returns: its number.
  mutating func resume() -> Int { queue.begin() }

  // MARK: Ending

  /// - Parameter isRecorded: whether the journal is to hold the outcome, rather than that nothing was done.
  mutating func settle(_ number: Int, _ job: Job<BulkRequest>, _ outcome: Outcome, isRecorded: Bool = true) {
    let request = job.request
    tally.count(outcome, of: request.name)
    let record = request.record(of: outcome)
    // What may have been done the journal leaves open.
    if journal == nil || !isRecorded && job.mayBeDone { return queue.end(number, record) }
    let line = note(isRecorded ? outcome : Outcome(kind: .unsent), of: request)
    queue.end(number, record, of: request.name, line: line)
  }

  /// An item of which nothing is told but in the summary. What was given up the journal leaves open.
  mutating func drop(_ number: Int, _ dropped: BulkRun.Jobs.Dropped) {
    queue.end(number, nil)
    switch dropped {
    case .withdrawn(let request):
      tally.count(Outcome(kind: .unsent), of: request.name)
      _ = note(Outcome(kind: .unsent), of: request)
    case .abandoned(let request): tally.count(Outcome(kind: .unknown), of: request.name)
    }
  }

  /// An item that has come before.
  mutating func repeated() { tally.repeated += 1 }

  /// An item that is not to be sent.
  mutating func refuse(_ request: BulkRequest, _ outcome: Outcome) {
    tally.count(outcome, of: request.name)
    queue.end(queue.begin(), request.record(of: outcome))
  }

  /// An item that an earlier run has done with.
  mutating func skip(_ request: BulkRequest, _ outcome: Outcome) {
    tally.count(outcome, of: request.name, isEarlier: true)
    queue.end(queue.begin(), request.record(of: outcome, isSkipped: true))
  }

  /// - Returns: the line's number; nil when there is no journal any more.
  private func note(_ outcome: Outcome, of request: BulkRequest) -> Int? {
    queue.isJournalLost ? nil : journal?.end(request, outcome)
  }

  // MARK: Leaving

  mutating func synced(_ line: Int) { queue.synced(line) }
  mutating func loseJournal() { queue.loseJournal() }

  /// The next outcome; nil as long as it is not there.
  mutating func next() -> JSONValue? { queue.next() }
}
