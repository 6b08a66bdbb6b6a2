import OrderedJSON

/// The three endpoints of every seed. Their URLs mean the sandbox's own receivers.
enum SeedEndpoints {
  static let healthy = IdentifierGenerator.counting.endpointID(1)
  static let failing = IdentifierGenerator.counting.endpointID(2)
  static let disabled = IdentifierGenerator.counting.endpointID(3)

  private static let milliseconds30Days: Int64 = 30 * 86_400_000

  /// Healthy, failing with an open circuit, and disabled.
  static func all(now: Timestamp) -> [Endpoint] {
    let created = now.advanced(byMilliseconds: -milliseconds30Days)
    func endpoint(
      _ number: Int64, receiver: String, description: String, eventTypes: [JSONValue], isEnabled: Bool = true,
      circuit: Circuit = .closed(failures: 0)
    ) -> Endpoint {
      let createdAt = created.advanced(byMilliseconds: number * 3_600_000)
      return Endpoint(
        id: IdentifierGenerator.counting.endpointID(number), secret: IdentifierGenerator.counting.secret(number),
        isEnabled: isEnabled,
        fields: [
          "url": .string("http://\(DestinationPolicy.ownHost)/_sandbox/receivers/\(receiver)"),
          "description": .string(description), "eventTypes": .array(eventTypes),
        ],
        circuit: circuit, createdAt: createdAt, updatedAt: createdAt)
    }
    return [
      endpoint(
        1, receiver: "ok", description: "Order service",
        eventTypes: ["order.*", "customer.*", "payment.*", "invoice.*"]),
      endpoint(
        2, receiver: "fail", description: "Billing service, failing", eventTypes: ["order.created", "payment.*"],
        circuit: .open(until: now.advanced(byMilliseconds: 60_000))),
      endpoint(
        3, receiver: "ok", description: "Old ledger, switched off", eventTypes: ["invoice.*"], isEnabled: false),
    ]
  }
}
