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

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
