import OrderedJSON

/// A record that is a request: headers and a body, under the names that programs give them.
struct RequestRecord {
  private let record: JSONObject
  /// The record that it stands in, which may say more of it.
  private let owner: JSONObject

  static let headerKeys = [
    "multiValueHeaders", "headers", "rawHeaders", "raw_headers", "header", "Headers", "requestHeaders",
    "request_headers",
    "reqHeaders", "req_headers", "httpHeaders", "http_headers", "__ow_headers", "headerList", "header_list", "META",
  ]

  /// What was kept raw stands first, since it is exact.
  private static let bodyKeys = [
    "rawBody", "raw_body", "bodyRaw", "body_raw", "bodyBase64", "body_base64", "bodyAsBase64", "rawBodyBase64",
    "__ow_body", "body", "Body", "content", "postData", "bodyText", "body_text", "requestBody", "request_body",
    "reqBody",
    "req_body", "httpBody", "http_body", "event_payload", "payload", "data", "raw", "text",
  ]

  init(_ record: JSONObject, in owner: JSONObject) {
    self.record = record
    self.owner = owner
  }

  /// Nil when it has no headers.
  var reading: DeliveryReading? {
    let fields = Self.headerKeys.lazy.compactMap { key in
      record[key].flatMap { HeaderShape.fields(of: $0) }
    }.first
    // Without any header it is a delivery all the same, and the doctor says what is missing.
    guard let fields = fields ?? (record["headers"]?.objectValue?.isEmpty == true ? [] : nil) else { return nil }
    var reading = DeliveryReading(format: "", fields: fields)
    reading.bodies = bodies
    reading.receivedAt = owner["receivedAt"]?.stringValue
    let path = ["rawPath", "path", "url", "uri", "target"].lazy.compactMap { key in record[key]?.stringValue }.first
    reading.target = path.map(RequestLine.originTarget(of:))
    return reading
  }

  private var bodies: [DeliveryBody] {
    var bodies: [DeliveryBody] = []
    for key in Self.bodyKeys {
      guard let value = record[key], !value.isNull else { continue }
      let isBase64 = key.lowercased().hasSuffix("base64") || saysBase64
      for body in BodyShape.bodies(of: value, isBase64: isBase64)
      where !bodies.contains(where: { $0.bytes == body.bytes }) { bodies.append(body) }
    }
    // What was parsed is a guess, and stands last.
    let (exact, parsed) = (
      bodies.filter { $0.note?.code != "parsed-body" }, bodies.filter { $0.note?.code == "parsed-body" }
    )
    if bodies.isEmpty, record["isBase64Encoded"] != nil { return [DeliveryBody([])] }
    return exact + parsed
  }

  private var saysBase64: Bool {
    if ["isBase64Encoded", "base64Encoded", "isBase64", "bodyIsBase64"].contains(where: {
      record[$0]?.boolValue == true
    }) {
      return true
    }
    return ["encoding", "bodyEncoding", "body_encoding"].contains { key in
      record[key]?.stringValue?.lowercased() == "base64"
    }
  }
}
