import MittrSDK
import OrderedJSON

/// What a bulk command does to each item.
enum BulkOperation: String, Sendable, CaseIterable {
  // Journals hold these words.
  case replay
  case update = "endpoints update"
  case delete = "endpoints delete"
  case send = "events send"

  /// Whether doing it twice does no more than doing it once: an update sets fields to what they are then already, what is
  /// deleted is gone, and events are sent under a key.
  var isRepeatable: Bool { self != .replay }

  var target: TargetKind { self == .replay || self == .send ? .event : .endpoint }

  var method: String {
    switch self {
    case .replay, .send: "POST"
    case .update: "PATCH"
    case .delete: "DELETE"
    }
  }

  /// - Parameter id: not yet percent-encoded.
  func path(_ id: String) -> String {
    switch self {
    case .replay: ResourcePath.replay(ofItemAt: target.resource.path(of: id))
    case .send: target.resource.collection
    case .update, .delete: target.resource.path(of: id)
    }
  }
}
