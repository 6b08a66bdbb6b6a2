import OrderedJSON

/// A delivery in a text of JSON, or of several values one behind another.
enum JSONRecords {
  static func looksRight(_ text: ArraySlice<UInt8>) -> Bool {
    text.firstLine.line.first.map { "{[\"".utf8.contains($0) } == true
  }

  static func reading(of text: ArraySlice<UInt8>, depth: Int) throws(DeliverySourceError) -> DeliveryReading? {
    guard let value = value(of: text) else { return nil }
    // A text in a string, as logs have it.
    if case .string(let inner, _) = value {
      return try DeliveryFormat.reading(of: Array(inner.utf8)[...], depth: depth + 1)
    }
    return try RecordFormat.find(in: value, depth: depth)
  }

  /// One value, or a list of those that stand on a line each; nil when it is no JSON.
  static func value(of text: ArraySlice<UInt8>) -> JSONValue? {
    let bytes = Array(text)
    if let value = try? JSONValue(parsing: bytes) { return value }
    var values: [JSONValue] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if bytes[start..<end].contains(where: { !$0.isBlank }) {
        guard let value = try? JSONValue(parsing: bytes, in: start..<end) else { return nil }
        values.append(value)
      }
      start = end + 1
    }
    return values.count > 1 ? .array(values) : nil
  }
}
