public import OrderedJSON

/// Sending a payload under its type, in one line.
extension Events {
  /// Sends an event whose payload is a literal, with variables in it or not.
  /// ```swift
  /// try await mittr.events.send("order.created", ["orderId": "ord_\(id)", "amount": amount])
  /// ```
  /// The parameters are those of `send(_:idempotencyKey:)`.
  @discardableResult
  public func send(
    _ eventType: String, _ payload: KeyValuePairs<String, any JSONRepresentable>, idempotencyKey: String? = nil
  ) async throws(MittrError) -> Event {
    try await send(EventInput(eventType: eventType, payload: payload), idempotencyKey: idempotencyKey)
  }

  /// Sends an event whose payload is a JSON value, such as one that was read.
  ///
  /// The parameters are those of `send(_:idempotencyKey:)`.
  @discardableResult @_disfavoredOverload
  public func send(
    _ eventType: String, _ payload: JSONValue, idempotencyKey: String? = nil
  ) async throws(MittrError) -> Event {
    try await send(EventInput(eventType: eventType, payload: payload), idempotencyKey: idempotencyKey)
  }

  #if Codable
    /// Sends an event whose payload is encoded: keys in a stable order, ISO 8601 dates, exact numbers.
    /// ```swift
    /// try await mittr.events.send("order.created", order, idempotencyKey: "order-\(order.id)-created")
    /// ```
    /// - Parameters:
    ///   - eventType: such as `order.created`.
    ///   - payload: what encodes to a JSON object; see `JSONValueEncoder`.
    ///   - idempotencyKey: the same key for the same event; nil takes a fresh UUID.
    ///   - encoder: with other settings than the usual ones.
    /// - Throws: `MittrError`; with the code `INVALID_PAYLOAD`, before anything is sent, when the payload cannot be
    ///   encoded or is no object.
    @discardableResult @_disfavoredOverload
    public func send(
      _ eventType: String, _ payload: some Encodable & Sendable, idempotencyKey: String? = nil,
      encoder: JSONValueEncoder = JSONValueEncoder()
    ) async throws(MittrError) -> Event {
      try await send(
        EventInput(eventType: eventType, payload: payload, encoder: encoder), idempotencyKey: idempotencyKey)
    }
  #endif
}
