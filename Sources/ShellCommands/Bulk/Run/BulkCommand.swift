import Basics
import Interpreter
import MittrSDK
import OrderedJSON

/// A command that sends a request for each item, several at a time, and yields an outcome for each in the items' order.
struct BulkCommand {
  let call: Call
  /// As the summary and the question say it: `replay`.
  let verb: String
  let operation: BulkOperation
  /// Makes an item's request. What is sent under a key that it does not bring gets one for its body.
  let request: (_ item: JSONValue, _ key: (JSONObject) -> String) async throws(Interruption) -> BulkRequest
  /// What the command's arguments say of what is sent with each request.
  var template: () async throws(Interruption) -> [JSONValue] = { () async throws(Interruption) in [] }
  /// Where the requests go; the API unless it is said.
  var destination: (any BulkDestination)?
  /// Whether a person is asked before many requests are sent.
  var asksFirst = true
  /// How many requests at a time; nil for what `--concurrency` says.
  var concurrency: Int?
  /// From when on items are looked for, in ISO 8601: a journal keeps it, since a later run is to look from there.
  var since: String?
  /// What the outcomes are.
  var kind = ItemKind.outcome

  /// Whether what it does takes something away: without being asked nobody does that.
  var takesAway = false

  /// Whether it must be confirmed even for ids given by hand.
  private var isDestructive: Bool { takesAway || operation == .delete }

  /// - Parameter ids: given as arguments; when there are none, items come from the pipe.
  func run(_ ids: [String]) async throws(Interruption) -> Output {
    if ids.count == 1, call.input == nil, try await call.value(BulkOptions.journal) == nil {
      return try await single(ids[0])
    }
    guard let items = ids.isEmpty ? call.input : .counted(ids.map { .string($0) }) else {
      throw .failure(.noID(operation.target ?? .event))
    }
    return try await run(items)
  }

  func run(_ items: ItemStream) async throws(Interruption) -> Output {
    let isDryRun = try await isDryRun
    // Nothing is read, asked or sent before the first outcome is wanted.
    return .stream(
      .deferred(kind: isDryRun ? .request : kind, input: items) { wanted throws(Interruption) in
        isDryRun ? try await planned(items) : try await outcomes(of: items, wanted: wanted)
      })
  }

  /// - Parameter wanted: how many outcomes are wanted at most, if that is known.
  private func outcomes(of items: ItemStream, wanted: Int?) async throws(Interruption) -> ItemStream {
    let journal = try await journal()
    if journal == nil, let wanted { items.expect(atMost: wanted) }
    do throws(Interruption) {
      guard let confirmed = asksFirst ? try await confirmation.confirmed(items, wanted: wanted) : items else {
        journal?.close()
        return ItemStream([], kind: kind)
      }
      let run = try await BulkRun(
        call: call, verb: verb, operation: operation, items: confirmed,
        destination: destination ?? APIDestination(call: call), options: try await options, journal: journal
      ) { item throws(Interruption) in
        try await request(item) { journal?.freshKey(for: $0) ?? IdempotencyKey.random() }
      }
      return run.stream()
    } catch {
      journal?.close()
      throw error
    }
  }

  private var confirmation: Confirmation {
    Confirmation(
      call: call, verb: verb, noun: operation.noun, isDestructive: isDestructive,
      place: destination == nil ? call.session[ClientProviderKey.self]?.name() : nil)
  }

  private var options: BulkRun.Options {
    get async throws(Interruption) {
      var options = try await BulkRun.options(call)
      if let concurrency { options.concurrency = concurrency }
      return options
    }
  }

  /// What `--explain` tells of `run`.
  /// - Parameter body: what each request sends, as far as it is known.
  static func planned(
    _ ids: [String], _ target: TargetKind, _ method: String, path: (String) -> String = { $0 },
    body: JSONValue? = nil, of call: Call, demand: Demand
  ) async throws(Interruption) -> [PlannedRequest] {
    if try await call.value(BulkOptions.dryRun) || call.session.isDryRun { return [] }
    return try call.planned(
      ids, target, method, path: path, concurrency: try await call.value(BulkOptions.concurrency), body: body,
      demand: demand)
  }

  private var isDryRun: Bool {
    get async throws(Interruption) {
      let isAsked = try await call.value(BulkOptions.dryRun)
      return isAsked || call.session.isDryRun
    }
  }

  /// One id as an argument is an ordinary command: its failure is the command's.
  private func single(_ id: String) async throws(Interruption) -> Output {
    let request = try await request(.string(id)) { _ in IdempotencyKey.random() }
    if try await isDryRun { return .value(request.description, kind: .request) }
    if isDestructive, try await !confirmation.confirm(id: id) { return .nothing }
    let answer = try await call.request { client throws(MittrError) in try await request.send(client) }
    return .value(request.record(of: .done(answer)), kind: .outcome)
  }

  // MARK: The journal

  private func journal() async throws(Interruption) -> Journal? {
    guard let path = try await call.value(BulkOptions.journal) else { return nil }
    let header = try await header()
    do throws(Failure) {
      let journal = try Journal(path, in: call.session) { found throws(Failure) in
        try found?.check(against: header, path)
        return found ?? header
      }
      journal.tell(call, verb)
      return journal
    } catch {
      throw .failure(error)
    }
  }

  private func header() async throws(Interruption) -> JournalHeader {
    let template = try await template()
    let place = try await (destination ?? APIDestination(call: call)).place()
    return JournalHeader(
      id: UUID.random(), operation: operation, server: place.server, project: place.project,
      body: template.isEmpty ? nil : IdempotencyKey.digest(JSONWriter.compact.string(.array(template))), since: since)
  }

  /// The requests that `run` would send. A journal is read and left as it is.
  private func planned(_ items: ItemStream) async throws(Interruption) -> ItemStream {
    var ledger: JournalLedger?
    var journalID = ""
    if let path = try await call.value(BulkOptions.journal), call.session.files.isRegular(path) {
      let header = try await header()
      do throws(Failure) {
        let contents = try JournalContents.read(path, call.session)
        try contents.header?.check(against: header, path)
        (ledger, journalID) = (contents.ledger, contents.header?.id ?? "")
      } catch {
        throw .failure(error)
      }
    }
    var seen = FingerprintSet()
    return ItemStream(
      kind: .request, expecting: { items.expect(about: $0) },
      cleanUp: { await items.close() },
      pull: { () async throws(Interruption) -> JSONValue? in
        while let item = try await items.next() {
          let request = try await request(item) { body in
            ledger.map { IdempotencyKey.fresh(for: body, journal: journalID, $0) } ?? IdempotencyKey.random()
          }
          guard let state = ledger?.lookUp(request.name) else {
            if request.hasOwnKey || seen.insert(request.name) { return request.description }
            continue
          }
          if state == .new || state == .open && request.isRepeatable { return request.description }
        }
        return nil
      })
  }
}

extension Journal {
  /// Tells a person with what the run begins.
  func tell(_ call: Call, _ verb: String) {
    if repairedBytes > 0 {
      call.warn(
        "journal-repaired",
        "the last line of \(path) was written in part only and was taken out (\(repairedBytes) bytes)")
    }
    guard isResumed else { return }
    let counts = JournalLedger.State.allCases.compactMap { state in
      let count = ledger.count(state)
      return count > 0 ? "\(count) \(state.word)" : nil
    }
    call.tell("\(verb): \(path) goes on\(counts.isEmpty ? "" : "; so far \(counts.joined(separator: ", "))")")
  }
}
