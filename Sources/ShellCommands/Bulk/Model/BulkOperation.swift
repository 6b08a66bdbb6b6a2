import MittrSDK
import OrderedJSON

/// What a bulk command does to each item.
enum BulkOperation: String, Sendable, CaseIterable {
  // Journals hold these words.
  case replay
  case update = "endpoints update"
  case delete = "endpoints delete"
  case send = "events send"
  /// To receivers, not to the API.
  case deliver

  /// Whether doing it twice does no more than doing it once: an update sets fields to what they are then already, what is
  /// deleted is gone, and events are sent under a key.
  var isRepeatable: Bool { self != .replay && self != .deliver }

  var target: TargetKind {
    switch self {
    case .replay, .send, .deliver: .event
    case .update, .delete: .endpoint
    }
  }

  var method: String {
    switch self {
    case .replay, .send, .deliver: "POST"
    case .update: "PATCH"
    case .delete: "DELETE"
    }
  }

  /// - Parameter id: not yet percent-encoded.
  func path(_ id: String) -> String {
    switch self {
    case .replay: ResourcePath.replay(ofItemAt: target.resource.path(of: id))
    case .send, .deliver: target.resource.collection
    case .update, .delete: target.resource.path(of: id)
    }
  }
}
