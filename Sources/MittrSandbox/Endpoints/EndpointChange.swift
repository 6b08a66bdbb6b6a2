import OrderedJSON

/// What a user wants of an endpoint: the body of `POST` or `PATCH`, checked.
///
/// Fields that are not the user's to set (`id`, `circuitState`, …) and unknown ones are ignored, so that an endpoint
/// that was read can be sent back.
struct EndpointChange: Sendable {
  /// Only what was given; null takes a setting back to its default.
  private let fields: [(name: String, value: JSONValue?)]
  private let isEnabled: Bool?
  private let secret: String?

  /// - Parameter isNew: whether `url` is required.
  init(_ body: JSONObject, isNew: Bool) throws(APIError) {
    var problems: [APIError.Problem] = []
    var fields: [(name: String, value: JSONValue?)] = []
    for field in EndpointField.all {
      let value = body[field.name]
      if field.name == "url", value == nil ? isNew : value?.isNull == true {
        problems.append(.init(field: "url", message: "is required"))
      } else if let value, value.isNull {
        fields.append((field.name, nil))
      } else if let value, field.accepts(value) {
        fields.append((field.name, value.detached()))
      } else if value != nil {
        problems.append(.init(field: field.name, message: "must be \(field.expectation)"))
      }
    }
    if let enabled = body["enabled"], enabled.boolValue == nil {
      problems.append(.init(field: "enabled", message: "must be true or false"))
    }
    if let secret = body["secret"], !(secret.stringValue.map { 1...256 ~= $0.unicodeScalars.count } ?? false) {
      problems.append(.init(field: "secret", message: "must be a string of 1 to 256 characters"))
    }
    guard problems.isEmpty else { throw .badRequest("invalid endpoint", problems) }
    self.fields = fields
    isEnabled = body["enabled"]?.boolValue
    secret = body["secret"]?.stringValue
  }

  /// Whether it gives the endpoint a transformation, which is stored alone.
  var setsTransformation: Bool { fields.contains { $0.name == "transformation" && $0.value != nil } }

  /// - Parameters:
  ///   - secret: used unless the body brought one.
  func endpoint(id: String, secret: String, now: Timestamp) -> Endpoint {
    let blank = Endpoint(
      id: id, secret: secret, isEnabled: true, fields: JSONObject(), circuit: .closed(failures: 0), createdAt: now,
      updatedAt: now)
    return applied(to: blank, now: now)
  }

  /// Enabling an endpoint, also one that is enabled, closes its circuit: that is how an operator wakes a tripped one.
  func applied(to endpoint: Endpoint, now: Timestamp) -> Endpoint {
    var endpoint = endpoint
    for (name, value) in fields { endpoint.fields[name] = value }
    if let isEnabled { endpoint.isEnabled = isEnabled }
    if isEnabled == true { endpoint.circuit = .closed(failures: 0) }
    if let secret { endpoint.secret = secret }
    endpoint.updatedAt = now
    return endpoint
  }
}
