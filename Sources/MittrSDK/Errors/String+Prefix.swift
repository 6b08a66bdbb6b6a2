extension String {
  /// The longest beginning of whole Unicode scalars that takes no more bytes.
  func prefix(utf8Bytes limit: Int) -> String {
    guard utf8.count > limit else { return self }
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while unicodeScalars.index(before: unicodeScalars.index(after: end)) != end { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
