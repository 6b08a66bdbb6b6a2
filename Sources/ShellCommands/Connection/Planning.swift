import Interpreter
import MittrSDK
import OrderedJSON

extension Call {
  /// What `--explain` tells of requests for one thing each: one for each id given, or one for all that the pipe brings.
  /// - Parameters:
  ///   - path: the request's path, by that of the thing.
  ///   - times: how often for one thing.
  ///   - concurrency: how many things at a time.
  func planned(
    _ ids: [String], _ target: TargetKind, _ method: String, path: (String) -> String = { $0 }, times: String = "once",
    concurrency: Int = 1, body: JSONValue? = nil, demand: Demand
  ) throws(Interruption) -> [PlannedRequest] {
    func request(_ item: String, _ times: String) -> PlannedRequest {
      PlannedRequest(method, path(item), times: times, body: body)
    }
    guard ids.isEmpty else { return ids.map { request(target.resource.path(of: $0), times) } }
    guard input != nil else { throw .failure(.noID(target)) }
    guard demand.atMost != 0 else { return [] }
    let each = times == "once" ? "once an \(target.name)" : "for each \(target.name): \(times)"
    return [
      request(target.resource.path(ofEncoded: "{id}"), concurrency > 1 ? "\(each), \(concurrency) at a time" : each)
    ]
  }
}

extension TargetKind {
  var resource: ResourcePath { self == .event ? .events : .endpoints }
}

extension Failure {
  static func noID(_ target: TargetKind) -> Failure {
    Failure(.missingArgument, "no id was given", help: "give ids, or pipe \(target.name)s into it")
  }
}

extension PlannedRequest {
  /// - Parameters:
  ///   - path: with its query, as it would be sent; `{id}` is the id of the item that comes from the pipe.
  ///   - times: how often, in words.
  init(_ method: String, _ path: String, times: String, body: JSONValue? = nil) {
    // What is not known yet is not percent-encoded either.
    let path = path.split(separator: "%E2%80%A6", omittingEmptySubsequences: false).joined(separator: Self.unknown)
    var record: JSONObject = ["method": .string(method), "path": .string(path), "times": .string(times)]
    record["body"] = body
    self.init(record)
  }
}

extension ItemKind {
  static let plannedRequest = ItemKind("planned request", columns: ["method", "path", "times", "body"])
}
