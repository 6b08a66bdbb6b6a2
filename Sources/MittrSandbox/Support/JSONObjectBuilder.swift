import OrderedJSON

/// Writes one JSON object straight to text, in the order the fields are added. A nil value adds nothing.
struct JSONObjectBuilder {
  private var text: [UInt8] = [UInt8(ascii: "{")]

  /// The whole object. Call it last.
  var bytes: [UInt8] { text + [UInt8(ascii: "}")] }

  var string: String { String(decoding: bytes, as: UTF8.self) }

  mutating func add(_ key: StaticString, _ value: JSONValue?) {
    guard let value else { return }
    addKey(key)
    JSONWriter.compact.write(value, to: &text)
  }

  mutating func add(_ key: StaticString, _ value: String?) { add(key, value.map { JSONValue.string($0) }) }

  mutating func add(_ key: StaticString, _ value: Timestamp?) {
    guard let value else { return }
    addKey(key)
    text.append(UInt8(ascii: "\""))
    text.append(contentsOf: value.description.utf8)
    text.append(UInt8(ascii: "\""))
  }

  mutating func add(_ key: StaticString, _ value: Int) {
    addKey(key)
    text.append(contentsOf: String(value).utf8)
  }

  mutating func add(_ key: StaticString, _ value: Bool) { add(key, .bool(value)) }

  /// Adds values that are JSON texts already, as an array.
  mutating func add(_ key: StaticString, texts: [String]) {
    addKey(key)
    text.reserveCapacity(text.count + texts.reduce(2) { $0 + $1.utf8.count + 1 })
    text.append(UInt8(ascii: "["))
    for (index, item) in texts.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      text.append(contentsOf: item.utf8)
    }
    text.append(UInt8(ascii: "]"))
  }

  /// Adds a value that is a JSON text already.
  mutating func add(_ key: StaticString, object: [UInt8]) {
    addKey(key)
    text.append(contentsOf: object)
  }

  private mutating func addKey(_ key: StaticString) {
    if text.count > 1 { text.append(UInt8(ascii: ",")) }
    text.append(UInt8(ascii: "\""))
    text.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
    text.append(contentsOf: "\":".utf8)
  }
}
