public import OrderedJSON

/// A change of an endpoint: what is set here is changed, the rest stays.
/// ```swift
/// var patch = EndpointPatch()
/// patch.enabled = true
/// patch.json["filter"] = .null
/// ```
public struct EndpointPatch: EndpointFields, Sendable, Hashable {
  public var json: JSONObject

  /// Takes a body as it is.
  public init(json: JSONObject = JSONObject()) { self.json = json }
}
