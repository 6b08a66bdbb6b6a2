import OrderedJSON

/// Records of cloud functions, inspectors and logs.
extension DeliveryWriters {
  static func object(_ fields: [(String, String)]) -> JSONValue {
    .object(JSONObject(fields.map { ($0.0, .string($0.1)) }))
  }
  private static func lists(_ fields: [(String, String)]) -> JSONValue {
    .object(JSONObject(fields.map { ($0.0.lowercased(), .array([.string($0.1)])) }))
  }
  private static func pairs(_ fields: [(String, String)], _ name: String = "name") -> JSONValue {
    .array(fields.map { [name: .string($0.0), "value": .string($0.1)] })
  }
  private static func base64(_ bytes: [UInt8]) -> JSONValue {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = Array(bytes[start..<min(start + 3, bytes.count)])
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 { text.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : "=") }
    }
    return .string(text)
  }

  private static func record(
    _ name: String, _ make: @escaping @Sendable (SampleDelivery, _ text: JSONValue) -> JSONValue
  ) -> Writer {
    (name, { delivery in delivery.text.map { bytes(JSONWriter.pretty.string(make(delivery, .string($0)))) } })
  }
  private static func binary(_ name: String, _ make: @escaping @Sendable (SampleDelivery) -> JSONValue) -> Writer {
    (name, { bytes(make($0).description) })
  }

  // One statement each: the compiler takes long over one large literal.
  static let records: [Writer] = {
    var records: [Writer] = []
    records.append(
      record("a HAR entry") {
        [
          "startedDateTime": "x",
          "request": [
            "method": "POST", "headers": pairs($0.fields), "postData": ["mimeType": "application/json", "text": $1],
          ], "response": ["headers": [], "content": ["text": "ok"]],
        ]
      })
    records.append(
      record("a HAR file") {
        [
          "log": [
            "version": "1.2",
            "entries": [
              ["request": ["headers": [], "url": "/"]],
              ["request": ["headers": pairs($0.fields), "postData": ["text": $1]]],
            ],
          ]
        ]
      })
    records.append(
      binary("a HAR entry in base64") {
        ["request": ["headers": pairs($0.fields), "postData": ["encoding": "base64", "text": base64($0.body)]]]
      })
    records.append(
      binary("ngrok") {
        [
          "requests": [
            [
              "uri": "x",
              "request": [
                "method": "POST", "headers": lists($0.fields), "raw": base64(Array(head($0).utf8) + $0.body),
              ], "response": ["raw": "SFRUUA=="],
            ]
          ]
        ]
      })
    records.append(
      record("webhook.site") {
        [
          "uuid": "x", "type": "web", "content": $1, "headers": lists($0.fields), "url": "https://webhook.site/x",
          "query": nil,
        ]
      })
    records.append(
      record("webhook.site, listed") {
        ["data": [["uuid": "x", "content": $1, "headers": lists($0.fields)]], "total": 1]
      })
    records.append(
      record("API Gateway 1.0") {
        [
          "resource": "/", "httpMethod": "POST", "headers": object($0.fields), "multiValueHeaders": lists($0.fields),
          "body": $1, "isBase64Encoded": false,
        ]
      })
    records.append(
      binary("API Gateway 2.0") {
        [
          "version": "2.0", "rawPath": "/hook", "headers": object($0.fields), "body": base64($0.body),
          "isBase64Encoded": true,
        ]
      })
    records.append(
      binary("a load balancer") {
        [
          "requestContext": ["elb": [:]], "multiValueHeaders": lists($0.fields), "headers": nil,
          "body": base64($0.body), "isBase64Encoded": true,
        ]
      })
    records.append(
      binary("Vercel") {
        [
          "Action": "Invoke",
          "body": .string(
            (["method": "POST", "headers": object($0.fields), "encoding": "base64", "body": base64($0.body)]
              as JSONValue).description),
        ]
      })
    records.append(
      binary("OpenWhisk") { ["__ow_method": "post", "__ow_headers": object($0.fields), "__ow_body": base64($0.body)] })
    records.append(
      binary("CloudFront") { delivery in
        [
          "Records": [
            [
              "cf": [
                "request": [
                  "headers": .object(
                    JSONObject(
                      delivery.fields.map { ($0.0.lowercased(), [["key": .string($0.0), "value": .string($0.1)]]) })),
                  "body": ["inputTruncated": false, "encoding": "base64", "data": base64(delivery.body)],
                ]
              ]
            ]
          ]
        ]
      })
    records.append(
      record("Cloud Functions") { ["headers": object($0.fields), "body": ["parsed": true], "rawBody": $1] })
    records.append(
      binary("a Buffer") {
        [
          "headers": object($0.fields),
          "body": ["type": "Buffer", "data": .array($0.body.map { .number(JSONNumber(Int($0))) })],
        ]
      })
    records.append(
      binary("a list of bytes") {
        ["headers": object($0.fields), "body": .array($0.body.map { .number(JSONNumber(Int($0))) })]
      })
    records.append(
      record("Postman") {
        [
          "info": ["name": "x"],
          "item": [
            [
              "name": "folder",
              "item": [
                [
                  "name": "x",
                  "request": [
                    "method": "POST", "header": pairs($0.fields, "key"), "body": ["mode": "raw", "raw": $1],
                    "url": ["raw": "x"],
                  ],
                ]
              ],
            ]
          ],
        ]
      })
    records.append(
      record("Insomnia") {
        [
          "resources": [
            ["_type": "request", "headers": pairs($0.fields), "body": ["mimeType": "application/json", "text": $1]]
          ]
        ]
      })
    records.append(
      record("WireMock") {
        ["requests": [["request": ["url": "/hook", "headers": object($0.fields), "body": $1, "loggedDate": 1]]]]
      })
    records.append(
      binary("WireMock in base64") {
        ["request": ["url": "/hook", "headers": object($0.fields), "bodyAsBase64": base64($0.body), "loggedDate": 1]]
      })
    records.append(
      record("Pipedream") {
        [
          "steps": [
            "trigger": ["event": ["method": "POST", "headers": object($0.fields), "body": ["a": 1], "bodyRaw": $1]]
          ]
        ]
      })
    records.append(record("an echo") { ["args": [:], "data": $1, "headers": object($0.fields), "json": nil] })
    records.append(record("a listener") { ["type": "event", "headers": object($0.fields), "rawBody": $1] })
    records.append(
      binary("Svix Play") {
        ["iterator": "x", "data": [["id": "x", "headers": object($0.fields), "body": base64($0.body)]]]
      })
    records.append(
      record("rawHeaders") { delivery, text in
        ["rawHeaders": .array(delivery.fields.flatMap { [.string($0.0), .string($0.1)] }), "body": text]
      })
    records.append(
      record("a log with JSON in it") {
        [
          "time": "x",
          "message": .string((["request": ["headers": object($0.fields), "body": $1]] as JSONValue).description),
        ]
      })
    records.append(
      record("Sentry") { delivery, text in
        ["request": ["headers": .array(delivery.fields.map { [.string($0.0), .string($0.1)] }), "data": text]]
      })
    records.append(
      binary("deliveries") {
        [
          "number": 1, "receivedAt": "2025-11-26T23:33:20Z", "headers": object($0.fields),
          "bodyBase64": base64($0.body),
        ]
      })
    records.append(
      record("signature, timestamp and body") {
        ["signature": .string($0.fields.last?.1 ?? ""), "timestamp": .string("\(SampleDelivery.now)"), "body": $1]
      })
    // Whose body was parsed, and reads the same when it is written again.
    let others: [Writer] = [
      (
        "JSON Lines",
        { delivery in
          delivery.text.map {
            bytes(
              #"{"note": 1}"# + "\n"
                + (["headers": object(delivery.fields), "body": .string($0)] as JSONValue).description + "\n")
          }
        }
      ),
      (
        "smee.io",
        { delivery in
          guard let body = try? JSONValue(parsing: delivery.body), body.description.utf8.elementsEqual(delivery.body)
          else { return nil }
          var record = JSONObject(delivery.fields.map { ($0.0.lowercased(), .string($0.1)) })
          record["body"] = body
          record["query"] = [:]
          record["timestamp"] = 1_764_200_000_123
          return bytes(JSONValue.object(record).description)
        }
      ),
    ]
    return records + others
  }()
}
