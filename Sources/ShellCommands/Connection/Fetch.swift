import Interpreter
import MittrSDK
import OrderedJSON

extension Call {
  /// Fetches by id: one value for one id given as an argument, a stream for several or for a pipe.
  func fetch(
    _ ids: [String], _ target: TargetKind,
    _ fetch: @escaping (Mittr, String) async throws(MittrError) -> JSONObject
  ) async throws(Interruption) -> Output {
    try await eachTarget(ids, target, kind: target == .event ? .event : .endpoint) { id throws(Interruption) in
      try await self.request { client throws(MittrError) in try await fetch(client, id) }
    }
  }

  /// One record for each id: one value for one id given as an argument, a stream for several or for a pipe.
  func eachTarget(
    _ ids: [String], _ target: TargetKind, kind: ItemKind,
    _ record: @escaping (_ id: String) async throws(Interruption) -> JSONObject
  ) async throws(Interruption) -> Output {
    guard !ids.isEmpty || input != nil else { throw .failure(.noID(target)) }
    if ids.count == 1 { return .value(.object(try await record(ids[0])), kind: kind) }
    func value(for item: JSONValue) async throws(Interruption) -> JSONValue {
      let id: String
      do throws(Failure) { id = try target.identifier(of: item) } catch { throw .failure(error) }
      return .object(try await record(id))
    }
    if ids.isEmpty { return try await eachItem(kind: kind) { item throws(Interruption) in try await value(for: item) } }
    return .stream(
      ItemStream(ids.map { .string($0) }).map(kind: kind) { item throws(Interruption) in try await value(for: item) })
  }
}
