import Basics
import Interpreter
import MittrSDK
import MittrWebhooks
import OrderedJSON
import WebhookReceiver

/// Makes deliveries of what comes from the pipe: events and their ids, deliveries that were received, and payloads.
struct DeliveryBuilder {
  let call: Call
  let routes: RouteTable
  let secrets: SigningSecrets
  /// Of what is a payload by itself; nil where items must be events or deliveries.
  var eventType: String?
  var headers: [DeliveryHeader] = []
  /// Whether received headers stay as they are, signature included.
  var isAsReceived = false
  var edit: ((_ payload: [UInt8]) async throws(Interruption) -> [UInt8])?

  /// Headers of an event that would pass for Mittr's own are not sent.
  private static let ownPrefix = "x-mittr-"
  private static let eventIDHeader = "X-Mittr-Event-ID"
  private static let eventTypeHeader = "X-Mittr-Event-Type"
  private static let traceHeader = "X-Mittr-Trace-Id"

  func delivery(of item: JSONValue) async throws(Interruption) -> OutgoingDelivery {
    if let eventType { return try await payload(item, eventType) }
    if case .object(let record) = item {
      if record["payload"] != nil, record["id"]?.stringValue != nil { return try await event(record) }
      if record["headers"] != nil, record["body"] != nil || record["bodyBase64"] != nil {
        let source: DeliverySource
        do throws(DeliverySourceError) { source = try DeliverySource(record: item) } catch {
          throw .failure(Failure(error, .record))
        }
        return try await delivery(
          source, method: record["method"]?.stringValue, target: record["target"]?.stringValue,
          type: record["eventType"]?.stringValue)
      }
    }
    let id = try eventID(of: item)
    return try await event(
      try await call.request { client throws(MittrError) in try await client.events.get(id).json })
  }

  private func eventID(of item: JSONValue) throws(Interruption) -> String {
    do throws(Failure) { return try TargetKind.event.identifier(of: item) } catch {
      throw .failure(Self.notDeliverable(item))
    }
  }

  private func event(_ record: JSONObject) async throws(Interruption) -> OutgoingDelivery {
    guard let id = record["id"]?.stringValue, let payload = record["payload"] else {
      throw .failure(Self.notDeliverable(.object(record)))
    }
    let type = record["eventType"]?.stringValue
    var fields: [(name: String, value: String)] = []
    for (name, value) in record["headers"]?.objectValue ?? [:] {
      guard !name.lowercased().hasPrefix(Self.ownPrefix), let value = value.stringValue,
        let header = DeliveryHeader("\(name): \(value)")
      else { continue }
      fields.append((header.name, header.value))
    }
    return try await made(
      Array(JSONWriter.compact.string(payload).utf8), id: id, type: type, headers: fields,
      endpoint: record["endpointId"]?.stringValue)
  }

  private func payload(_ item: JSONValue, _ type: String) async throws(Interruption) -> OutgoingDelivery {
    // It is nobody's but this delivery's.
    try await made(
      Array(JSONWriter.compact.string(item).utf8), id: "evt_" + String(UUID.random().filter { $0 != "-" }.prefix(24)),
      type: type, headers: [], endpoint: nil)
  }

  private func made(
    _ payload: [UInt8], id: String, type: String?, headers fields: [(name: String, value: String)], endpoint: String?
  ) async throws(Interruption) -> OutgoingDelivery {
    guard let target = routes.target(for: type) else {
      return OutgoingDelivery(request: nil, signature: .kept, eventID: id, eventType: type)
    }
    let body = try await edit?(payload) ?? payload
    var fields = fields
    if !fields.contains(where: { $0.name.lowercased() == "content-type" }) {
      fields.append(("Content-Type", "application/json"))
    }
    fields.append((Self.eventIDHeader, id))
    if let type, let header = DeliveryHeader("\(Self.eventTypeHeader): \(type)") {
      fields.append((header.name, header.value))
    }
    fields.append((Self.traceHeader, UUID.random().filter { $0 != "-" }))
    return OutgoingDelivery(
      request: DeliveryRequest(url: target.url(forTarget: "/"), headers: fields, body: body),
      signature: .fresh(try await secrets.secret(endpoint: endpoint)), givenHeaders: givenHeaders, eventID: id,
      eventType: type)
  }

  /// A delivery as it was received.
  /// - Parameter path: the path and query that it came to.
  func delivery(
    _ source: DeliverySource, method: String?, target path: String?, type: String?
  ) async throws(Interruption) -> OutgoingDelivery {
    let own = [WebhookHeaderName.signature, WebhookHeaderName.timestamp].map { $0.lowercased() }
    let fields = source.headers.filter { isAsReceived || !own.contains($0.name.lowercased()) }
    func value(_ name: String) -> String? { fields.first { $0.name.lowercased() == name.lowercased() }?.value }
    let type = type ?? value(Self.eventTypeHeader)
    var body = Array(source.body ?? [])
    if let edit { body = try await edit(body) }
    let path = path ?? source.path ?? "/"
    return OutgoingDelivery(
      request: routes.target(for: type).map {
        DeliveryRequest(method: method ?? "POST", url: $0.url(forTarget: path), headers: fields, body: body)
      },
      signature: isAsReceived ? .kept : .fresh(try await secrets.secret(endpoint: nil, received: source.path)),
      givenHeaders: givenHeaders, eventID: value(Self.eventIDHeader), eventType: type)
  }

  private var givenHeaders: [(name: String, value: String)] { headers.map { ($0.name, $0.value) } }

  private static func notDeliverable(_ item: JSONValue) -> Failure {
    Failure(
      "wrong-kind", "\(item.kindWithArticle) is no event and no delivery",
      help: "events, their ids and $deliveries are delivered; to post items as payloads: deliver URL --event-type TYPE")
  }
}
