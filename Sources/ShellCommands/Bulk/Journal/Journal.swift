import Interpreter
import MittrSDK
import OrderedJSON

/// The journal of a run: what was begun and how it ended, in a file that outlives the run, however that ends.
///
/// The line that a request begins with is on disk before the request goes out, and the line that it ends with before
/// anybody sees the result.
final class Journal {
  let path: String
  let header: JournalHeader
  private(set) var ledger: JournalLedger
  /// Whether an earlier run wrote to it.
  let isResumed: Bool
  /// What is done anew although it has ended.
  let redoing: Set<JournalLedger.State>
  /// How many bytes were cut off that an earlier run left half written.
  let repairedBytes: Int
  private let file: any DurableFile
  private let now: () -> Double
  private var writer: JournalWriter?
  /// How many lines this run has handed over.
  private(set) var lines = 0

  /// Opens a journal, and begins one if there is none. Nothing of it is changed before it is known to be a journal, whole,
  /// and of this run.
  /// - Parameters:
  ///   - redoing: what is done anew; none for a run that resumes.
  ///   - accept: gets the header of the journal that is there, nil if there is none, and throws unless that is this run's.
  ///     Returns the header that the journal has from now on.
  /// - Throws: a failure when it is not of this run, is damaged, is in use, or cannot be written.
  init(
    _ path: String, redoing: Set<JournalLedger.State> = [], in session: Session,
    accept: (JournalHeader?) throws(Failure) -> JournalHeader
  ) throws(Failure) {
    self.path = path
    self.redoing = redoing
    now = session.now
    file = try session.files.openDurable(path)
    do throws(Failure) {
      var offset = 0
      let file = file
      let contents = try JournalContents(path: path) { () throws(Failure) in
        let bytes = try file.read(at: offset, count: 1 << 20)
        offset += bytes.count
        return bytes
      }
      ledger = contents.ledger
      isResumed = contents.header != nil
      repairedBytes = contents.tornBytes
      header = try accept(contents.header)
      if contents.tornBytes > 0 { try file.truncate(to: contents.size) }
      let first = isResumed ? JournalRecord.run(redoing.isEmpty ? .resume : .retry) : .header(header)
      try file.append(first.line(at: time))
    } catch {
      file.close()
      throw error
    }
  }

  private var time: String { TimeReference.iso8601(now()) }

  /// - Parameter tell: called from another thread.
  func start(tell: @escaping @Sendable (JournalWriter.Event) -> Void) { writer = JournalWriter(file, tell: tell) }

  func lookUp(_ name: String) -> JournalLedger.ResumeState { ledger.lookUp(name, redoing: redoing) }

  /// - Returns: the line's number, as `start` tells it.
  func begin(_ request: BulkRequest) -> Int {
    let body = request.operation == .update || request.operation == .send ? request.body : nil
    return append(.begin(request.name, JournalBegin(before: request.before, body: body)))
  }

  func end(_ request: BulkRequest, _ outcome: Outcome) -> Int {
    append(.end(request.name, JournalEnd(outcome, of: request)))
  }

  func close() { file.close() }

  private func append(_ record: JournalRecord) -> Int {
    lines = writer?.append(record.line(at: time)) ?? lines
    return lines
  }

  /// The key of an item that brings none: the same items get the same keys in every run.
  func freshKey(for body: JSONObject) -> String { IdempotencyKey.fresh(for: body, journal: header.id, ledger) }

  // MARK: What earlier runs wrote

  /// What an earlier run came to with an item that is not to be done again.
  func outcome(of name: String) throws(Failure) -> Outcome? {
    guard let number = ledger.number(of: name) else { return nil }
    // Of what is done nothing more is to be told, but which event came of a sending.
    if ledger.state(number) == .done, header.operation != .send { return .done(nil) }
    guard case .end(_, let end)? = try record(at: ledger.ending(number)) else { return nil }
    var answer = JSONObject()
    answer["id"] = end.id.map { .string($0) }
    return Outcome(kind: end.kind, answer: answer, error: end.error, evidence: end.evidence)
  }

  /// The request that an earlier run made for an item.
  func request(for name: String) throws(Failure) -> BulkRequest? {
    guard let number = ledger.number(of: name), case .begin(_, let begin)? = try record(at: ledger.beginning(number))
    else { return nil }
    return BulkRequest(
      operation: header.operation, name: name, body: begin.body, before: begin.before,
      hasOwnKey: name.hasPrefix(IdempotencyKey.prefix))
  }

  private func record(at place: Int) throws(Failure) -> JournalRecord? {
    let file = file
    return try JournalContents.record(at: place) { offset, count throws(Failure) in
      try file.read(at: offset, count: count)
    }
  }

  /// What is to be done again, and what an earlier run left open, in the order in which it was begun.
  func names(where isWanted: (JournalLedger.State) -> Bool) -> [Int] {
    (0..<ledger.count).filter { isWanted(ledger.state($0)) }
  }
}

extension JournalHeader {
  func check(against expected: JournalHeader, _ path: String) throws(Failure) {
    guard operation == expected.operation else {
      throw .otherJournal(path, "'\(operation.rawValue)', not of '\(expected.operation.rawValue)'")
    }
    guard server == expected.server else { throw .otherJournal(path, "work on \(server), not on \(expected.server)") }
    guard project == expected.project else {
      throw .otherJournal(path, "the project \(project ?? "(none)"), not of \(expected.project ?? "(none)")")
    }
    guard body == expected.body else { throw .otherJournal(path, "another body than this command sends") }
  }
}

extension Failure {
  static func otherJournal(_ path: String, _ difference: String) -> Failure {
    Failure(
      "journal-mismatch", "\(path) is the journal of \(difference)",
      help: "give --journal another file, or run what it is of")
  }

  static func missingJournal(_ path: String) -> Failure {
    Failure(.fileError, "there is no journal \(path)", help: "--journal FILE begins one")
  }
}
