public import OrderedJSON

/// An endpoint to be created. Nothing is checked here: the server is the one to know, and answers 400.
public struct EndpointInput: EndpointFields, Sendable, Hashable {
  public var json: JSONObject

  /// Takes a body as it is.
  public init(json: JSONObject = JSONObject()) { self.json = json }

  /// - Parameters:
  ///   - url: where deliveries go.
  ///   - eventTypes: types and wildcards such as `order.*`; nil leaves them to the server.
  public init(url: String, eventTypes: [String]? = nil) {
    self.init(json: ["url": .string(url)])
    self.eventTypes = eventTypes
  }
}
