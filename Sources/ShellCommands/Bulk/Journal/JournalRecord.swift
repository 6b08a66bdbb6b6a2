import OrderedJSON

/// One line of a journal.
enum JournalRecord: Sendable {
  case header(JournalHeader)
  /// Another run goes on with the journal: a resumed one, or one that does failures again.
  case run(JournalRun)
  /// A request is about to go out.
  case begin(String, JournalBegin)
  /// A request has ended.
  case end(String, JournalEnd)
}

/// What the journal is of. A run with another header has no business in it.
struct JournalHeader: Sendable, Hashable {
  static let version = 1

  /// Distinguishes this journal from all others: idempotency keys are made from it.
  var id: String
  var operation: BulkOperation
  /// Where the requests go.
  var server: String
  var project: String?
  /// A digest of what is sent with each request, where the command says what that is.
  var body: String?
  /// From when on items are looked for, in ISO 8601, where the command looks for them itself.
  var since: String?
}

enum JournalRun: String, Sendable {
  case resume
  case retry
}

struct JournalBegin: Sendable {
  /// What an event was before its replay.
  var before: EventTrace?
  /// What is sent, so that it can be sent again.
  var body: JSONObject?
}

struct JournalEnd: Sendable {
  var kind: Outcome.Kind
  /// The id of the event that a sending made.
  var id: String?
  var error: ItemError?
  var evidence: String?

  /// - Parameter outcome: nothing of what the server answered is kept but an event's new id.
  init(_ outcome: Outcome, of request: BulkRequest) {
    kind = outcome.kind
    error = outcome.error
    evidence = outcome.evidence
    if request.operation == .send { id = outcome.answer?["id"]?.stringValue }
  }
}

extension JournalRecord {
  /// The line, with its end.
  /// - Parameter time: now, in ISO 8601.
  func line(at time: String) -> [UInt8] {
    var record = JSONObject()
    switch self {
    case .header(let header):
      record["journal"] = .number(JSONNumber(JournalHeader.version))
      record["id"] = .string(header.id)
      record["command"] = .string(header.operation.rawValue)
      record["server"] = .string(header.server)
      record["project"] = header.project.map { .string($0) }
      record["body"] = header.body.map { .string($0) }
      record["since"] = header.since.map { .string($0) }
    case .run(let run): record["run"] = .string(run.rawValue)
    case .begin(let name, let begin):
      record["begin"] = .string(name)
      record["before"] = begin.before.map { .object($0.record) }
      record["body"] = begin.body.map { .object($0) }
    case .end(let name, let end):
      record["end"] = .string(name)
      record["outcome"] = .string(end.kind.rawValue)
      record["id"] = end.id.map { .string($0) }
      record["evidence"] = end.evidence.map { .string($0) }
      record["error"] = end.error.map { .object($0.record) }
    }
    record["at"] = .string(time)
    var bytes: [UInt8] = []
    JSONWriter.compact.write(.object(record), to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// Nil for a line that no journal of this version has.
  init?(_ record: JSONObject) {
    func text(_ key: String) -> String? { record[key]?.stringValue }
    if let name = text("begin") {
      self = .begin(
        name,
        JournalBegin(
          before: record["before"]?.objectValue.flatMap(EventTrace.init), body: record["body"]?.objectValue))
    } else if let name = text("end"), let kind = text("outcome").flatMap(Outcome.Kind.init) {
      self = .end(name, JournalEnd(record, kind))
    } else if let run = text("run").flatMap(JournalRun.init) {
      self = .run(run)
    } else if record["journal"]?.intValue == JournalHeader.version, let id = text("id"),
      let operation = text("command").flatMap(BulkOperation.init), let server = text("server")
    {
      self = .header(
        JournalHeader(
          id: id, operation: operation, server: server, project: text("project"), body: text("body"),
          since: text("since")))
    } else {
      return nil
    }
  }
}

extension JournalEnd {
  fileprivate init(_ record: JSONObject, _ kind: Outcome.Kind) {
    self.kind = kind
    id = record["id"]?.stringValue
    evidence = record["evidence"]?.stringValue
    error = record["error"]?.objectValue.map(ItemError.init)
  }
}
