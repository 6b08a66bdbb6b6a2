extension String {
  /// The text on one line: control, format and separator characters, which could move a cursor or turn the direction
  /// of writing, are written as `\u{…}`; line breaks and tabs as `\n`, `\r`, `\t`.
  /// - Parameter limit: how many Unicode scalars to keep; more are cut and marked with `…`.
  func escapedForDisplay(limit: Int = 1000) -> String {
    var result = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      guard count < limit else { return result + "…" }
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          result += "\\u{\(String(scalar.value, radix: 16))}"
        default: result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// The longest beginning of whole Unicode scalars that takes no more bytes.
  func prefix(utf8Bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while unicodeScalars.index(before: unicodeScalars.index(after: end)) != end { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
