import OrderedJSON

/// One JSON text: a value by itself, a stream as an array with an item's text a line further in.
final class JSONFormat: ResultFormat {
  private var isFirst = true

  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) {
    JSONWriter.pretty.write(value, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (isFirst ? "[\n  " : ",\n  ").utf8)
    isFirst = false
    for byte in JSONWriter.pretty.string(item).utf8 {
      bytes.append(byte)
      if byte == UInt8(ascii: "\n") { bytes.append(contentsOf: "  ".utf8) }
    }
  }

  func end(to bytes: inout [UInt8]) { bytes.append(contentsOf: (isFirst ? "[]\n" : "\n]\n").utf8) }
}

/// JSON Lines: one compact JSON text an item.
final class JSONLinesFormat: ResultFormat {
  func value(_ value: JSONValue, kind: ItemKind?, to bytes: inout [UInt8]) { item(value, to: &bytes) }

  func item(_ item: JSONValue, to bytes: inout [UInt8]) {
    JSONWriter.compact.write(item, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
  }
}
