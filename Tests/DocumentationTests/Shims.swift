import Foundation
import MittrSDK

// The client's Codable calls as the pages show them, on its calls that take JSON.

extension String {
  static let failed = "failed"
}

extension Events {
  @discardableResult
  func send<Payload: Encodable & Sendable>(
    _ eventType: String, _ payload: Payload, idempotencyKey: String? = nil
  ) async throws(MittrError) -> Event {
    let json = (try? JSONEncoder().encode(payload)).flatMap { try? JSONValue(parsing: Array($0)) }
    return try await send(EventInput(eventType: eventType, payload: json ?? .null), idempotencyKey: idempotencyKey)
  }

  @discardableResult
  func send(_ input: EventInput) async throws(MittrError) -> Event { try await send(input, idempotencyKey: nil) }

  @discardableResult
  func replay(_ id: String?) async throws(MittrError) -> Event {
    let id: String = id ?? ""
    return try await replay(id)
  }
}

extension Event {
  func payload<Payload: Decodable>(as type: Payload.Type) throws -> Payload {
    try JSONDecoder().decode(type, from: Data((payload ?? .null).description.utf8))
  }
}
