import Basics

/// The query of an address, `a=1&b=x%20y`, as `application/x-www-form-urlencoded` writes it.
enum QueryText {
  /// The pairs in order, decoded: `+` is a space. A name without `=` has empty text. Nil when a `%` is not followed by
  /// two hexadecimal digits, or the decoded bytes are not UTF-8.
  static func pairs(_ text: String) -> [(name: String, value: String)]? {
    var pairs: [(name: String, value: String)] = []
    for part in text.unicodeScalars.split(separator: "&") {
      let equals = part.firstIndex(of: "=") ?? part.endIndex
      guard let name = PercentCoding.decoded(Substring(part[..<equals]), plusIsSpace: true),
        let value = PercentCoding.decoded(Substring(part[equals...].dropFirst()), plusIsSpace: true)
      else { return nil }
      pairs.append((name, value))
    }
    return pairs
  }
}
