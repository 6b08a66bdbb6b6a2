import Interpreter
import MittrSDK
import OrderedJSON

/// Runs a request for each item, several at a time, and yields an outcome for each in the order of the items.
struct BulkCommand {
  let call: Call
  /// As the summary and the question say it: `replay`.
  let verb: String
  let target: TargetKind
  /// Whether it must be confirmed even for ids given by hand.
  let isDestructive: Bool
  let request: (_ id: String, _ item: JSONValue) async throws(Interruption) -> BulkRequest

  /// - Parameter ids: given as arguments; when there are none, items come from the pipe.
  func run(_ ids: [String]) async throws(Interruption) -> Output {
    let isDryRun = try await call.value(BulkOptions.dryRun)
    if ids.count == 1, call.input == nil {
      return try await single(ids[0], isDryRun: isDryRun || call.session.isDryRun)
    }
    guard let items = ids.isEmpty ? call.input : ItemStream(ids.map { .string($0) }) else {
      throw .failure(.noID(target))
    }
    if isDryRun || call.session.isDryRun {
      return .stream(
        items.map(kind: .request) { item throws(Interruption) in try await prepared(item).description })
    }
    let confirmed = try await Confirmation(call: call, verb: verb, target: target, isDestructive: isDestructive)
      .confirmed(items)
    let run = BulkRun(
      command: self, items: confirmed, concurrency: try await call.value(BulkOptions.concurrency),
      stopsOnError: try await call.value(BulkOptions.onError) == "stop")
    return .stream(run.stream())
  }

  /// What `--explain` tells of `run`.
  /// - Parameter body: what each request sends, as far as it is known.
  static func planned(
    _ ids: [String], _ target: TargetKind, _ method: String, suffix: String = "", body: JSONValue? = nil, of call: Call,
    demand: Demand
  ) async throws(Interruption) -> [PlannedRequest] {
    if try await call.value(BulkOptions.dryRun) || call.session.isDryRun { return [] }
    return try call.planned(
      ids, target, method, suffix: suffix, concurrency: try await call.value(BulkOptions.concurrency), body: body,
      demand: demand)
  }

  func prepared(_ item: JSONValue) async throws(Interruption) -> BulkRequest {
    let id: String
    do throws(Failure) { id = try target.identifier(of: item) } catch { throw .failure(error) }
    return try await request(id, item)
  }

  /// One id as an argument is an ordinary command: its failure is the command's.
  private func single(_ id: String, isDryRun: Bool) async throws(Interruption) -> Output {
    let request = try await prepared(.string(id))
    if isDryRun { return .value(request.description, kind: .request) }
    if isDestructive {
      try await Confirmation(call: call, verb: verb, target: target, isDestructive: true).confirm(id: id)
    }
    let answer = try await call.request { client throws(MittrError) in try await request.outcome(client).get() }
    return .value(request.success(answer), kind: .outcome)
  }
}
