/// Commands that send the delivery.
extension DeliveryWriters {
  static let commands: [Writer] = [
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

  static func posix(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }

  static func double(_ text: String) -> String {
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
}
