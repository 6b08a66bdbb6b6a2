#if Codable
  import Basics
  public import OrderedJSON

  #if canImport(FoundationEssentials)
    public import FoundationEssentials
  #else
    public import Foundation
  #endif

  extension Event {
    /// When it was accepted; nil when the server does not say so in ISO 8601. `createdAtText` has the exact text.
    public var createdAt: Date? { createdAtText.flatMap { InternetTime.date($0) } }
    /// When it changed last; nil when the server does not say so in ISO 8601.
    public var updatedAt: Date? { updatedAtText.flatMap { InternetTime.date($0) } }
    /// When it was delivered; nil when it was not, or the server does not say so in ISO 8601.
    public var deliveredAt: Date? { deliveredAtText.flatMap { InternetTime.date($0) } }

    /// The payload as a type of yours.
    /// ```swift
    /// let order = try event.payload(as: Order.self)
    /// ```
    /// - Parameters:
    ///   - type: what to read the payload as.
    ///   - decoder: with other settings than the usual ones; see `JSONValueDecoder`.
    /// - Throws: `MittrError` with the code `INVALID_PAYLOAD` and a message that names the place.
    public func payload<Payload: Decodable>(
      as type: Payload.Type = Payload.self, decoder: JSONValueDecoder = JSONValueDecoder()
    ) throws(MittrError) -> Payload {
      do {
        return try decoder.decode(type, from: payload)
      } catch {
        throw .undecodablePayload(of: id, error)
      }
    }
  }

  extension Endpoint {
    /// When it was made; nil when the server does not say so in ISO 8601. `createdAtText` has the exact text.
    public var createdAt: Date? { createdAtText.flatMap { InternetTime.date($0) } }
    /// When it changed last; nil when the server does not say so in ISO 8601.
    public var updatedAt: Date? { updatedAtText.flatMap { InternetTime.date($0) } }
  }

  extension EventListParameters {
    /// Which events to list, by times. The parameters are those of the initializer that takes texts.
    /// ```swift
    /// mittr.events.iterate(.init(status: .failed, since: .now.addingTimeInterval(-3600)))
    /// ```
    ///
    /// `since` is the earliest creation time and `until` the latest; of a time before the year 0 or after 9999 it is the
    /// nearest one within.
    @_disfavoredOverload
    public init(
      status: EventStatus? = nil, eventType: String? = nil, endpointId: String? = nil, since: Date? = nil,
      until: Date? = nil, limit: Int? = nil, cursor: String? = nil
    ) {
      self.init(
        status: status, eventType: eventType, endpointId: endpointId, since: since.map { InternetTime.nearest($0) },
        until: until.map { InternetTime.nearest($0) }, limit: limit, cursor: cursor)
    }
  }

  extension InternetTime {
    fileprivate static func nearest(_ date: Date) -> String {
      text(date) ?? text(date.timeIntervalSince1970 < 0 ? range.lowerBound : range.upperBound)
    }
  }
#endif
