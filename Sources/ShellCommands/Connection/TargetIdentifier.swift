import Interpreter
import OrderedJSON

/// What an id is the id of, and how one is read off an item from the pipe. An id is never guessed.
enum TargetKind {
  case event
  case endpoint

  var name: String { self == .event ? "event" : "endpoint" }

  /// The id that an item stands for: a string is one; a record of the right kind gives its `.id`; an event gives its
  /// endpoint's.
  /// - Throws: `wrong-kind` where there is none, or one that nothing can have: an empty one, `.` and `..`.
  func identifier(of item: JSONValue) throws(Failure) -> String {
    let id: String
    switch item {
    case .string(let text, _): id = text
    case .object(let record):
      guard let found = identifier(of: record) else { throw wrongKind(record) }
      id = found
    default:
      throw Failure("wrong-kind", "expected an \(name) or its id, got \(item.kindWithArticle)")
    }
    guard !id.isEmpty else { throw Failure("wrong-kind", "the \(name)'s id is empty") }
    guard id != ".", id != ".." else { throw Failure("wrong-kind", "'\(id)' is not an \(name) id") }
    return id
  }

  /// The same, for what ends a statement.
  func id(of item: JSONValue) throws(Interruption) -> String {
    do throws(Failure) { return try identifier(of: item) } catch { throw .failure(error) }
  }

  private func identifier(of record: JSONObject) -> String? {
    let id = record["id"]?.stringValue
    switch self {
    case .event: return looksLikeEndpoint(record) ? nil : id
    case .endpoint:
      if let endpointId = record["endpointId"]?.stringValue { return endpointId }
      return id?.hasPrefix("evt_") == true || record["payload"] != nil ? nil : id
    }
  }

  private func looksLikeEndpoint(_ record: JSONObject) -> Bool {
    record["eventTypes"] != nil || record["circuitState"] != nil || record["url"] != nil
  }

  private func wrongKind(_ record: JSONObject) -> Failure {
    switch self {
    case .event where looksLikeEndpoint(record):
      Failure("wrong-kind", "expected an event, got an endpoint", help: "pipe events: events list --endpoint-id … | …")
    case .endpoint where record["id"] != nil:
      Failure(
        "wrong-kind", "expected an endpoint, got an event without an endpoint",
        help: "pipe endpoints: endpoints list | …")
    default:
      Failure("wrong-kind", "expected an \(name), got a record without an id", help: "keep it with: select id …")
    }
  }
}
