import Interpreter
import MittrSDK
import OrderedJSON

enum JournalRetryCommand {
  private static let file = Parameter.positional("file", .file, "a journal that a bulk command has written")
  private static let unknown = Parameter.flag("unknown", "also what is unknown, unless it turns out to be done")

  static let command = Command(
    "journal retry", topic: .events, "does again what failed, as a journal tells",
    discussion: """
      What was refused or failed is done again, and the journal goes on; what is done never is, and what a run left open
      is only looked at.

      With --unknown, what nobody knows about is done again too: an event is looked at first, and replayed only if nothing
      has changed in it since. That may replay one twice, if its first replay is still on its way.
      """,
    input: .none, result: .stream, itemKind: .outcome,
    parameters: [
      file, unknown, BulkOptions.concurrency, BulkOptions.rate, BulkOptions.onError, BulkOptions.dryRun,
      BulkOptions.yes,
    ],
    requests: requests, changesData: true,
    searchWords: ["resume", "rerun", "resend"],
    examples: [
      .init(
        "events list --status dead | replay --journal outage.jsonl | count; journal retry outage.jsonl",
        "what failed, once more"),
      .init(
        "events list --status dead | replay --journal outage.jsonl | count; journal retry outage.jsonl --dry-run",
        "only tell what would be done again"),
    ]
  ) { call throws(Interruption) in
    var states: Set<JournalLedger.State> = [.refused, .failed]
    if try await call.value(unknown) { states.insert(.unknown) }
    let path = try await call.value(file)
    let isAsked = try await call.value(BulkOptions.dryRun)
    let isDryRun = isAsked || call.session.isDryRun
    return .stream(
      .deferred(kind: isDryRun ? .request : .outcome) { [states] wanted throws(Interruption) in
        isDryRun ? try dryRun(path, states, call) : try await run(path, states, wanted: wanted, call)
      })
  }

  private static func requests(_ call: Call, _ demand: Demand) async throws(Interruption) -> [PlannedRequest] {
    let isAsked = try await call.value(BulkOptions.dryRun)
    if isAsked || call.session.isDryRun || demand.atMost == 0 { return [] }
    let times = "once an item, \(try await call.value(BulkOptions.concurrency)) at a time"
    return [PlannedRequest(PlannedRequest.unknown, ResourcePath.path(of: PlannedRequest.unknown), times: times)]
  }

  private static func run(
    _ path: String, _ states: Set<JournalLedger.State>, wanted: Int?, _ call: Call
  ) async throws(Interruption) -> ItemStream {
    guard call.session.files.isRegular(path) else { throw .failure(.missingJournal(path)) }
    let (server, project) = (try await call.server(), try await call.client().projectID)
    let journal: Journal
    do throws(Failure) {
      journal = try Journal(path, redoing: states, in: call.session) { found throws(Failure) in
        guard let found else { throw .noJournal(path) }
        guard found.operation.isInJournal else { throw Self.incomplete(path, found.operation) }
        var expected = found
        (expected.server, expected.project) = (server, project)
        try found.check(against: expected, path)
        return found
      }
    } catch {
      throw .failure(error)
    }
    do throws(Interruption) {
      let operation = journal.header.operation
      let names = journal.names { states.contains($0) }.map { JSONValue.string(journal.ledger.name($0)) }
      let confirmation = Confirmation(
        call: call, verb: operation.rawValue, noun: operation.noun, isDestructive: operation == .delete,
        place: call.session[ClientProviderKey.self]?.name())
      guard let items = try await confirmation.confirmed(.counted(names), wanted: wanted) else {
        journal.close()
        return ItemStream([], kind: .outcome)
      }
      journal.tell(call, call.name)
      let run = try await BulkRun(
        call: call, verb: call.name, operation: operation, items: items, destination: APIDestination(call: call),
        options: BulkRun.Options(
          concurrency: try await call.value(BulkOptions.concurrency),
          stopsOnError: try await call.value(BulkOptions.onError) == "stop",
          rate: try await call.value(BulkOptions.rate)), journal: journal
      ) { item throws(Interruption) in try request(item.text, journal) }
      return run.stream()
    } catch {
      journal.close()
      throw error
    }
  }

  private static func request(_ name: String, _ journal: Journal) throws(Interruption) -> BulkRequest {
    do throws(Failure) {
      guard var request = try journal.request(for: name) else { throw Failure.noJournal(journal.path) }
      if let number = journal.ledger.number(of: name), journal.ledger.state(number) == .unknown {
        request.strategy = .settleThenSend
      }
      return request
    } catch {
      throw .failure(error)
    }
  }

  /// What was sent, and to where, does not stand in every journal.
  private static func incomplete(_ path: String, _ operation: BulkOperation) -> Failure {
    guard operation == .deliver else {
      return Failure(
        "journal-mismatch", "\(path) is a journal of '\(operation.rawValue)', which does not hold what was sent",
        help: "run the same command again with --journal \(path): what is done is not done again")
    }
    return Failure(
      "journal-mismatch", "\(path) is the journal of deliveries, which does not hold what was sent",
      help: "journal items \(path) | where .outcome != \"done\" | get id | deliver URL")
  }

  /// The requests of what would be done again, as far as a look at the events does not make them needless.
  private static func dryRun(
    _ path: String, _ states: Set<JournalLedger.State>, _ call: Call
  ) throws(Interruption) -> ItemStream {
    let contents: JournalContents
    let reader: any ChunkReader
    do throws(Failure) {
      contents = try JournalContents.read(path, call.session)
      reader = try call.session.files.open(path)
    } catch {
      throw .failure(error)
    }
    var lines = JournalLines { () throws(Failure) in try reader.next() }
    return ItemStream(
      kind: .request, cleanUp: { reader.close() },
      pull: { () async throws(Interruption) -> JSONValue? in
        do throws(Failure) {
          while let line = try lines.next(), line.place < contents.size {
            guard let object = (try? JSONValue(parsing: lines.bytes, in: line.range))?.objectValue,
              let name = object["begin"]?.stringValue, let number = contents.ledger.number(of: name),
              contents.ledger.beginning(number) == line.place, states.contains(contents.ledger.state(number)),
              let operation = contents.header?.operation
            else { continue }
            return BulkRequest(operation: operation, name: name, body: object["body"]?.objectValue).description
          }
          return nil
        } catch {
          throw .failure(error)
        }
      })
  }
}
