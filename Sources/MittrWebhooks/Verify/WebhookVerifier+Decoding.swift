#if Codable
  #if canImport(FoundationEssentials)
    public import FoundationEssentials
  #else
    public import Foundation
  #endif

  extension WebhookVerifier {
    /// Returns what a delivery's body says, when its signature is right and fresh.
    /// ```swift
    /// let order = try verifier.verify(Order.self, headers: request.headers, body: body)
    /// ```
    /// Nothing is decoded before it is verified.
    /// - Parameters:
    ///   - type: what the event's payload is to be read as.
    ///   - headers: the request's header fields; names in any case.
    ///   - body: the exact bytes received.
    ///   - decoder: reads the body; by default one that reads dates as ISO 8601, with fractions of a second or without.
    /// - Throws: `WebhookVerificationError`, the first check that failed; else what the decoder throws about a body that
    ///   is not such a value, a `DecodingError` as a rule.
    public func verify<Payload: Decodable>(
      _ type: Payload.Type = Payload.self, headers: some WebhookHeaders, body: some Collection<UInt8>,
      decoder: JSONDecoder? = nil
    ) throws -> Payload {
      try verify(headers: headers, body: body)
      return try (decoder ?? .iso8601).decode(type, from: Data(body))
    }

    /// Returns what a delivery's body says, when its signature is right and fresh, with headers as NIO, AsyncHTTPClient and
    /// Vapor have them.
    /// - Parameters:
    ///   - type: what the event's payload is to be read as.
    ///   - headers: the request's header fields, in any sequence of names and values; names in any case.
    ///   - body: the exact bytes received; of a `ByteBuffer` its `readableBytesView`.
    ///   - decoder: reads the body; by default one that reads dates as ISO 8601, with fractions of a second or without.
    /// - Throws: `WebhookVerificationError`, the first check that failed; else what the decoder throws about a body that
    ///   is not such a value, a `DecodingError` as a rule.
    @_disfavoredOverload
    public func verify<Payload: Decodable>(
      _ type: Payload.Type = Payload.self, headers: some Sequence<(name: String, value: String)>,
      body: some Collection<UInt8>, decoder: JSONDecoder? = nil
    ) throws -> Payload {
      try verify(type, headers: NamedFields(headers), body: body, decoder: decoder)
    }
  }

  extension JSONDecoder {
    /// Reads dates as ISO 8601, with fractions of a second or without.
    fileprivate static var iso8601: JSONDecoder {
      let decoder = JSONDecoder()
      decoder.dateDecodingStrategy = .custom { decoder in
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        for style in [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)] {
          if let date = try? Date(text, strategy: style) { return date }
        }
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is not a date of ISO 8601")
      }
      return decoder
    }
  }
#endif
