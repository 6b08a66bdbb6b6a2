import OrderedJSON

/// Ways to write a whole delivery down, made without the readers' help. Nil where a way cannot hold a body.
enum DeliveryWriters {
  typealias Writer = (name: String, write: @Sendable (SampleDelivery) -> [UInt8]?)

  static let all: [Writer] = raw + commands + records + copied

  /// What people copy from editors, logs and reports.
  private static let copied: [Writer] = [
    (
      "an editor's file of requests",
      { delivery in
        bytes("### a hook\n@base = https://x.example\n// a note\n" + head(delivery, "POST {{base}}/hook", "\n"))
          + delivery.body + bytes("\n\n###\n")
      }
    ),
    (
      "a packet",
      {
        bytes(
          "12:00:00.000 IP 1.2.3.4.5 > 6.7.8.9.80: Flags [P.]\nE..4..@.@...." + head($0, "POST /hook HTTP/1.1", "\n"))
          + $0.body
      }
    ),
    (
      "OkHttp",
      {
        bytes("--> " + head($0, "POST https://x.example/hook http/1.1", "\n")) + $0.body
          + bytes("\n--> END POST (\($0.body.count)-byte body)\n")
      }
    ),
    (
      "a report",
      { delivery in
        delivery.text.map {
          bytes("Hi, this fails:\n\nHeaders:\n" + delivery.lines.joined(separator: "\n") + "\n\nBody:\n" + $0)
        }
      }
    ),
    (
      "a page that was copied",
      { delivery in
        delivery.text.map {
          bytes(
            "Request Details\nPOST\thttps://x.example/hook\nHeaders\n"
              + delivery.fields.map { "\($0.0.lowercased())\t\($0.1)" }.joined(separator: "\n") + "\nRaw Content\n" + $0
          )
        }
      }
    ),
    (
      "a line of a log",
      { delivery in
        delivery.text.map { bytes("INFO hook headers=\(object(delivery.fields).description) body=" + $0) }
      }
    ),
    (
      "PowerShell",
      { delivery in
        delivery.text.map { text in
          var quoted = text
          for mark in ["`", "\"", "$"] { quoted = quoted.replacing(mark, with: "`" + mark) }
          quoted = quoted.replacing("ë", with: "$([char]235)").replacing(
            "\u{1F680}", with: "$([char]55357)$([char]56960)")
          return bytes(
            "Invoke-WebRequest -Uri \"https://x.example/hook\" `\n-Method POST `\n-Headers @{\n"
              + delivery.ownFields.map { "  \"\($0.0)\"=\"\($0.1)\"\n" }.joined() + "} `\n-Body \"\(quoted)\"\n")
        }
      }
    ),
    (
      "PowerShell with variables",
      { delivery in
        delivery.text.map {
          bytes(
            "$headers = @{\n" + delivery.ownFields.map { "  '\($0.0)' = '\($0.1)'\n" }.joined() + "}\n$body = '"
              + $0.replacing("'", with: "''")
              + "'\nInvoke-RestMethod -Uri https://x.example/hook -Headers $headers -Body $body\n")
        }
      }
    ),
  ]

  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  // MARK: Raw requests

  private static func head(_ delivery: SampleDelivery, _ start: String = "POST /hook HTTP/1.1", _ end: String = "\r\n")
    -> String
  {
    ([start] + delivery.lines).joined(separator: end) + end + end
  }

  private static let raw: [Writer] = [
    ("raw, CRLF", { bytes(head($0)) + $0.body }),
    ("raw, LF", { bytes(head($0, "POST /hook HTTP/1.1", "\n")) + $0.body }),
    ("raw behind empty lines", { bytes("\r\n\r\n" + head($0)) + $0.body }),
    ("raw with a byte order mark", { [0xEF, 0xBB, 0xBF] + bytes(head($0)) + $0.body }),
    ("raw with a line break behind", { bytes(head($0)) + $0.body + [0x0A] }),
    ("raw with an answer behind", { bytes(head($0)) + $0.body + bytes("\r\n\r\nHTTP/1.1 200 OK\r\nA: b\r\n\r\nok") }),
    ("raw of HTTP/2", { bytes(head($0, ":method: POST\r\n:path: /hook\r\n:authority: x")) + $0.body }),
    ("raw without a request line", { bytes($0.lines.joined(separator: "\n") + "\n\n") + $0.body }),
    ("raw with a whole URL", { bytes(head($0, "POST https://x.example/hook?a=b HTTP/2.0")) + $0.body }),
    ("raw for an editor", { bytes(head($0, "POST https://x.example/hook", "\n")) + $0.body }),
    ("raw, folded", { bytes(head($0).replacing("X-Mittr-Signature: ", with: "X-Mittr-Signature:\r\n ")) + $0.body }),
    (
      "raw in chunks",
      { delivery in
        let head = head(delivery).replacing(
          "Content-Length: \(delivery.body.count)", with: "Transfer-Encoding: chunked")
        var body: [UInt8] = []
        for start in stride(from: 0, to: delivery.body.count, by: 7) {
          let piece = delivery.body[start..<min(start + 7, delivery.body.count)]
          body += bytes(String(piece.count, radix: 16) + "\r\n") + piece + [0x0D, 0x0A]
        }
        return bytes(head) + body + bytes("0\r\n\r\n")
      }
    ),
    (
      "raw in UTF-16",
      { delivery in
        delivery.text.map {
          [0xFF, 0xFE] + (head(delivery) + $0).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
      }
    ),
    ("quoted", { marked($0, "> ") }), ("indented", { marked($0, "    ") }),
    ("in a fence", { fenced($0, before: "") }),
    ("in a fence in a text", { fenced($0, before: "Hello,\nthis one is refused:\n\n") }),
    ("behind a text", { bytes("This is what came:\n" + head($0, "POST /hook HTTP/1.1", "\n")) + $0.body }),
    (
      "as a string of JSON",
      { delivery in delivery.text.map { bytes(JSONValue.string(head(delivery) + $0).description) } }
    ),
  ]

  private static func marked(_ delivery: SampleDelivery, _ mark: String) -> [UInt8]? {
    guard let text = delivery.text, !delivery.body.contains(13) else { return nil }
    let lines = (head(delivery, "POST /hook HTTP/1.1", "\n") + text).split(
      separator: "\n", omittingEmptySubsequences: false)
    return bytes(lines.map { mark + $0 }.joined(separator: "\n"))
  }

  private static func fenced(_ delivery: SampleDelivery, before: String) -> [UInt8]? {
    delivery.text.map { bytes(before + "```http\n" + head(delivery, "POST /hook HTTP/1.1", "\n") + $0 + "\n```\n") }
  }

  // MARK: Commands

  private static let commands: [Writer] = [
    ("curl in one line", { curl($0, " ") { "--data-raw " + posix($0) } }),
    ("curl over lines", { curl($0, " \\\n  ") { "--data-binary " + posix($0) } }),
    ("curl behind a prompt", { curl($0, " ").map { "$ " + $0 }.map(bytes) }),
    ("curl with ANSI quotes", { curl($0, " ") { "-d " + ansi($0) } }),
    ("curl with double quotes", { curl($0, " ") { "-d " + double($0) } }),
    ("curl for cmd", { chromeForWindows($0) }), ("curl for PowerShell", { powerShell($0) }),
    (
      "a text piped into curl",
      { delivery in
        delivery.text.flatMap { text in
          curl(delivery, " ") { _ in "--data-binary @-" }.map {
            bytes("printf %s " + posix(text) + " | " + String(decoding: $0, as: UTF8.self))
          }
        }
      }
    ),
    (
      "HTTPie",
      { delivery in
        delivery.text.map { text in
          bytes(
            "http POST https://x.example/hook "
              + delivery.ownFields.map { posix("\($0.0):\($0.1)") }.joined(separator: " ") + " --raw " + posix(text))
        }
      }
    ),
    (
      "wget",
      { delivery in
        delivery.text.map { text in
          bytes(
            "wget " + delivery.ownFields.map { "--header=" + posix("\($0.0): \($0.1)") }.joined(separator: " ")
              + " --post-data=" + posix(text) + " https://x.example/hook")
        }
      }
    ),
  ]

  private static func posix(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }

  private static func double(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if #""\$`"#.unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return "\"\(result)\""
  }

  private static func ansi(_ text: String) -> String {
    var result = ""
    for unit in text.utf16 {
      switch unit {
      case 0x27, 0x5C: result += "\\" + String(UnicodeScalar(UInt8(unit)))
      case 0x0A: result += "\\n"
      case 0x0D: result += "\\r"
      case 0x20..<0x7F: result += String(UnicodeScalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return "$'\(result)'"
  }

  private static func curl(_ delivery: SampleDelivery, _ gap: String, _ data: (String) -> String) -> [UInt8]? {
    delivery.text.map { text in
      bytes(
        (["curl --request POST 'https://x.example/hook'"]
          + delivery.ownFields.map { "-H " + posix("\($0.0): \($0.1)") } + [data(text)]).joined(separator: gap) + "\n")
    }
  }

  private static func curl(_ delivery: SampleDelivery, _ gap: String) -> String? {
    curl(delivery, gap) { "--data-raw " + posix($0) }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// As Chrome copies it for the command line of Windows.
  private static func chromeForWindows(_ delivery: SampleDelivery) -> [UInt8]? {
    guard let text = delivery.text, !delivery.body.contains(13) else { return nil }
    func quoted(_ text: String) -> String {
      var result = ""
      for scalar in text.unicodeScalars {
        let isPlain =
          scalar.isASCII
          && (scalar.properties.isAlphabetic || " 0123456789_-:=+~'/.,?;()*`".unicodeScalars.contains(scalar))
        switch scalar {
        case "\n": result += "^\n\n"
        case "\\": result += "^\\^\\"
        case "\"": result += "^\\^\""
        default: result += (isPlain ? "" : "^") + String(scalar)
        }
      }
      return "^\"\(result)^\""
    }
    return bytes(
      "curl ^\"https://x.example/hook^\" ^\n"
        + delivery.ownFields.map { "  -H \(quoted("\($0.0): \($0.1)")) ^\n" }.joined() + "  --data-raw \(quoted(text))")
  }

  private static func powerShell(_ delivery: SampleDelivery) -> [UInt8]? {
    delivery.text.map { text in
      func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }
      return bytes(
        "curl.exe -X POST https://x.example/hook `\n"
          + delivery.ownFields.map { "  -H \(quoted("\($0.0): \($0.1)")) `\n" }.joined()
          + "  --data-raw \(quoted(text))")
    }
  }

  // MARK: Records

  private static func object(_ fields: [(String, String)]) -> JSONValue {
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
  private static let records: [Writer] = {
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
