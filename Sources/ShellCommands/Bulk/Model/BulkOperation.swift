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
  /// Any request to the API, which says itself what it is.
  case api

  /// Whether doing it twice does no more than doing it once: an update sets fields to what they are then already, what is
  /// deleted is gone, and events are sent under a key.
  var isRepeatable: Bool {
    switch self {
    case .update, .delete, .send: true
    case .replay, .deliver, .api: false
    }
  }

  /// Whether a journal holds all that is needed to do it again.
  var isInJournal: Bool { self != .deliver && self != .api }

  /// What the items are; nil where that is open.
  var target: TargetKind? {
    switch self {
    case .replay, .send, .deliver: .event
    case .update, .delete: .endpoint
    case .api: nil
    }
  }

  /// What there is one of for each item, as a question says it.
  var noun: String { target?.name ?? "request" }

  var method: String {
    switch self {
    case .replay, .send, .deliver, .api: "POST"
    case .update: "PATCH"
    case .delete: "DELETE"
    }
  }

  /// - Parameter id: not yet percent-encoded.
  func path(_ id: String) -> String {
    switch self {
    case .replay: ResourcePath.replay(ofItemAt: ResourcePath.events.path(of: id))
    case .send, .deliver: ResourcePath.events.collection
    case .update, .delete: ResourcePath.endpoints.path(of: id)
    case .api: id
    }
  }
}
