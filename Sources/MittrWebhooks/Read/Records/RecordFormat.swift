import Basics
import OrderedJSON

/// A form in which a delivery stands in a record: what an inspector exports, or what a function is called with.
///
/// To add one, add a declaration to `all`: what it is called, the keys that tell it from others, and where the request is.
/// Most need no reader of their own, since `RequestRecord` knows the names that headers and bodies go by.
struct RecordFormat: Sendable {
  /// With its article.
  let name: String
  /// Paths of keys that every record of this form has, `request.headers` for one further in.
  let marks: [String]
  /// Reads a record that has the marks.
  /// - Returns: nil when it is not in this form after all.
  let read: @Sendable (_ record: JSONObject, _ depth: Int) throws(DeliverySourceError) -> DeliveryReading?

  /// A record whose headers and body stand at a path, under their usual names.
  init(_ name: String, marks: String..., at path: String = "") {
    self.name = name
    self.marks = marks
    read = { record, _ throws(DeliverySourceError) in
      let place = path.isEmpty ? record : record.value(at: path)?.objectValue
      return place.flatMap { RequestRecord($0, in: record).reading }
    }
  }

  init(
    _ name: String, marks: String...,
    read: @escaping @Sendable (_ record: JSONObject, _ depth: Int) throws(DeliverySourceError) -> DeliveryReading?
  ) {
    self.name = name
    self.marks = marks
    self.read = read
  }

  static let all: [RecordFormat] = [
    rawRequest("a request of ngrok's inspector", at: "request.raw"),
    rawRequest("a request of an inspector", at: "raw_request"),
    RecordFormat("an entry of a HAR file", marks: "request.headers", "request.postData", at: "request"),
    RecordFormat("an entry of a HAR file", marks: "request.headers", "startedDateTime", at: "request"),
    RecordFormat("a request of Charles", marks: "request.header.headers") { record, _ throws(DeliverySourceError) in
      guard let request = record.value(at: "request")?.objectValue, let header = request["header"]?.objectValue else {
        return nil
      }
      var parts = header
      parts["body"] = request["body"]
      return RequestRecord(parts, in: request).reading
    },
    RecordFormat("a request in a Postman collection", marks: "request.header", at: "request"),
    RecordFormat("a request of WireMock", marks: "request.headers", "request.loggedDate", at: "request"),
    RecordFormat("a request of webhook.site", marks: "headers", "content"),
    RecordFormat("an event of a cloud function", marks: "isBase64Encoded", "headers"),
    RecordFormat("an event of a cloud function", marks: "isBase64Encoded", "multiValueHeaders"),
    RecordFormat("an event of a cloud function", marks: "__ow_headers"),
    RecordFormat("an event of a cloud function", marks: "headers", "body.inputTruncated"),
    RecordFormat("a record with headers and a raw body", marks: "headers", "rawBody"),
    RecordFormat("a request of Hookdeck", marks: "data.headers", at: "data"),
    RecordFormat("a request in Insomnia's export", marks: "_type", "headers"),
    RecordFormat("an echo of a request", marks: "headers", "data", "args"),
    RecordFormat("a delivery of listen", marks: "receivedAt", "headers", "number"),
    RecordFormat("a request in a log", marks: "request.headers", at: "request"),
    RecordFormat("a request in a log", marks: "req.headers", at: "req"),
    RecordFormat("a delivery of smee.io", marks: "body", read: flat),
    RecordFormat("a record with signature, timestamp and body", marks: "signature", "timestamp", read: named),
    RecordFormat("a record with headers and body"),
  ]

  /// A record that holds the request as it was sent, as text or in base64.
  private static func rawRequest(_ name: String, at path: String) -> RecordFormat {
    RecordFormat(name, marks: path) { record, depth throws(DeliverySourceError) in
      guard let text = record.value(at: path)?.stringValue else { return nil }
      let bytes = Base64.decoded(text.utf8.filter { !$0.isBlank }) ?? Array(text.utf8)
      guard RawRequest.begins(bytes[...]) else { return nil }
      return try RawRequest.reading(of: bytes[...])
    }
  }

  /// A record that has the headers beside the body.
  @Sendable private static func flat(
    _ record: JSONObject, _ depth: Int
  ) throws(DeliverySourceError) -> DeliveryReading? {
    var headers = record
    for key in ["body", "query", "timestamp"] { headers[key] = nil }
    guard let fields = HeaderShape.fields(of: .object(headers)),
      fields.contains(where: { HeaderName.mentionsSignature($0.name) })
    else { return nil }
    return RequestRecord(["headers": .object(headers), "body": record["body"] ?? .null], in: record).reading
  }

  /// A record that has only what is needed.
  @Sendable private static func named(
    _ record: JSONObject, _ depth: Int
  ) throws(DeliverySourceError) -> DeliveryReading? {
    guard RequestRecord.headerKeys.allSatisfy({ record[$0] == nil }),
      let signature = record["signature"]?.stringValue, let timestamp = record["timestamp"]?.scalarText,
      signature.hasPrefix("v1=")
    else { return nil }
    var parts = record
    parts["headers"] = [
      WebhookHeaderName.timestamp: .string(timestamp), WebhookHeaderName.signature: .string(signature),
    ]
    return RequestRecord(parts, in: record).reading
  }

  // MARK: Searching

  /// Reads a record that is to be a delivery, or to hold one.
  static func reading(of value: JSONValue) throws(DeliverySourceError) -> DeliveryReading {
    if let reading = try find(in: value, depth: 0) { return reading }
    let isOfHeaders = HeaderShape.fields(of: value)?.contains { HeaderName.mentionsSignature($0.name) } == true
    throw isOfHeaders ? .noBody : .noDelivery(value.kindWithArticle)
  }

  /// The one delivery in a value; nil when there is none.
  /// - Throws: when there are several.
  static func find(in value: JSONValue, depth: Int) throws(DeliverySourceError) -> DeliveryReading? {
    var search = RecordSearch(depth: depth)
    try search.visit(value, level: 0)
    return try search.result()
  }

  /// Reads a record in this form.
  func reading(of record: JSONObject, depth: Int) throws(DeliverySourceError) -> DeliveryReading? {
    guard marks.allSatisfy({ record.value(at: $0) != nil }), var reading = try read(record, depth) else { return nil }
    reading.format = name
    return reading
  }
}

/// Looks through a value for records that are deliveries.
private struct RecordSearch {
  let depth: Int
  private var found: [DeliveryReading] = []
  private var others: DeliveryReading?
  private var remaining = 100_000

  private static let deepest = 12

  init(depth: Int) { self.depth = depth }

  mutating func visit(_ value: JSONValue, level: Int) throws(DeliverySourceError) {
    remaining -= 1
    guard remaining > 0, level <= Self.deepest else { return }
    switch value {
    case .object(let text):
      // Pairs, so that looking a key up does not cost a walk through the text each time.
      let record = JSONObject(text.map { ($0.key, $0.value) })
      for format in RecordFormat.all {
        guard let reading = try format.reading(of: record, depth: depth) else { continue }
        if reading.hasSignature { return found.append(reading) }
        others = others ?? reading
        // What its sender put into a delivery is no delivery, whatever it looks like.
        if reading.isDelivery { return }
        break
      }
      for (key, value) in record where key != "response" { try visit(value, level: level + 1) }
    case .array(let items): for item in items { try visit(item, level: level + 1) }
    case .string(let text, _):
      // JSON in a string, as queues and logs carry it.
      let bytes = Array(text.utf8)
      guard level + 4 <= Self.deepest, let first = bytes.first(where: { !$0.isBlank }), "{[".utf8.contains(first),
        HeaderName.isMentioned(in: bytes[...]), let inner = try? JSONValue(parsing: bytes)
      else { return }
      try visit(inner, level: level + 4)
    case .null, .bool, .number: break
    }
  }

  func result() throws(DeliverySourceError) -> DeliveryReading? {
    guard let first = found.first else { return others }
    // Which of them is meant cannot be told, and one of them is not signed.
    if let others, others.isDelivery { throw .several(found.count + 1) }
    let different = found.dropFirst().filter { !$0.isSame(as: first) }
    guard different.isEmpty else { throw .several(found.count) }
    return first
  }
}

extension DeliveryReading {
  /// Whether it has all that a delivery has, signed or not.
  fileprivate var isDelivery: Bool { !fields.isEmpty && !bodies.isEmpty }

  fileprivate func isSame(as other: DeliveryReading) -> Bool {
    func signatures(_ reading: DeliveryReading) -> [String] {
      reading.fields.filter { HeaderName.mentionsSignature($0.name) }.map(\.value)
    }
    return signatures(self) == signatures(other) && bodies.first?.bytes == other.bodies.first?.bytes
  }
}

extension JSONObject {
  /// The value behind keys with dots between them; nil where there is none, or null.
  func value(at path: String) -> JSONValue? {
    var value: JSONValue? = .object(self)
    for key in path.split(separator: ".") { value = value?[String(key)] }
    return value?.isNull == true ? nil : value
  }
}

extension JSONValue {
  /// The text of a string, a number or a boolean.
  var scalarText: String? {
    switch self {
    case .string(let text, _): text
    case .number(let number): number.text
    case .bool(let value): "\(value)"
    case .null, .array, .object: nil
    }
  }

  /// How messages call it.
  fileprivate var kindWithArticle: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "a record"
    }
  }
}
