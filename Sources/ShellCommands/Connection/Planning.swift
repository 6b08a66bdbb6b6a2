import Interpreter
import MittrSDK
import OrderedJSON

extension Call {
  /// What `--explain` tells of requests for one thing each: one for each id given, or one for all that the pipe brings.
  /// - Parameters:
  ///   - suffix: what follows the id in the path.
  ///   - times: how often for one thing.
  ///   - concurrency: how many things at a time.
  func planned(
    _ ids: [String], _ target: TargetKind, _ method: String, suffix: String = "", times: String = "once",
    concurrency: Int = 1, body: JSONValue? = nil, demand: Demand
  ) throws(Interruption) -> [PlannedRequest] {
    func request(_ id: String, _ times: String) -> PlannedRequest {
      PlannedRequest(method, "\(target.path)/\(id)\(suffix)", times: times, body: body)
    }
    guard ids.isEmpty else { return ids.map { request($0.percentEncoded, times) } }
    guard input != nil else { throw .failure(.noID(target)) }
    guard demand.atMost != 0 else { return [] }
    let each = times == "once" ? "once an \(target.name)" : "for each \(target.name): \(times)"
    return [request("{id}", concurrency > 1 ? "\(each), \(concurrency) at a time" : each)]
  }
}

extension TargetKind {
  var path: String { self == .event ? "/api/v1/events" : "/api/v1/endpoints" }
}

extension Failure {
  static func noID(_ target: TargetKind) -> Failure {
    Failure("missing-argument", "no id was given", help: "give ids, or pipe \(target.name)s into it")
  }
}
