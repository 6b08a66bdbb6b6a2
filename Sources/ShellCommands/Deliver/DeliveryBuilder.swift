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
  var headers: [DeliveryHeader] = []
  /// Whether received headers stay as they are, signature included.
  var isAsReceived = false
  var edit: ((_ payload: [UInt8]) async throws(Interruption) -> [UInt8])?

  /// Headers of an event that would pass for Mittr's own are not sent.
  private static let ownPrefix = "x-mittr-"
  private static let eventIDHeader = "X-Mittr-Event-ID"
  private static let traceHeader = "X-Mittr-Trace-Id"

  /// Failures that are one item's alone, and stop no other.
  private static let ownCodes: Set<String> = ["NOT_FOUND", "wrong-kind", "bad-delivery"]

  /// The delivery of an item; one that is refused when the item is none, or its event is gone.
  func delivery(of item: JSONValue) async throws(Interruption) -> OutgoingDelivery {
    do throws(Interruption) {
      return try await made(of: item)
    } catch {
      guard case .failure(let failure) = error, Self.ownCodes.contains(failure.code.rawValue) else { throw error }
      let refusal = ItemError(code: failure.code.rawValue, message: failure.message)
      let id = item["id"]?.stringValue ?? item.stringValue
      return OutgoingDelivery(
        request: .failure(refusal), signature: .kept, eventID: id, eventType: item["eventType"]?.stringValue)
    }
  }

  private func made(of item: JSONValue) async throws(Interruption) -> OutgoingDelivery {
    if case .object(let record) = item {
      if record["payload"] != nil, record["id"]?.stringValue != nil {
        guard !isAsReceived else { throw .failure(Self.nothingReceived) }
        return try await event(record)
      }
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
    guard !isAsReceived else { throw .failure(Self.nothingReceived) }
    return try await event(
      try await call.request { client throws(MittrError) in try await client.eventRecords.get(id) })
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

  /// An event of a type with a payload, under an id of its own.
  static func event(_ payload: JSONValue, type: String) -> JSONValue {
    let id = "evt_" + UUID.random().filter { $0 != "-" }.prefix(24)
    return ["id": .string(id), "eventType": .string(type), "payload": payload]
  }

  private func made(
    _ payload: [UInt8], id: String, type: String?, headers fields: [(name: String, value: String)], endpoint: String?
  ) async throws(Interruption) -> OutgoingDelivery {
    guard let target = routes.target(for: type) else {
      return OutgoingDelivery(
        request: .failure(Self.noRoute(type)), signature: .kept, eventID: id, eventType: type)
    }
    let body = try await edit?(payload) ?? payload
    var fields = fields
    if !fields.contains(where: { $0.name.lowercased() == "content-type" }) {
      fields.append(("Content-Type", "application/json"))
    }
    fields.append((Self.eventIDHeader, id))
    fields.append((Self.traceHeader, UUID.random().filter { $0 != "-" }))
    return OutgoingDelivery(
      request: .success(DeliveryRequest(url: target.url(forTarget: "/"), headers: fields, body: body)),
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
    var body = Array(source.body ?? [])
    if let edit { body = try await edit(body) }
    // A proxy is told whole URLs.
    let path = path.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? source.target ?? "/"
    let request = routes.target(for: type).map {
      DeliveryRequest(method: method ?? "POST", url: $0.url(forTarget: path), headers: fields, body: body)
    }
    return OutgoingDelivery(
      request: request.map { .success($0) } ?? .failure(Self.noRoute(type)),
      signature: isAsReceived ? .kept : .fresh(try await secrets.secret(endpoint: nil, received: source.path)),
      givenHeaders: givenHeaders, eventID: value(Self.eventIDHeader), eventType: type)
  }

  private var givenHeaders: [(name: String, value: String)] { headers.map { ($0.name, $0.value) } }

  // MARK: Messages

  private static func noRoute(_ type: String?) -> ItemError {
    let type = type.map { "events of the type \($0)" } ?? "events without a type"
    return ItemError(code: "no-route", message: "no route fits \(type): --route '*=URL' takes the rest")
  }

  private static let nothingReceived = Failure(
    "wrong-kind", "an event has no headers that could be kept: --as-is is for deliveries that were received")

  private static func notDeliverable(_ item: JSONValue) -> Failure {
    Failure(
      "wrong-kind", "\(item.kindWithArticle) is no event and no delivery",
      help: "events, their ids and $deliveries are delivered; to post items as payloads: deliver URL --event-type TYPE")
  }
}
