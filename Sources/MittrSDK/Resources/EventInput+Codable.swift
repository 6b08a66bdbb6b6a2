#if Codable
  import Basics
  public import OrderedJSON

  extension EventInput {
    /// An event that goes to every endpoint that subscribed to its type, with a payload that is encoded: keys in a stable
    /// order, ISO 8601 dates, exact numbers.
    /// ```swift
    /// let event = try EventInput(eventType: "order.created", payload: order)
    /// ```
    /// - Parameters:
    ///   - eventType: which endpoints subscribe to, such as `order.created`.
    ///   - payload: what encodes to a JSON object; see `JSONValueEncoder`.
    ///   - encoder: with other settings than the usual ones.
    ///   - headers: sent along with each delivery.
    ///   - maxAttempts: 5 when nil; the server takes more than 25 for 25.
    ///   - priority: sent along as it is; nil leaves it to the server.
    /// - Throws: `MittrError` with the code `INVALID_PAYLOAD` when the payload cannot be encoded or is no object.
    @_disfavoredOverload
    public init(
      eventType: String, payload: some Encodable & Sendable, encoder: JSONValueEncoder = JSONValueEncoder(),
      headers: [String: String]? = nil, maxAttempts: Int? = nil, priority: Int? = nil
    ) throws(MittrError) {
      self.init(
        eventType: eventType, payload: try Self.json(encoding: payload, encoder), headers: headers,
        maxAttempts: maxAttempts, priority: priority)
    }

    /// An event that goes to one URL. The parameters are those of the other initializer.
    @_disfavoredOverload
    public init(
      destination: String, payload: some Encodable & Sendable, encoder: JSONValueEncoder = JSONValueEncoder(),
      headers: [String: String]? = nil, maxAttempts: Int? = nil, priority: Int? = nil
    ) throws(MittrError) {
      self.init(
        destination: destination, payload: try Self.json(encoding: payload, encoder), headers: headers,
        maxAttempts: maxAttempts, priority: priority)
    }

    private static func json(
      encoding payload: some Encodable, _ encoder: JSONValueEncoder
    ) throws(MittrError) -> JSONValue {
      let json: JSONValue
      do {
        json = try encoder.encode(payload)
      } catch {
        throw .unencodablePayload(error)
      }
      guard case .object = json else { throw .payloadIsNoObject(json) }
      return json
    }
  }

  extension MittrError {
    fileprivate static func unencodablePayload(_ error: any Error) -> MittrError {
      MittrError(code: .invalidPayload, message: "the payload cannot be encoded: \(CodingProblem.text(error))")
    }

    fileprivate static func payloadIsNoObject(_ json: JSONValue) -> MittrError {
      let kind =
        switch json {
        case .null: "null"
        case .bool: "true or false"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
      return MittrError(
        code: .invalidPayload, message: "a payload is a JSON object, and this one encodes to \(kind)",
        details: [["field": "payload", "message": "must be an object"]])
    }

    static func undecodablePayload(of id: String, _ error: any Error) -> MittrError {
      MittrError(
        code: .invalidPayload, message: "the payload of \(id) is not what was to be read: \(CodingProblem.text(error))")
    }
  }

  /// What a coder's error says, in one clause: `lines[0].price: expected a number, found a string`.
  private enum CodingProblem {
    static func text(_ error: any Error) -> String {
      let (path, problem) = parts(error)
      let place = path.reduce("") { place, key in
        if let index = key.intValue { return "\(place)[\(index)]" }
        return place.isEmpty ? key.stringValue : "\(place).\(key.stringValue)"
      }
      return SafeText.escaped(place.isEmpty ? problem : "\(place): \(problem)", limit: 500)
    }

    private static func parts(_ error: any Error) -> (path: [any CodingKey], problem: String) {
      switch error {
      case EncodingError.invalidValue(_, let context): (context.codingPath, context.debugDescription)
      case DecodingError.keyNotFound(let key, let context): (context.codingPath + [key], context.debugDescription)
      case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
        DecodingError.dataCorrupted(let context):
        (context.codingPath, context.debugDescription)
      default: ([], "\(error)")
      }
    }
  }
#endif
