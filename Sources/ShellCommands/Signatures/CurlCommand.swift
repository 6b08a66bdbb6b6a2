import Basics
import Interpreter

/// A `curl` command for a POSIX shell that sends exactly one body.
struct CurlCommand {
  let url: String
  let headers: [(String, String)]
  let body: [UInt8]

  /// What a system surely takes as one argument of a program, in bytes.
  private static let longestArgument = 100_000

  var text: String {
    var words = ["curl", "--globoff", "--request", "POST", "--url", Self.quoted(url)]
    words += ["--header", Self.quoted("Content-Type: application/json")]
    for (name, value) in headers { words += ["--header", Self.quoted("\(name): \(value)")] }
    // Text copied from a terminal keeps only what is visible.
    if let text = String(validating: body, as: UTF8.self), SafeText.escapedLines(text) == text {
      guard body.count > Self.longestArgument else {
        // Unlike --data and --data-binary, it takes a leading @ for what it is.
        return (words + ["--data-raw", Self.quoted(text)]).joined(separator: " ")
      }
      return "printf %s \(Self.quoted(text)) | " + (words + ["--data-binary", "@-"]).joined(separator: " ")
    }
    return "printf \(printfFormat) | " + (words + ["--data-binary", "@-"]).joined(separator: " ")
  }

  /// The body in `printf`'s notation, where every byte can be written.
  private var printfFormat: String {
    var format = "'"
    for byte in body {
      switch byte {
      // At the beginning it would be taken for an option.
      case UInt8(ascii: "-") where format == "'": format += "\\055"
      case UInt8(ascii: "%"): format += "%%"
      case UInt8(ascii: "\\"): format += "\\\\"
      case UInt8(ascii: "\n"): format += "\\n"
      case 0x20..<0x7F where byte != UInt8(ascii: "'"): format.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 8)
        format += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }
    }
    return format + "'"
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
