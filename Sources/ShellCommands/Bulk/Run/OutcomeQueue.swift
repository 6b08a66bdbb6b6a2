import MittrSDK
import OrderedJSON

/// The outcomes of a run on their way to the consumer: they leave in the items' order, and none before the
/// journal has it on disk.
struct OutcomeQueue {
  /// An outcome whose line in the journal is not on disk yet.
  private struct PendingOutcome {
    let line: Int
    let number: Int
    let name: String
    let record: JSONValue
  }

  private var window = ReorderWindow<JSONValue?>()
  private var unsynced: [PendingOutcome] = []
  /// How many lines of the journal are on disk.
  private(set) var syncedLines = 0
  /// Whether nothing more will be.
  private(set) var isJournalLost = false
  /// The items whose outcome the journal lacks.
  private(set) var unrecorded: [String] = []

  /// How many items there are of which nothing has left yet.
  var count: Int { window.count }
  var isEmpty: Bool { window.isEmpty }

  /// - Returns: the number of the next item.
  mutating func begin() -> Int { window.begin() }

  /// An item of which the journal is to hold nothing more.
  /// - Parameter record: nil when nothing is told of it.
  mutating func end(_ number: Int, _ record: JSONValue?) { window.end(number, record) }

  /// An item that the journal is to hold.
  /// - Parameter line: with which it does; nil when the journal is lost.
  mutating func end(_ number: Int, _ record: JSONValue, of name: String, line: Int?) {
    if let line, !isJournalLost {
      unsynced.append(PendingOutcome(line: line, number: number, name: name, record: record))
    } else {
      unrecorded.append(name)
      window.end(number, record)
    }
  }

  mutating func synced(_ line: Int) {
    syncedLines = line
    let count = unsynced.prefix { $0.line <= line }.count
    for outcome in unsynced.prefix(count) { window.end(outcome.number, outcome.record) }
    unsynced.removeFirst(count)
  }

  /// What is known is told, though the journal lacks it.
  mutating func loseJournal() {
    isJournalLost = true
    for outcome in unsynced {
      window.end(outcome.number, outcome.record)
      unrecorded.append(outcome.name)
    }
    unsynced = []
  }

  /// The next outcome; nil as long as it is not there.
  mutating func next() -> JSONValue? {
    while let slot = window.popFirst() {
      if let record = slot { return record }
    }
    return nil
  }
}
