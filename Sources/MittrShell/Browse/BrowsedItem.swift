import Basics
import OrderedJSON

/// An item that came, and what a filter finds in it.
struct BrowsedItem: Sendable {
  let value: JSONValue
  /// The item as JSON without escapes, in lower case; only the beginning of a huge one.
  let text: [UInt8]

  /// So many bytes of an item are searched.
  static let searchLimit = 64 << 10

  init(_ value: JSONValue) {
    self.value = value
    var bytes: [UInt8] = []
    Self.write(value, to: &bytes)
    text = Self.searchable(bytes.prefix(Self.searchLimit))
  }

  /// - Parameter query: as `searchable` makes it.
  func matches(_ query: [UInt8]) -> Bool {
    guard let first = query.first else { return true }
    return text.withUnsafeBytes { text in
      query.withUnsafeBytes { query in
        guard var place = text.baseAddress, let wanted = query.baseAddress else { return false }
        let end = place + text.count
        while end - place >= query.count, let found = memchr(place, Int32(first), end - place - query.count + 1) {
          if memcmp(found, wanted, query.count) == 0 { return true }
          place = UnsafeRawPointer(found) + 1
        }
        return false
      }
    }
  }

  /// Text as it is searched for and searched in.
  static func searchable(_ bytes: some Collection<UInt8>) -> [UInt8] {
    guard bytes.allSatisfy({ $0 < 0x80 }) else {
      return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
    }
    return bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
  }

  private static func write(_ value: JSONValue, to bytes: inout [UInt8]) {
    guard bytes.count < searchLimit else { return }
    switch value {
    case .null, .bool, .number: bytes += value.description.utf8
    case .string(let text, _): write(text, to: &bytes)
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(item, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let record):
      bytes.append(UInt8(ascii: "{"))
      for (index, field) in record.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        write(field.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        write(field.value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\""))
  }
}
