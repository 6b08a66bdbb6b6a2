/// What a call does, as middlewares, logs, metrics and traces name it: a few words for all calls, without ids.
public struct ClientOperation: RawRepresentable, Sendable, Hashable {
  /// The words, such as `events.send`.
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// `Events.send`.
  public static let sendEvent = ClientOperation(rawValue: "events.send")
  /// `Events.list`, and each page of `iterate`.
  public static let listEvents = ClientOperation(rawValue: "events.list")
  /// `Events.get`.
  public static let getEvent = ClientOperation(rawValue: "events.get")
  /// `Events.replay`.
  public static let replayEvent = ClientOperation(rawValue: "events.replay")
  /// `Endpoints.create`.
  public static let createEndpoint = ClientOperation(rawValue: "endpoints.create")
  /// `Endpoints.list`, and each page of `iterate`.
  public static let listEndpoints = ClientOperation(rawValue: "endpoints.list")
  /// `Endpoints.get`.
  public static let getEndpoint = ClientOperation(rawValue: "endpoints.get")
  /// `Endpoints.update`.
  public static let updateEndpoint = ClientOperation(rawValue: "endpoints.update")
  /// `Endpoints.delete`.
  public static let deleteEndpoint = ClientOperation(rawValue: "endpoints.delete")
  /// Anything else that `Mittr.request` asks for.
  public static let request = ClientOperation(rawValue: "request")
}

extension ClientOperation: CustomStringConvertible {
  public var description: String { rawValue }
}

extension ClientOperation {
  /// - Parameter path: percent-encoded; a query does not matter.
  init(method: String, path: String) {
    let path = path.prefix { $0 != "?" }
    let known: ClientOperation? =
      switch (method, Self.place(of: path, in: .events), Self.place(of: path, in: .endpoints)) {
      case ("POST", .collection, _): .sendEvent
      case ("GET", .collection, _): .listEvents
      case ("GET", .item, _): .getEvent
      case ("POST", .replay, _): .replayEvent
      case ("POST", _, .collection): .createEndpoint
      case ("GET", _, .collection): .listEndpoints
      case ("GET", _, .item): .getEndpoint
      case ("PATCH", _, .item): .updateEndpoint
      case ("DELETE", _, .item): .deleteEndpoint
      default: nil
      }
    self = known ?? .request
  }

  /// The path with `{id}` in place of an id; nil for `request`.
  var pathTemplate: String? {
    switch self {
    case .sendEvent, .listEvents: ResourcePath.events.collection
    case .getEvent: ResourcePath.events.path(ofEncoded: "{id}")
    case .replayEvent: ResourcePath.replay(ofItemAt: ResourcePath.events.path(ofEncoded: "{id}"))
    case .createEndpoint, .listEndpoints: ResourcePath.endpoints.collection
    case .getEndpoint, .updateEndpoint, .deleteEndpoint: ResourcePath.endpoints.path(ofEncoded: "{id}")
    default: nil
    }
  }

  private enum Place { case collection, item, replay, elsewhere }

  private static func place(of path: Substring, in resource: ResourcePath) -> Place {
    if path == resource.collection { return .collection }
    guard path.hasPrefix(resource.collection + "/") else { return .elsewhere }
    let id = path.dropFirst(resource.collection.count + 1).prefix { $0 != "/" }
    guard !id.isEmpty else { return .elsewhere }
    let item = resource.path(ofEncoded: String(id))
    if path == item { return .item }
    return path == ResourcePath.replay(ofItemAt: item) ? .replay : .elsewhere
  }
}
